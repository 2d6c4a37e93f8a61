import Publishing

/// `folio manifest DIR`: checksums that other tools can check.
enum ManifestCommand: Command {
  static let description = CommandDescription(
    name: "manifest", abstract: "Prints the SHA-256 of every file below a folder, for sha256sum -c.",
    discussion: "Paths are relative to the folder, in order of their bytes.",
    arguments: [ArgumentDescription("DIR", help: "The site, or one portal.")],
    examples: [
      .init(
        "folio manifest site > site.sha256 && (cd site && sha256sum --quiet -c ../site.sha256)",
        "Writes checksums and checks them.")
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    try ChecksumList.lines(of: arguments.positionals[0]) { context.console.put($0) }
    return .done
  }
}

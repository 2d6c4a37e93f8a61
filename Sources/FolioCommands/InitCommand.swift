import FolioSite
import OperatingSystem

/// `folio init DIR`: a configuration with every key at its default, and a site key.
enum InitCommand: Command {
  static let description = CommandDescription(
    name: "init", abstract: "Writes portal.json with every key at its default, and a site key.",
    discussion: """
      The site key (site.key, readable by its owner alone) makes the names of portals impossible to guess. Keep \
      it: another key gives every portal another address.
      Files that are there already are left alone.
      """,
    arguments: [
      ArgumentDescription("DIR", help: "The folder of the configuration; made where it is missing.")
    ],
    examples: [.init("folio init shop", "Writes shop/portal.json and shop/site.key.")])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    let folder = arguments.positionals[0]
    if try Files.statusIfPresent(folder) == nil {
      try Directories.create(folder, mode: 0o755, intermediates: true)
    }
    try write(SiteConfiguration().fileBytes, to: folder + "/portal.json", mode: 0o644, context)
    let key = SiteKey(RandomBytes.make(count: SiteKey.length))
    try write(key.fileBytes, to: folder + "/site.key", mode: 0o600, context)
    return .done
  }

  private static func write(
    _ bytes: [UInt8], to path: String, mode: FileMode, _ context: CommandContext
  ) throws(SystemError) {
    do throws(SystemError) {
      try Files.create(path, bytes, mode: mode, isSynced: true)
      context.console.say("Wrote \(path)")
    } catch {
      guard error.isAlreadyThere else { throw error }
      context.console.say("Left \(path) as it is")
    }
  }
}

import JSON
import OperatingSystem
import Publishing

/// `folio verify`: whether a site is what was published.
enum VerifyCommand: Command {
  static let description = CommandDescription(
    name: "verify", abstract: "Compares every file of a site with what was published.",
    discussion: """
      Looks at content, size and permissions of each file, at files that are missing and at those that nobody has \
      published. The exit status is 2 when something differs; the next 'folio build --full' mends it.
      """,
    options: [
      OptionDescription("--out", value: "DIR", help: "Where the site lies.", isRequired: true),
      OptionDescription("--state", value: "DIR", help: "Where the state lies; without it DIR.state."),
      OptionDescription("--json", help: "Reports as JSON on standard output."),
    ], examples: [.init("folio verify --out site", "Checks all portals and shared files.")])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    let place = try SitePlace(arguments.value("--out") ?? "", state: arguments.value("--state"))
    let verification = try SiteVerification(place)
    if arguments.flag("--json") {
      context.console.put(json(verification))
    } else {
      for fault in verification.faults { context.console.put(words(fault)) }
    }
    context.console.say(
      "Looked at \(counted(verification.directories, "portal")) and \(counted(verification.files, "file")): "
        + (verification.faults.isEmpty
          ? "all as published" : "\(counted(verification.faults.count, "difference"))"))
    return verification.faults.isEmpty ? .done : .problemsFound
  }

  private static func words(_ fault: SiteFault) -> String {
    let (path, kind) = (fault.path, code(fault))
    let words =
      switch fault {
      case .missing, .changed, .unexpected, .displaced: ""
      case .otherMode(_, let mode): " " + String(mode, radix: 8)
      }
    return "\(kind)\(words): \(printable(path, mostScalars: 1_024))"
  }

  private static func code(_ fault: SiteFault) -> String {
    switch fault {
    case .missing: "missing"
    case .changed: "changed"
    case .otherMode: "mode"
    case .unexpected: "unexpected"
    case .displaced: "displaced"
    }
  }

  private static func json(_ verification: SiteVerification) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.member("portals", verification.directories)
    writer.member("files", verification.files)
    writer.list("faults", verification.faults) { fault, writer in
      writer.member("path", fault.path)
      writer.member("kind", code(fault))
    }
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }
}

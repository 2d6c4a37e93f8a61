import FolioBilling
import FolioSite
import FolioStore
import OperatingSystem
import Publishing

/// `folio demo DIR`: a store to look around in, its configuration and its site.
enum DemoCommand: Command {
  static let description = CommandDescription(
    name: "demo", abstract: "Makes a believable store and its portals to look at.",
    discussion: """
      DIR gets billing.db, portal.json and site. The same number of customers and seed give the same bytes. Facts \
      end at 2026-06-16T12:00:00Z, which portal.json pins as the as-of time.
      A demo that is there already is made anew.
      """,
    arguments: [ArgumentDescription("DIR", help: "Where the demo goes; made where it is missing.")],
    options: [
      OptionDescription("--customers", value: "N", help: "How many customers; 12 unless given."),
      OptionDescription("--seed", value: "S", help: "What the numbers follow from; 1 unless given."),
      OptionDescription(
        "--language", value: "TAG", help: "A language of the site; en, de and ar unless given.",
        isRepeatable: true),
      OptionDescription("--resources", value: "DIR", help: "The folder of site-templates and assets."),
    ], examples: [.init("folio demo demo", "Makes twelve portals and tells where to open them.")])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    let folder = arguments.positionals[0]
    let count = try arguments.wholeNumber("--customers", in: 1...9_999) ?? DemoCompany.count
    let seed = Int64(try arguments.wholeNumber("--seed", in: 0...1_000_000_000) ?? 1)
    if try Files.statusIfPresent(folder) == nil {
      try Directories.create(folder, mode: 0o755, intermediates: true)
    }
    let languages = arguments.values("--language")
    let demo = DemoStore(
      customers: count, seed: seed, languages: languages.isEmpty ? ["en", "de", "ar"] : languages)
    let store = folder + "/billing.db"
    try checkConfiguration(folder + "/portal.json")
    try makeStore(demo, at: store, context)
    try Files.writeAtomically(demo.configuration().fileBytes, to: folder + "/portal.json", mode: 0o644)
    let site = try SiteSetup(store: store, config: nil, arguments, context)
    let place = try SitePlace(folder + "/site", home: context.environment("HOME"))
    var request = BuildRequest(
      readers: StatementReaders(path: store), place: place, asOf: DemoCalendar.asOf, now: context.seconds,
      elapsed: context.elapsed)
    request.jobs = Threads.processorCount
    // A demo is made anew: its store may know less than the one before.
    (request.isFull, request.allowsRewind) = (true, true)
    let reporter = BuildReporter(context)
    let report = try reporter.watch { try site.builder.build(request, observe: $0) }
    reporter.tell(report)
    tellAddresses(report, context.console)
    return BuildCommand.status(of: report)
  }

  /// Refuses to write over a configuration that is no demo's.
  private static func checkConfiguration(_ path: String) throws {
    guard try Files.exists(path) else { return }
    let configuration = try SiteConfiguration(
      Files.read(path, bytesLimit: configurationBytesLimit), file: path)
    if configuration.demoSeed == nil { throw DemoError.wouldReplaceConfiguration(path: path) }
  }

  private static func makeStore(_ demo: DemoStore, at path: String, _ context: CommandContext) throws {
    if try Files.exists(path) {
      guard try StatementReader(path: path).isDemo() else { throw DemoError.wouldReplaceStore(path: path) }
      try BillingStore.remove(path)
    }
    var progress = context.makeProgress()
    defer { progress.finish() }
    let store = try BillingStore(path: path, isCreating: true)
    try demo.write(to: store) { done, count in progress.show("\(done) of \(count) months") }
  }

  /// Where each portal is, the first one last, so that it stands where the eye is.
  private static func tellAddresses(_ report: BuildReport, _ console: Console) {
    let addresses = report.portals.prefix(DemoCompany.count).map {
      "file://\(percentEncoded(report.output))/\($0.name)/index.html"
    }
    for (portal, address) in zip(report.portals, addresses).dropFirst() {
      console.say("  \(portal.customer.text): \(address)")
    }
    console.say("Open a portal:")
    if let first = addresses.first { console.put(first) }
  }
}

/// A path as a URL holds it: all but unreserved characters and `/` as `%XX` (RFC 3986 §2.1).
private func percentEncoded(_ path: String) -> String {
  var encoded = ""
  for byte in path.utf8 {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D...0x2F, 0x5F, 0x7E:
      encoded.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }
  }
  return encoded
}

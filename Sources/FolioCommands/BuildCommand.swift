import FolioBilling
import FolioSite
import FolioStore
import JSON
import OperatingSystem
import Synchronization

/// `folio build`: a store becomes a site.
enum BuildCommand: Command {
  static let description = CommandDescription(
    name: "build", abstract: "Builds every customer's portal and swaps the site in one step.",
    discussion: """
      The site is written beside the live one and takes its place whole; when anything fails, the live site stays \
      as it was. Facts after the as-of time are left out; the same facts, configuration and as-of time give the \
      same bytes.
      """,
    options: [
      OptionDescription("--store", value: "F", help: "The billing store.", isRequired: true),
      OptionDescription("--out", value: "DIR", help: "Where the site lies.", isRequired: true),
      OptionDescription(
        "--config", value: "FILE", help: "The site's configuration; without it portal.json beside the store."),
      OptionDescription("--as-of", value: "T", help: "The instant of the view, RFC 3339; without it now."),
      OptionDescription(
        "--customer", value: "ID", help: "Builds this customer; the other portals stay.", isRepeatable: true),
      OptionDescription(
        "--jobs", value: "N", help: "How many portals are made at once; without it one a processor."),
      OptionDescription("--resources", value: "DIR", help: "The folder of site-templates and assets."),
      OptionDescription("--json", help: "Reports as JSON on standard output."),
    ],
    examples: [
      .init("folio build --store billing.db --out site", "Builds all portals as of now."),
      .init(
        "folio build --store billing.db --out site --as-of 2024-02-16T12:00:00Z --customer cus_1",
        "Builds one portal as of an instant."),
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let store = arguments.value("--store"), let output = arguments.value("--out") else { return .usage }
    let site = try SiteSetup(store: store, config: arguments.value("--config"), arguments, context)
    let asOf = try arguments.instant("--as-of") ?? site.configuration.asOf ?? context.now()
    let request = BuildRequest(
      store: store, output: output, asOf: asOf, customers: try arguments.customers("--customer"),
      jobs: try arguments.wholeNumber("--jobs", in: 1...256) ?? Threads.processorCount,
      home: context.environment("HOME"))
    let start = Clock.monotonic()
    let report = try build(request, site.builder, context)
    let milliseconds = Int((Clock.monotonic() - start) / 1_000_000)
    say(report, milliseconds, context.console)
    if arguments.flag("--json") { context.console.put(json(report, milliseconds)) }
    let isWhole = report.leftover == nil && report.portals.allSatisfy(\.unratedPlans.isEmpty)
    return isWhole ? .done : .partlyDone
  }

  /// Builds with a line of progress on a terminal.
  static func build(
    _ request: BuildRequest, _ builder: SiteBuilder, _ context: CommandContext
  ) throws -> BuildReport {
    let progress = Mutex(context.makeProgress())
    defer { progress.withLock { $0.finish() } }
    return try builder.build(request) { done, all in
      progress.withLock { $0.show("\(done) of \(counted(all, "portal"))") }
    }
  }

  static func say(_ report: BuildReport, _ milliseconds: Int, _ console: Console) {
    console.say(
      "Built \(counted(report.portals.count, "portal")) as of \(report.asOf.text): \(counted(report.fileCount, "file")), "
        + "\(counted(report.byteCount, "byte")), \(milliseconds) ms")
    if report.keptPortals > 0 { console.say("Kept \(counted(report.keptPortals, "portal")) as before") }
    if report.hasGuessableNames {
      console.say(
        "Portals are named by their customers, so their addresses can be guessed: run 'folio init' for a site key"
      )
    }
    for portal in report.portals where !portal.unratedPlans.isEmpty {
      let plans = portal.unratedPlans.map(\.text).joined(separator: ", ")
      console.say("\(portal.customer.text) has months without charges: nobody has defined \(plans)")
    }
    if let leftover = report.leftover {
      console.say(
        "The new site is live; the old one's files could not be removed: "
          + ErrorPresentation.text(for: leftover))
    }
    if !report.isOneStep {
      console.say("The file system cannot exchange folders in one step: two renames put the site in place")
    }
  }

  private static func json(_ report: BuildReport, _ milliseconds: Int) -> [UInt8] {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.key("output")
    writer.string(report.output)
    writer.key("as_of")
    writer.string(report.asOf.text)
    let counts = [
      ("portals_built", report.portals.count), ("portals_kept", report.keptPortals),
      ("files", report.fileCount),
      ("bytes", report.byteCount), ("milliseconds", milliseconds),
    ]
    for (name, count) in counts {
      writer.key(name)
      writer.integer(Int64(count))
    }
    for (name, flag) in [
      ("names_are_guessable", report.hasGuessableNames), ("swapped_in_one_step", report.isOneStep),
    ] {
      writer.key(name)
      writer.bool(flag)
    }
    writer.key("portals")
    writer.beginArray()
    for portal in report.portals { write(portal, to: &writer) }
    writer.endArray()
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }

  private static func write(_ portal: PortalReport, to writer: inout JSONWriter) {
    writer.beginObject()
    for (name, text) in [("customer_id", portal.customer.text), ("path", portal.name)] {
      writer.key(name)
      writer.string(text)
    }
    for (name, count) in [("files", portal.fileCount), ("bytes", portal.byteCount)] {
      writer.key(name)
      writer.integer(Int64(count))
    }
    writer.endObject()
  }
}

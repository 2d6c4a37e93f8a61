import FolioBilling
import FolioSite
import FolioStore
import OperatingSystem
import Publishing
import Synchronization

/// `folio build`: a store becomes a site.
enum BuildCommand: Command {
  static let description = CommandDescription(
    name: "build", abstract: "Makes the portals that are not up to date and publishes each in one step.",
    discussion: """
      What a portal was made from is remembered beside the site, so a build costs what changed: facts, plans and notices \
      for all, the day of the view, configuration, templates, assets, the program. Each portal takes the old one's place \
      whole; its unchanged files stay the same files. A portal that cannot be made keeps the one that is live and is \
      named, with exit status 3.
      Facts after the as-of time are left out; the same facts, configuration and as-of time give the same bytes.
      CI_NODE_INDEX and CI_NODE_TOTAL (from 1) make a build one shard of several, and so does JOB_COMPLETION_INDEX (from 0) \
      with --shard-count.
      """,
    options: [
      OptionDescription("--store", value: "F", help: "The billing store.", isRequired: true),
      OptionDescription("--out", value: "DIR", help: "Where the site lies.", isRequired: true),
      OptionDescription(
        "--config", value: "FILE", help: "The site's configuration; without it portal.json beside the store."),
      OptionDescription("--as-of", value: "T", help: "The instant of the view, RFC 3339; without it now."),
      OptionDescription(
        "--customer", value: "ID", help: "Looks at this customer; the other portals stay.", isRepeatable: true
      ),
      OptionDescription("--full", help: "Makes every portal, up to date or not."),
      OptionDescription("--explain", help: "Says for each customer why its portal is made or stays."),
      OptionDescription(
        "--dry-run", help: "Says what would change, file by file counted, and writes nothing."),
      OptionDescription("--all-or-nothing", help: "Publishes only if every portal can be made."),
      OptionDescription(
        "--allow-rewind", help: "Publishes from a store that knows less than what is published."),
      OptionDescription("--shard", value: "I/N", help: "Looks at part I of N of the portals."),
      OptionDescription(
        "--shard-count", value: "N", help: "Of how many shards JOB_COMPLETION_INDEX is one."),
      OptionDescription(
        "--state", value: "DIR",
        help: "Where the state lies, on the site's file system; without it DIR.state."),
      OptionDescription(
        "--jobs", value: "N", help: "How many portals are made at once; without it one a processor."),
      OptionDescription("--resources", value: "DIR", help: "The folder of site-templates and assets."),
      OptionDescription(
        "--json", help: "Reports events and a summary, one JSON object a line, on standard output."),
    ],
    examples: [
      .init("folio build --store billing.db --out site", "Publishes what changed, as of now."),
      .init(
        "folio build --store billing.db --out site --dry-run --explain",
        "Says what a build would do, and why."),
      .init(
        "folio build --store billing.db --out site --as-of 2024-02-16T12:00:00Z --customer cus_1",
        "Publishes one portal as of an instant."),
      .init("folio build --store billing.db --out site --shard 2/4", "Publishes a quarter of the portals."),
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let store = arguments.value("--store") else { return .usage }
    let site = try SiteSetup(store: store, config: arguments.value("--config"), arguments, context)
    let request = try makeRequest(store, site, arguments, context)
    let reporter = BuildReporter(
      context, isJSON: arguments.flag("--json"), isExplaining: arguments.flag("--explain"),
      isRehearsal: arguments.flag("--dry-run"))
    let report =
      try arguments.flag("--dry-run")
      ? reporter.watch { try site.builder.rehearse(request, observe: $0) }
      : reporter.watch { try site.builder.build(request, observe: $0) }
    reporter.tell(report)
    return status(of: report)
  }

  /// A build after which no portal at all is as it should be has failed, whatever is live.
  static func status(of report: BuildReport) -> ExitStatus {
    if !report.failures.isEmpty, report.portals.isEmpty, report.plan.current.isEmpty { return .failed }
    let isWhole = report.leftover == nil && report.failures.isEmpty
    return isWhole && report.portals.allSatisfy(\.unratedPlans.isEmpty) ? .done : .partlyDone
  }

  private static func makeRequest(
    _ store: String, _ site: SiteSetup, _ arguments: ParsedArguments, _ context: CommandContext
  ) throws -> BuildRequest {
    let shard = try ShardOption.shard(arguments, context)
    let place = try SitePlace(
      arguments.value("--out") ?? "", state: arguments.value("--state"), part: shard?.name,
      home: context.environment("HOME"))
    var request = BuildRequest(
      readers: StatementReaders(path: store), place: place,
      asOf: try arguments.instant("--as-of") ?? site.configuration.asOf ?? context.now(),
      now: context.seconds,
      elapsed: context.elapsed)
    request.customers = try arguments.customers("--customer")
    request.jobs = try arguments.wholeNumber("--jobs", in: 1...256) ?? Threads.processorCount
    request.shard = shard
    request.group = try site.outputGroup()
    request.isFull = arguments.flag("--full")
    request.allowsRewind = arguments.flag("--allow-rewind")
    request.isAllOrNothing = arguments.flag("--all-or-nothing")
    return request
  }
}

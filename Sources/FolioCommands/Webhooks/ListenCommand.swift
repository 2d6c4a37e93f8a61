import FolioStore
import FolioWebhooks
import OperatingSystem

/// `folio listen`: signed events become published portals.
enum ListenCommand: Command {
  static let description = CommandDescription(
    name: "listen", abstract: "Takes signed billing events, keeps them, and republishes whom they touch.",
    discussion: """
      Answers POST /webhooks/billing and /webhooks/billing/CUSTOMER with 202 once an event is on disk; GET /healthz, \
      /readyz and /metrics on the other address. Events are applied by the one write path, and the portals of customers \
      whose facts changed, by an event or by an import beside it, are published at once; those that only show another \
      day within half an hour. Lines of JSON on standard error say what happened.
      SIGTERM answers what has begun and ends with status 0; SIGHUP reads secrets, configuration and templates again.
      --once applies what is in the inbox, publishes what is stale, and ends, with status 3 where a portal failed.
      """,
    options: [
      OptionDescription(
        "--store", value: "F", help: "The billing store; made where it is missing.", isRequired: true),
      OptionDescription("--out", value: "DIR", help: "Where the site lies.", isRequired: true),
      OptionDescription(
        "--secrets", value: "FILE",
        help: "The sources and their secrets (0600); a bare name is one of systemd's credentials.",
        isRequired: true),
      OptionDescription(
        "--config", value: "FILE", help: "The site's configuration; without it portal.json beside the store."),
      OptionDescription(
        "--address", value: "A", help: "Where deliveries arrive; without it 127.0.0.1:8484."),
      OptionDescription(
        "--operations", value: "A", help: "Where operators look; without it 127.0.0.1:8485."),
      OptionDescription(
        "--state", value: "DIR",
        help: "Where the site's state lies, on its file system; without it DIR.state."),
      OptionDescription(
        "--jobs", value: "N", help: "How many portals are made at once; without it one a processor."),
      OptionDescription("--resources", value: "DIR", help: "The folder of site-templates and assets."),
      OptionDescription("--once", help: "Applies and publishes what there is, and ends."),
    ],
    examples: [
      .init(
        "folio listen --store billing.db --out site --secrets webhooks.json",
        "Listens on loopback, behind a web server that speaks TLS."),
      .init(
        "folio listen --once --store billing.db --out site --secrets webhooks.json",
        "Works off the inbox, as after a replay while no listener runs."),
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    let options = try ListenOptions(arguments, context)
    // Before any thread is started, so that none is interrupted.
    let signals = try SignalDescriptor([.terminate, .interrupt, .hangup])
    // Made where it is missing: a service may begin with its first event.
    _ = try BillingStore(path: options.store, isCreating: true)
    let session = try ListenSession(options, arguments, context)
    return arguments.flag("--once") ? try session.drain() : try session.serve(signals)
  }
}

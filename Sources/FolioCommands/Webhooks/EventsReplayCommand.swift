import FolioBilling
import FolioStore
import OperatingSystem

/// `folio events replay`: lets the listener try again what did not get into the store.
enum EventsReplayCommand: Command {
  static let description = CommandDescription(
    name: "events replay", abstract: "Lets received events be applied again, after a mend.",
    discussion: """
      Those that were refused, in conflict or of an unknown type are read anew, by the program and the secrets of now, \
      as if they had just arrived: a running 'folio listen' applies them, or 'folio listen --once'.
      Ids are printed on standard output. The exit status is 3 when some could not be tried again.
      """,
    arguments: [ArgumentDescription("ID", help: "An event's id, as 'folio events' lists it.", arity: .any)],
    options: [
      InvoicingSetup.store,
      OptionDescription("--since", value: "T", help: "All that arrived then or later, instead of ids."),
    ],
    examples: [
      .init("folio events replay msg_1 --store billing.db", "Tries one event again."),
      .init(
        "folio events replay --since 2024-02-01T00:00:00Z --store billing.db",
        "Tries again what failed since."),
    ])

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let store = arguments.value("--store") else { return .usage }
    let selection = try selection(arguments)
    let path = Inbox.path(forStoreAt: store)
    guard try Files.exists(path) else {
      context.console.say("No listener has received events for this store.")
      return .failed
    }
    let found = try Inbox(path: path).replay(selection)
    var queued = 0
    for (id, outcome) in found {
      if outcome == .queued {
        queued += 1
        context.console.put(id)
      } else {
        context.console.say(ErrorPresentation.quoted(id) + ": " + words(for: outcome))
      }
    }
    context.console.say("\(counted(queued, "event")) will be applied again by 'folio listen'.")
    return queued == found.count ? .done : .partlyDone
  }

  private static func selection(_ arguments: ParsedArguments) throws(ArgumentError) -> ReplaySelection {
    let ids = arguments.positionals
    if let since = try arguments.instant("--since") {
      if let id = ids.first {
        throw ArgumentError(command: description.name, .unexpectedArgument(id))
      }
      return .since(since)
    }
    if ids.isEmpty { throw ArgumentError(command: description.name, .missingArgument("ID")) }
    return .ids(ids)
  }

  private static func words(for outcome: ReplayOutcome) -> String {
    switch outcome {
    case .queued: "will be applied again."
    case .left(.applied): "is applied already."
    case .left(.waiting): "waits for its subject and needs no replay."
    case .left: "is going to be applied anyway."
    case .nothingKept: "nothing of its body was kept. Let the sender send it again."
    case .notFound: "was not received."
    }
  }
}

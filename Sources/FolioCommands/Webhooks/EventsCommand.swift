import FolioBilling
import FolioStore
import JSON
import OperatingSystem

/// `folio events`: what the listener received and the store has not applied.
enum EventsCommand: Command {
  static let description = CommandDescription(
    name: "events", abstract: "Lists received events that are not applied, and why.",
    discussion: """
      In order of arrival: pending (acknowledged, not in the store yet), waiting (for its subject), refused, in conflict \
      with another event of the same id, or of an unknown type. What waits is told by how the store holds it now.
      With --json one object a line: source, id, type, customer_id, received_at, state, waiting_for, field, expected.
      """,
    options: [
      InvoicingSetup.store,
      OptionDescription("--waiting", help: "Only those that wait for their subject."),
      OptionDescription("--refused", help: "Only those that are refused."),
      OptionDescription("--conflict", help: "Only those in conflict."),
      OptionDescription("--json", help: "Lists as JSON, one object a line."),
    ],
    examples: [.init("folio events --store billing.db --refused", "Lists what was refused, with the reason.")]
  )

  static func run(_ arguments: ParsedArguments, in context: CommandContext) throws -> ExitStatus {
    guard let path = arguments.value("--store") else { return .usage }
    let hasStore = try Files.exists(path)
    guard try Files.exists(Inbox.path(forStoreAt: path)) else {
      if !hasStore { _ = try StatementReader(path: path) }
      context.console.say("No listener has received events for this store.")
      return .done
    }
    let inbox = try InboxReader(path: Inbox.path(forStoreAt: path))
    let isJSON = arguments.flag("--json")
    let store = hasStore ? try StatementReader(path: path) : nil
    var counts: [DeliveryState: Int] = [:]
    try inbox.forEachEntry(in: states(arguments), store: store) { entry in
      counts[entry.state, default: 0] += 1
      if isJSON { context.console.put(json(entry)) } else { context.console.put(line(entry)) }
    }
    context.console.say(summary(counts))
    return .done
  }

  private static func states(_ arguments: ParsedArguments) -> Set<DeliveryState> {
    let asked: [(String, DeliveryState)] = [
      ("--waiting", .waiting), ("--refused", .refused), ("--conflict", .conflict),
    ]
    let chosen = Set(asked.filter { arguments.flag($0.0) }.map(\.1))
    return chosen.isEmpty ? Set(DeliveryState.allCases).subtracting([.applied]) : chosen
  }

  private static func summary(_ counts: [DeliveryState: Int]) -> String {
    let parts = DeliveryState.allCases.compactMap { state in
      counts[state].map { "\(ErrorPresentation.grouped($0)) \(word(for: state))" }
    }
    return parts.isEmpty ? "No such events." : parts.joined(separator: ", ")
  }

  private static func word(for state: DeliveryState) -> String {
    switch state {
    case .pending: "pending"
    case .applied: "applied"
    case .waiting: "waiting"
    case .conflict: "in conflict"
    case .refused: "refused"
    case .unknown: "of unknown type"
    }
  }

  private static func line(_ entry: InboxEntry) -> String {
    let words = [
      entry.receivedAt.text, word(for: entry.state), entry.source + "/" + entry.id, entry.type ?? "-",
      entry.customerID?.text ?? "-",
    ]
    var line = words.map { printable($0, mostScalars: 120) }.joined(separator: "  ")
    if let subject = entry.waitingFor { line += "  for " + printable(subject, mostScalars: 160) }
    if let reason = entry.reason {
      line += "  " + printable(ErrorPresentation.text(for: reason), mostScalars: 400)
    }
    return line
  }

  private static func json(_ entry: InboxEntry) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("source", entry.source)
    writer.member("id", entry.id)
    writer.member("type", entry.type)
    writer.member("customer_id", entry.customerID?.text)
    writer.member("received_at", entry.receivedAt.text)
    writer.member("state", entry.state.rawValue)
    writer.member("waiting_for", entry.waitingFor)
    writer.member("field", entry.reason?.path)
    writer.member("expected", entry.reason?.code)
    writer.endObject()
    writer.endDocument()
    return writer.bytes
  }
}

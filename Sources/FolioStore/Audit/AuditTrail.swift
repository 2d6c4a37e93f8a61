import FolioBilling
import Hashing
import SQLite

/// What changed for a customer, read from its events in order of their keys: when they arrived leaves no trace.
struct AuditTrail {
  let customer: Customer
  let connection: Connection

  /// The entries in order of keys.
  ///
  /// - Parameters:
  ///   - invoices: the customer's, whose documents give amounts their currency.
  ///   - planEvents: all that defined plans, in order of keys.
  func entries(
    invoices: [Invoice], plans: [PlanVersion], planEvents: [ReceivedEvent]
  ) throws -> [AuditEntry] {
    let documents = try InvoiceDocuments(of: customer.id, connection)
    var walk = AuditWalk(
      state: AuditState(customer: customer, invoices: invoices, plans: plans), planEvents: planEvents[...],
      usage: UsageTrail(customer: customer.id, connection: connection))
    // Events of one time come in no order: sorting their few keys costs less than letting SQLite sort all rows.
    var moment: [TrailEvent] = []
    try connection.statement(
      """
      SELECT \(StoredEvent.columns) FROM events WHERE customer_id = ? AND state = 'applied' ORDER BY time
      """
    ).forEach([.text(customer.id.text)]) { row in
      let event = try TrailEvent(row, documents)
      if let first = moment.first, first.time != event.time {
        try walk.take(moment)
        moment.removeAll(keepingCapacity: true)
      }
      moment.append(event)
    }
    try walk.take(moment)
    return try walk.finish()
  }

  /// The events that defined the plans of the site, in order of keys.
  static func planEvents(from connection: Connection) throws -> [ReceivedEvent] {
    try connection.statement(
      """
      SELECT \(StoredEvent.columns) FROM events WHERE customer_id IS NULL AND state = 'applied' AND type = ?
      """
    ).rows([.text(EventType.planDefined.rawValue)]) { try StoredEvent.event($0) }.sorted { $0.key < $1.key }
  }
}

/// An entry and where it stands among all events, counted in order of keys.
struct PlacedEntry {
  let place: Int
  let entry: AuditEntry
}

/// Goes through a customer's events and the plans' in order of keys.
private struct AuditWalk {
  private var state: AuditState
  private var planEvents: ArraySlice<ReceivedEvent>
  private var usage: UsageTrail
  /// That of the event at hand.
  private var place = 0
  private var entries: [PlacedEntry] = []

  init(state: AuditState, planEvents: ArraySlice<ReceivedEvent>, usage: UsageTrail) {
    (self.state, self.planEvents, self.usage) = (state, planEvents, usage)
  }

  /// Takes all events of one time, in any order.
  mutating func take(_ moment: [TrailEvent]) throws {
    for event in moment.count > 1 ? inOrderOfKeys(moment) : moment {
      try takePlans(before: event)
      place += 1
      switch event.content {
      case .usage(let report): try usage.take(report, at: place)
      case .finalization(let final): try record(final)
      case .other(let event): try record(event)
      }
    }
  }

  /// The events by their keys, each of which is made once.
  private func inOrderOfKeys(_ moment: [TrailEvent]) -> [TrailEvent] {
    let keys = moment.map(\.key)
    return moment.indices.sorted { keys[$0] < keys[$1] }.map { moment[$0] }
  }

  private mutating func takePlans(before event: TrailEvent) throws {
    // Most events need no key: the plans were defined long before.
    while let plan = planEvents.first, plan.key.time <= event.time, plan.key < event.key {
      planEvents.removeFirst()
      place += 1
      try record(plan)
    }
  }

  private mutating func record(_ final: InvoiceDocuments.Finalization) throws {
    let draft = try InvoiceFinalized.audited(final.invoiceID, in: &state, final.key)
    let entry = AuditEntry(
      draft, final.eventID, source: final.source, .invoiceFinalized, at: try storedInstant(final.key.time))
    entries.append(PlacedEntry(place: place, entry: entry))
  }

  private mutating func record(_ event: ReceivedEvent) throws {
    guard let draft = try event.fact.audited(in: &state, event.key) else { return }
    let entry = AuditEntry(draft, event.id, source: event.source, event.type, at: event.time)
    entries.append(PlacedEntry(place: place, entry: entry))
  }

  /// Takes the plans that are left, and gives all entries in order of keys.
  mutating func finish() throws -> [AuditEntry] {
    for plan in planEvents {
      place += 1
      try record(plan)
    }
    planEvents = []
    return (entries + (try usage.entries())).sorted { $0.place < $1.place }.map(\.entry)
  }
}

extension AuditEntry {
  convenience init(_ draft: AuditDraft, _ id: EventID, source: String, _ type: EventType, at time: Timestamp?)
  {
    self.init(
      anchor: Self.anchor(of: id, source: source), eventID: id, type: type, time: time,
      subject: draft.subject, subjectName: draft.name, isFirst: draft.isFirst, details: draft.details,
      changes: draft.changes)
  }

  /// 64 bits of a hash of the event's identity: no two events of a portal share them.
  private static func anchor(of id: EventID, source: String) -> String {
    let hash = SHA256.hash(Array((source + "\n" + id.text).utf8))
    return "a-" + Hexadecimal.encode(Array(hash.prefix(8)))
  }
}

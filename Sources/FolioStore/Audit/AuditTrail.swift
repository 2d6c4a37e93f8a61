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
    let state = AuditState(customer: customer, invoices: invoices, plans: plans)
    var walk = AuditWalk(state: state, planEvents: planEvents[...])
    let documents = try InvoiceDocuments(of: customer.id, connection)
    var usage = UsageTrail(customer: customer.id, connection: connection)
    // What nothing dates comes first, as its keys have it.
    try connection.statement(
      """
      SELECT \(StoredEvent.columns) FROM events WHERE customer_id = ? AND state = 'applied'
      ORDER BY time, event_id, source
      """
    ).forEach([.text(customer.id.text)]) { row in
      if let report = try UsageReport(row) {
        try usage.take(report)
      } else if let final = try documents.finalization(row) {
        try walk.take(final)
      } else {
        try walk.take(try StoredEvent.event(row))
      }
    }
    try walk.takeRemainingPlans()
    return (walk.entries + (try usage.entries())).sorted { $0.key < $1.key }.map(\.entry)
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

/// An entry and where it stands.
typealias PlacedEntry = (key: EventKey, entry: AuditEntry)

/// Goes through a customer's events and the plans' in order of keys.
private struct AuditWalk {
  var state: AuditState
  var planEvents: ArraySlice<ReceivedEvent>
  private(set) var entries: [PlacedEntry] = []

  init(state: AuditState, planEvents: ArraySlice<ReceivedEvent>) {
    (self.state, self.planEvents) = (state, planEvents)
  }

  mutating func take(_ event: ReceivedEvent) throws {
    try takePlans(before: event.key)
    try record(event)
  }

  mutating func take(_ final: InvoiceDocuments.Finalization) throws {
    try takePlans(before: final.key)
    let draft = try InvoiceFinalized.audited(final.invoiceID, in: &state, final.key)
    let entry = AuditEntry(
      draft, final.eventID, source: final.source, .invoiceFinalized, at: try storedInstant(final.key.time))
    entries.append((final.key, entry))
  }

  private mutating func takePlans(before key: EventKey) throws {
    while let plan = planEvents.first, plan.key < key {
      planEvents.removeFirst()
      try record(plan)
    }
  }

  mutating func takeRemainingPlans() throws {
    for plan in planEvents { try record(plan) }
    planEvents = []
  }

  private mutating func record(_ event: ReceivedEvent) throws {
    guard let draft = try event.fact.audited(in: &state, event.key) else { return }
    entries.append(
      (event.key, AuditEntry(draft, event.id, source: event.source, event.type, at: event.time)))
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

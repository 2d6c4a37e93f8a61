package import FolioBilling
import SQLite

/// Reads an inbox that it never changes. One thread uses one reader.
package struct InboxReader {
  private let connection: Connection

  /// Opens an inbox for reading.
  ///
  /// - Throws: `SQLiteError`, `MigrationError`.
  package init(path: String) throws { connection = try Inbox.migrator.openForReading(path) }

  init(connection: Connection) { self.connection = connection }

  /// What an operator has to know of an inbox.
  package func gauges() throws -> InboxGauges {
    var gauges = InboxGauges()
    try connection.statement(
      "SELECT state, count(*), min(received_at) FROM deliveries WHERE state <> 'applied' GROUP BY state"
    ).forEach { row in
      let state: DeliveryState = try storedChoice(row.text(0), "deliveries.state")
      gauges.counts[state] = Int(try row.integer(1))
      if state == .pending { gauges.oldestPending = try storedInstant(row.integer(2)) }
      if state == .waiting { gauges.oldestWaiting = try storedInstant(row.integer(2)) }
    }
    let aside = try connection.statement("SELECT count(*) FROM conflicts").first { try $0.integer(0) } ?? 0
    gauges.counts[.conflict, default: 0] += Int(aside)
    return gauges
  }

  /// Lends the deliveries that are in one of `states` to `body`, in order of arrival.
  ///
  /// What waits is told by how the store holds it now. A conflict is told of the delivery that lies aside.
  ///
  /// - Parameter store: nil where there is none yet.
  package func forEachEntry(
    in states: Set<DeliveryState>, store: StatementReader?, _ body: (InboxEntry) throws -> Void
  ) throws {
    try connection.statement(
      """
      SELECT delivery_no, source, delivery_id, customer_id, type, received_at, state, waiting_for, reason,
        0 AS place
      FROM deliveries WHERE state <> 'applied'
      UNION ALL
      SELECT delivery_no, source, delivery_id, nullif(c.customer_id, ''), c.type, c.received_at, 'conflict',
        NULL, NULL, conflict_no
      FROM conflicts c JOIN deliveries USING (delivery_no)
      ORDER BY 1, 10
      """
    ).forEach { row in
      let entry = try entry(row, store)
      if states.contains(entry.state) { try body(entry) }
    }
  }

  private func entry(_ row: borrowing Row, _ store: StatementReader?) throws -> InboxEntry {
    let customer: CustomerID? = try row.optionalText(3).map {
      try storedIdentifier($0, "deliveries.customer_id")
    }
    let delivery = StoredDelivery(
      number: try row.integer(0), source: try row.text(1), id: try row.text(2), customerID: customer,
      body: nil)
    let state: DeliveryState = try storedChoice(row.text(6), "deliveries.state")
    let reason = try row.optionalText(8).map { try FieldError(stored: $0, column: "deliveries.reason") }
    var settled = SettledDelivery(delivery, state, waitingFor: try row.optionalText(7), reason: reason)
    if state == .waiting, let store { settled = try store.standing(of: delivery) }
    return InboxEntry(settled, type: try row.optionalText(4), receivedAt: try storedInstant(row.integer(5)))
  }
}

/// How many deliveries are not settled.
package struct InboxGauges: Equatable, Sendable {
  /// By state; applied ones are not counted. A conflict counts each delivery that lies aside.
  package internal(set) var counts: [DeliveryState: Int] = [:]
  /// When the oldest delivery arrived that the store has not seen yet.
  package internal(set) var oldestPending: Timestamp?
  /// When the oldest delivery arrived whose subject is not known yet.
  package internal(set) var oldestWaiting: Timestamp?

  init() {}
}

/// A delivery as it is listed.
package struct InboxEntry: Sendable {
  package let source: String
  package let id: String
  package let customerID: CustomerID?
  package let type: String?
  package let receivedAt: Timestamp
  package let state: DeliveryState
  /// `invoice in_123`.
  package let waitingFor: String?
  package let reason: FieldError?

  init(_ settled: SettledDelivery, type: String?, receivedAt: Timestamp) {
    source = settled.delivery.source
    id = settled.delivery.id
    customerID = settled.delivery.customerID
    self.type = type
    self.receivedAt = receivedAt
    state = settled.state
    waitingFor = settled.waitingFor
    reason = settled.reason
  }
}

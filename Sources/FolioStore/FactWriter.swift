import FolioBilling
import SQLite

/// Where an event stands among all events: by time, then by id, then by source.
struct EventKey: Comparable, Sendable {
  /// Nanoseconds since 1970; 0 where nothing dates the event.
  let time: Int64
  /// The id, a space, and the source.
  let text: String

  static func < (left: Self, right: Self) -> Bool {
    left.time == right.time
      ? left.text.utf8.lexicographicallyPrecedes(right.text.utf8) : left.time < right.time
  }

  static func == (left: Self, right: Self) -> Bool {
    left.time == right.time && left.text.utf8.elementsEqual(right.text.utf8)
  }
}

/// Writes what one event says into the tables, so that the order of arrival leaves no trace.
struct FactWriter {
  let connection: Connection
  let key: EventKey
  let eventNumber: Int64

  typealias Column = (name: String, value: SQLiteValue)

  /// Writes a row unless a later event wrote it already.
  func keepLatest(in table: String, key columns: [Column], _ values: [Column]) throws {
    try keep(in: table, columns, values, replacing: ">")
  }

  /// Writes a row unless an earlier event wrote it already: for what is frozen.
  func keepEarliest(in table: String, key columns: [Column], _ values: [Column]) throws {
    try keep(in: table, columns, values, replacing: "<")
  }

  private func keep(
    in table: String, _ keys: [Column], _ values: [Column], replacing comparison: String
  ) throws {
    let stamped = values + [("event_time", .integer(key.time)), ("event_key", .text(key.text))]
    let all = keys + stamped
    let sql = """
      INSERT INTO \(table) (\(all.map(\.name).joined(separator: ", ")))
      VALUES (\(all.map { _ in "?" }.joined(separator: ", ")))
      ON CONFLICT (\(keys.map(\.name).joined(separator: ", "))) DO UPDATE
      SET \(stamped.map { "\($0.name) = excluded.\($0.name)" }.joined(separator: ", "))
      WHERE (excluded.event_time, excluded.event_key) \(comparison) (\(table).event_time, \(table).event_key)
      """
    try connection.statement(sql).run(all.map(\.value))
  }
}

extension SQLiteValue {
  static func instant(_ instant: Timestamp?) -> SQLiteValue {
    instant.map { .integer($0.nanosecondsSinceEpoch) } ?? .null
  }

  static func optional(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }

  static func optional(_ number: Int64?) -> SQLiteValue { number.map { .integer($0) } ?? .null }

  static func flag(_ bool: Bool) -> SQLiteValue { .integer(bool ? 1 : 0) }
}

/// What an event says, decoded: it knows what it needs, what it brings and how to write itself down.
protocol BillingFact: Sendable {
  /// What must be known before the fact can be applied.
  var requires: [EventSubject] { get }
  /// What others may have been waiting for.
  var introduces: [EventSubject] { get }
  /// The instant of the fact itself, for events without a time of their own.
  var factTime: Timestamp? { get }
  /// The customer whose store the fact changes, where only the store can tell.
  func customer(in connection: Connection) throws -> CustomerID?
  func write(_ writer: FactWriter) throws
  /// Takes the fact in its place in the trail, after all that came before it in order of keys, and says what it
  /// changed; nil where it is no entry of its own.
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft?
}

extension BillingFact {
  var introduces: [EventSubject] { [] }
  var factTime: Timestamp? { nil }
  func customer(in connection: Connection) throws -> CustomerID? { nil }
}

/// A fact about an invoice, which leads to the customer.
protocol FactOfInvoice: BillingFact {
  var invoiceID: InvoiceID { get }
}

extension FactOfInvoice {
  var requires: [EventSubject] { [.invoice(invoiceID)] }

  func customer(in connection: Connection) throws -> CustomerID? { try owner(in: connection) }

  /// Whose invoice it is, which is known once the fact can be applied.
  func owner(in connection: Connection) throws -> CustomerID {
    guard let customer = try InvoiceFinalized.customer(of: invoiceID, in: connection) else {
      throw StoredValueError(column: "invoices.invoice_id")
    }
    return customer
  }
}

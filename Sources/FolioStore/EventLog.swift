package import FolioBilling
import Hashing
import JSON
import SQLite

/// How an event was taken.
package enum EventOutcome: Equatable, Sendable {
  case applied
  /// The same identity and the same content: nothing changed.
  case repeated
  /// The same identity with another content: the first is kept.
  case conflict
  /// Kept until its subject arrives.
  case waiting(for: EventSubject)
  /// Invalid by itself or against what is known: nothing of it is kept.
  case refused(FieldError)
}

/// The one path by which a store changes: applies events inside the caller's transaction.
///
/// Any order and any repetition of the same events leads to the same tables: rows keep the event of latest time
/// (then greatest id), frozen rows the earliest, and an event whose subject is unknown waits for it.
package struct EventLog {
  let connection: Connection
  let receivedAt: Timestamp
  /// Where the events come from: a file's name, a listener.
  let origin: String
  private let refusals = Refusals()

  init(connection: Connection, receivedAt: Timestamp, origin: String) {
    self.connection = connection
    self.receivedAt = receivedAt
    self.origin = origin
  }

  /// Events that had been waiting and were refused when their subject came, by their numbers.
  private final class Refusals {
    var errors: [Int64: FieldError] = [:]
  }

  /// Takes one event.
  ///
  /// - Throws: `SQLiteError`, `StoredValueError`; whatever the event itself has wrong is an outcome.
  package func apply(_ event: ReceivedEvent) throws -> EventOutcome {
    let digest = event.digest
    if let known = try knownDigest(event) { return known == digest ? .repeated : .conflict }
    do {
      return try connection.savepoint {
        let number = try insert(event, digest)
        guard let missing = try settle(event, number, digest, isNew: true) else { return .applied }
        return .waiting(for: missing)
      }
    } catch let error as FieldError {
      return .refused(error)
    }
  }

  /// Reads what the transaction has made of the store so far.
  package var reader: StatementReader { StatementReader(connection: connection) }

  /// How an event that this log let wait stands now, when other events have followed.
  func outcome(ofWaiting event: EventID, from source: String) throws -> EventOutcome {
    let row = try connection.statement("SELECT event_no, state FROM events WHERE source = ? AND event_id = ?")
      .first([.text(source), .text(event.text)]) { (try $0.integer(0), state: try $0.text(1)) }
    guard let (number, state) = row else { throw StoredValueError(column: "events.event_id") }
    if let error = refusals.errors[number] { return .refused(error) }
    guard state == "waiting" else { return .applied }
    let fact = try StoredEvent.load(number, from: connection).0.fact
    guard let missing = try fact.requires.first(where: { try !exists($0) }) else { return .applied }
    return .waiting(for: missing)
  }

  /// How an event that the log holds stands now; one that was refused when its subject came is tried again.
  ///
  /// - Returns: nil where the log holds no such event.
  func standing(of event: EventID, from source: String) throws -> EventOutcome? {
    let row = try connection.statement("SELECT event_no, state FROM events WHERE source = ? AND event_id = ?")
      .first([.text(source), .text(event.text)]) { (try $0.integer(0), state: try $0.text(1)) }
    guard let (number, state) = row else { return nil }
    guard state == "refused" else { return try outcome(ofWaiting: event, from: source) }
    let (event, digest) = try StoredEvent.load(number, from: connection)
    do {
      let missing = try connection.savepoint { try settle(event, number, digest) }
      refusals.errors[number] = nil
      try connection.statement("UPDATE events SET reason = NULL WHERE event_no = ?").run(.integer(number))
      return missing.map { .waiting(for: $0) } ?? .applied
    } catch let error as FieldError {
      return .refused(error)
    }
  }

  private func knownDigest(_ event: ReceivedEvent) throws -> [UInt8]? {
    try connection.statement("SELECT digest FROM events WHERE source = ? AND event_id = ?")
      .first([.text(event.source), .text(event.id.text)]) { try $0.blob(0) }
  }

  private func insert(_ event: ReceivedEvent, _ digest: [UInt8]) throws -> Int64 {
    try connection.statement(
      """
      INSERT INTO events (source, event_id, type, time, customer_id, data, readings, digest, state, received_at,
        origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'applied', ?, ?)
      """
    ).run([
      .text(event.source), .text(event.id.text), .text(event.type.rawValue), .instant(event.time),
      .optional(event.customerID?.text), .text(encoded(.object(event.data))), SQLiteValue(event.readings),
      .blob(digest), .instant(receivedAt), .text(origin),
    ])
    return connection.lastInsertedRowID
  }

  /// Applies an event that is in the log, or lets it wait for the subject returned.
  ///
  /// - Parameter isNew: whether its row is as `insert` left it.
  private func settle(
    _ event: ReceivedEvent, _ number: Int64, _ digest: [UInt8], isNew: Bool = false
  ) throws -> EventSubject? {
    if let missing = try event.fact.requires.first(where: { try !exists($0) }) {
      try connection.statement("UPDATE events SET state = 'waiting', waiting_for = ? WHERE event_no = ?")
        .run([.text(missing.text), .integer(number)])
      return missing
    }
    let customer = try customer(of: event)
    try write(event, number)
    if !isNew || customer != event.customerID {
      try connection.statement(
        "UPDATE events SET state = 'applied', waiting_for = NULL, customer_id = ? WHERE event_no = ?"
      ).run([.optional(customer?.text), .integer(number)])
    }
    try addToRevision(event, digest, of: customer)
    for subject in event.fact.introduces { try wake(waitingFor: subject) }
    return nil
  }

  /// The customer whom the event concerns; nil for the whole site.
  private func customer(of event: ReceivedEvent) throws -> CustomerID? {
    let owner = try event.fact.customer(in: connection)
    if let named = event.customerID, let owner, named != owner {
      throw FieldError(path: "customer_id", expected: .invoiceOfCustomer, found: named.text)
    }
    return event.type == .planDefined ? nil : owner ?? event.customerID
  }

  private func write(_ event: ReceivedEvent, _ number: Int64) throws {
    do {
      try event.fact.write(FactWriter(connection: connection, key: event.key, eventNumber: number))
    } catch is ArithmeticOverflow {
      throw FieldError(path: "data", expected: .sumWithin64Bits, found: nil)
    } catch let error as SQLiteError where error.isConstraint && event.type == .usageRecorded {
      // A sum beyond 64 bits turns into a REAL, which the STRICT tables refuse.
      throw FieldError(path: "data.readings", expected: .sumWithin64Bits, found: nil)
    }
  }

  private func exists(_ subject: EventSubject) throws -> Bool {
    let (sql, values): (String, [String]) =
      switch subject {
      case .customer(let id): ("customers WHERE customer_id = ?", [id.text])
      case .plan(let id): ("plan_versions WHERE plan_id = ?", [id.text])
      case .invoice(let id): ("invoices WHERE invoice_id = ?", [id.text])
      case .subscription(let customer, let id):
        ("subscriptions WHERE customer_id = ? AND subscription_id = ?", [customer.text, id.text])
      case .paymentMethod(let customer, let id):
        ("payment_methods WHERE customer_id = ? AND payment_method_id = ?", [customer.text, id.text])
      case .partner(let customer, let id):
        ("partners WHERE customer_id = ? AND partner_id = ?", [customer.text, id.text])
      }
    return try connection.statement("SELECT 1 FROM \(sql) LIMIT 1").first(values.map { .text($0) }) { _ in
      true
    }
      ?? false
  }

  private func addToRevision(_ event: ReceivedEvent, _ digest: [UInt8], of customer: CustomerID?) throws {
    let member = SHA256.hash(Array((event.key.text + "\n" + (event.time?.text ?? "") + "\n").utf8) + digest)
    let (table, condition, values): (String, String, [SQLiteValue]) =
      if let customer {
        ("customer_revisions", "customer_id = ?", [.text(customer.text)])
      } else {
        ("site_revision", "only = ?", [.integer(1)])
      }
    if let customer {
      try connection.statement(
        "INSERT OR IGNORE INTO customer_revisions (customer_id, counter) VALUES (?, 1)"
      )
      .run([.text(customer.text)])
    }
    let stored = try connection.statement("SELECT hash FROM \(table) WHERE \(condition)")
      .first(values) { try $0.blob(0) }
    guard let stored, var hash = OrderFreeHash(bytes: stored) else {
      throw StoredValueError(column: "\(table).hash")
    }
    hash.insert(member)
    try connection.statement("UPDATE \(table) SET hash = ? WHERE \(condition)").run(
      [.blob(hash.bytes)] + values)
  }

  /// Applies what has been waiting for a subject that has just arrived.
  private func wake(waitingFor subject: EventSubject) throws {
    let waiting = try connection.statement(
      "SELECT event_no FROM events WHERE state = 'waiting' AND waiting_for = ? ORDER BY event_no"
    ).rows([.text(subject.text)]) { try $0.integer(0) }
    for number in waiting {
      let (event, digest) = try StoredEvent.load(number, from: connection)
      do {
        _ = try connection.savepoint { try settle(event, number, digest) }
      } catch let error as FieldError {
        refusals.errors[number] = error
        try connection.statement(
          "UPDATE events SET state = 'refused', waiting_for = NULL, reason = ? WHERE event_no = ?"
        ).run([.text(error.path), .integer(number)])
      }
    }
  }
}

/// Events as the log keeps them.
enum StoredEvent {
  /// Reads an event back from the log.
  static func load(_ number: Int64, from connection: Connection) throws -> (ReceivedEvent, digest: [UInt8]) {
    let found = try connection.statement("SELECT \(columns), digest FROM events WHERE event_no = ?")
      .first([.integer(number)]) { row in (try event(row), digest: try row.blob(7)) }
    guard let found else { throw StoredValueError(column: "events.event_no") }
    return found
  }

  static let columns = "source, event_id, type, time, customer_id, data, readings"

  /// The event in a row that opens with `columns`.
  static func event(_ row: borrowing Row) throws -> ReceivedEvent {
    let type: EventType = try storedChoice(row.text(2), "events.type")
    let customer: CustomerID? = try row.optionalText(4).map { try storedIdentifier($0, "events.customer_id") }
    let time = try row.optionalInteger(3).map(storedInstant)
    let id: EventID = try storedIdentifier(row.text(1), "events.event_id")
    let (data, readings, source) = (try object(row.text(5)), try row.optionalBlob(6), try row.text(0))
    do {
      return try ReceivedEvent(stored: type, id, time, customer, data, readings: readings, source: source)
    } catch is FieldError {
      // It was whole when it was kept: this says nothing of any event that is being applied.
      throw StoredValueError(column: "events.data")
    }
  }

  private static func object(_ json: String) throws(StoredValueError) -> JSONObject {
    do throws(JSONSyntaxError) {
      if case .object(let object) = try JSONParser.parse(Array(json.utf8)) { return object }
    } catch {}
    throw StoredValueError(column: "events.data")
  }
}

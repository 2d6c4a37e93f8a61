package import FolioBilling
import SQLite

/// The deliveries that a listener has acknowledged, in a database of their own beside the store.
///
/// Of their own, because an acknowledgement must not wait for an import that holds the store: a delivery is on disk
/// here first (WAL, synchronous=FULL), and reaches the store in a second transaction. A crash between the two
/// applies it again, which the store's identity (source, id) turns into nothing.
///
/// One thread uses one inbox. All calls block.
package final class Inbox {
  let connection: Connection
  private let limits: InboxLimits
  /// What the limits count, and the state of the database at which it was counted.
  private var known: (usage: InboxUsage, dataVersion: String)?

  /// The file of a store's inbox.
  package static func path(forStoreAt store: String) -> String { store + ".inbox" }

  static let migrator = Migrator(
    applicationID: InboxSchema.applicationID, migrations: InboxSchema.migrations)

  /// Opens an inbox, and makes it where it is missing.
  ///
  /// - Throws: `SQLiteError`, `MigrationError`, `FileLockError`.
  package init(path: String, limits: InboxLimits = InboxLimits()) throws {
    connection = try Self.migrator.openForWriting(path, isCreating: true)
    try connection.keepPages(kibibytes: BillingStore.pagesKept)
    self.limits = limits
  }

  /// A reader over this inbox's own connection.
  package var reader: InboxReader { InboxReader(connection: connection) }

  /// Keeps deliveries in one transaction, and says of each, in the same order, what became of it.
  ///
  /// When this returns, what was kept is on the device.
  ///
  /// - Throws: `SQLiteError` (`isFull` for a full disk), `FileLockError`: then none may be acknowledged.
  package func accept(_ deliveries: [Delivery], receivedAt: Timestamp) throws -> [Acceptance] {
    if deliveries.isEmpty { return [] }
    return try write { usage in
      try deliveries.map { try take($0, receivedAt, &usage) }
    }
  }

  /// Runs `body` in a transaction, with what the limits count.
  func write<Result>(
    _ durability: Connection.Durability = .atOnce, _ body: (inout InboxUsage) throws -> Result
  ) throws -> Result {
    let before = known
    known = nil
    let (result, after) = try connection.exclusiveWrite(
      journal: JournalLimits(movedFrom: limits.journalFrames, emptiedFrom: 2 * limits.journalFrames),
      durability: durability
    ) {
      // What another connection commits changes the version; what this one commits does not.
      let version = try connection.pragma("data_version")
      var usage = InboxUsage()
      if let before, before.dataVersion == version {
        usage = before.usage
      } else {
        usage = try countUsage()
      }
      return (try body(&usage), (usage, version))
    }
    known = after
    return result
  }

  func countUsage() throws -> InboxUsage {
    var usage = InboxUsage()
    try connection.statement(
      """
      SELECT state = 'pending', count(*), coalesce(sum(length(body)), 0) FROM deliveries
      WHERE state <> 'applied' GROUP BY 1
      UNION ALL SELECT 0, count(*), coalesce(sum(length(body)), 0) FROM conflicts
      """
    ).forEach { row in
      let (isPending, count, bytes) = (try row.integer(0) == 1, try row.integer(1), try row.integer(2))
      if isPending {
        (usage.pendingCount, usage.pendingBytes) = (Int(count), Int(bytes))
      } else {
        usage.asideBytes += Int(bytes)
      }
    }
    return usage
  }
}

extension Inbox {
  /// What the inbox has under an identity.
  private struct Known {
    let number: Int64
    let customer: String?
    let digest: [UInt8]
    let state: DeliveryState
    let reason: FieldError?

    /// Whether a delivery says the same; a customer that only one of them names is no difference.
    func saysTheSame(as delivery: Delivery) -> Bool {
      guard digest == delivery.digest else { return false }
      guard let customer, let other = delivery.customerID else { return true }
      return customer.utf8.elementsEqual(other.text.utf8)
    }
  }

  private func take(
    _ delivery: Delivery, _ receivedAt: Timestamp, _ usage: inout InboxUsage
  ) throws -> Acceptance {
    let state = delivery.verdict.state
    let hasRoom = usage.hasRoom(for: delivery.keptBytes, in: state, limits)
    if hasRoom, try insert(delivery, receivedAt) {
      usage.add(delivery.keptBytes, in: state)
      return Acceptance(id: delivery.id, outcome: .kept(state), reason: delivery.verdict.reason)
    }
    guard let known = try find(delivery) else {
      return Acceptance(id: delivery.id, outcome: .full, reason: nil)
    }
    if known.digest.isEmpty && !delivery.digest.isEmpty {
      return try replace(known, with: delivery, receivedAt, hasRoom, &usage)
    }
    if known.saysTheSame(as: delivery) {
      return Acceptance(id: delivery.id, outcome: .repeated(known.state), reason: known.reason)
    }
    return try keepAside(delivery, beside: known, receivedAt, &usage)
  }

  /// Inserts a delivery; false where the identity is taken.
  private func insert(_ delivery: Delivery, _ receivedAt: Timestamp) throws -> Bool {
    try connection.statement(
      """
      INSERT INTO deliveries (source, delivery_id, customer_id, received_at, type, digest, state, body, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, delivery_id) DO NOTHING
      """
    ).run([.text(delivery.source), .text(delivery.id)] + values(of: delivery, receivedAt))
    return connection.changes == 1
  }

  private func values(of delivery: Delivery, _ receivedAt: Timestamp) -> [SQLiteValue] {
    [
      .optional(delivery.customerID?.text), .instant(receivedAt), .optional(delivery.type),
      .blob(delivery.digest), .text(delivery.verdict.state.rawValue), SQLiteValue(delivery.keptBody),
      .optional(delivery.verdict.reason?.storedText),
    ]
  }

  private func find(_ delivery: Delivery) throws -> Known? {
    try connection.statement(
      """
      SELECT delivery_no, customer_id, digest, state, reason FROM deliveries
      WHERE source = ? AND delivery_id = ?
      """
    ).first([.text(delivery.source), .text(delivery.id)]) { row in
      Known(
        number: try row.integer(0), customer: try row.optionalText(1), digest: try row.blob(2),
        state: try storedChoice(row.text(3), "deliveries.state"),
        reason: try row.optionalText(4).map { try FieldError(stored: $0, column: "deliveries.reason") })
    }
  }

  /// Takes the sender's second try of what was refused without keeping anything of it.
  private func replace(
    _ known: Known, with delivery: Delivery, _ receivedAt: Timestamp, _ hasRoom: Bool,
    _ usage: inout InboxUsage
  ) throws -> Acceptance {
    guard hasRoom else { return Acceptance(id: delivery.id, outcome: .full, reason: nil) }
    try connection.statement(
      """
      UPDATE deliveries SET customer_id = ?, received_at = ?, type = ?, digest = ?, state = ?, body = ?,
        reason = ? WHERE delivery_no = ?
      """
    ).run(values(of: delivery, receivedAt) + [.integer(known.number)])
    usage.add(delivery.keptBytes, in: delivery.verdict.state)
    return Acceptance(
      id: delivery.id, outcome: .kept(delivery.verdict.state), reason: delivery.verdict.reason)
  }

  private func keepAside(
    _ delivery: Delivery, beside known: Known, _ receivedAt: Timestamp, _ usage: inout InboxUsage
  ) throws -> Acceptance {
    guard usage.hasRoom(for: delivery.keptBytes, in: .conflict, limits) else {
      return Acceptance(id: delivery.id, outcome: .full, reason: nil)
    }
    try connection.statement(
      """
      INSERT INTO conflicts (delivery_no, received_at, customer_id, type, digest, body)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE (SELECT count(*) FROM conflicts WHERE delivery_no = ?1) < ?7
      ON CONFLICT (delivery_no, digest, customer_id) DO NOTHING
      """
    ).run([
      .integer(known.number), .instant(receivedAt), .text(delivery.customerID?.text ?? ""),
      .optional(delivery.type), .blob(delivery.digest), SQLiteValue(delivery.keptBody),
      .integer(Int64(InboxLimits.conflictsOfOneIdentity)),
    ])
    if connection.changes == 1 { usage.add(delivery.keptBytes, in: .conflict) }
    return Acceptance(id: delivery.id, outcome: .conflict, reason: nil)
  }
}

extension Delivery {
  fileprivate var keptBytes: Int { digest.isEmpty ? 0 : body.count }
}

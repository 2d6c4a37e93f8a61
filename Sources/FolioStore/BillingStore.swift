package import FolioBilling
package import Hashing
import OperatingSystem
package import SQLite

/// A billing store that is open for writing: the only place from which it changes.
package final class BillingStore {
  private let connection: Connection

  /// Opens a store and brings it to the newest schema; creates it where it is missing and `isCreating` says so.
  ///
  /// - Throws: `SQLiteError`, `MigrationError`, `FileLockError`.
  package init(path: String, isCreating: Bool) throws {
    connection = try Self.migrator.openForWriting(path, isCreating: isCreating)
    try connection.keepPages(kibibytes: Self.pagesKept)
  }

  /// What a batch of events changes, in KiB.
  static let pagesKept = 16_384

  /// A store in memory that is gone with the value: for a view of an earlier time.
  package init() throws {
    connection = try Connection.inMemory()
    try Self.migrator.migrate(connection)
  }

  /// Removes a store's files while no other writer is at work.
  package static func remove(_ path: String) throws {
    let lock = try FileLock.acquireExclusive(
      Connection.writerLockPath(forStoreAt: path), waiting: Connection.writerWait)
    for suffix in ["", "-wal", "-shm"] where try Files.exists(path + suffix) {
      try Files.remove(path + suffix)
    }
    extendLifetime(lock)
  }

  static let migrator = Migrator(applicationID: Schema.applicationID, migrations: Schema.migrations)

  /// The schema's number in this version of the program.
  package static var schemaVersion: Int { migrator.newestVersion }

  /// Applies events in one transaction, which holds the writers' lock until its checkpoint.
  ///
  /// - Parameters:
  ///   - receivedAt: when the events arrived; kept in the store, shown on no page.
  ///   - origin: where they come from.
  ///   - journal: how long the store's journal may be afterwards.
  ///   - body: gets the log that applies events. When it throws, nothing of the transaction stays.
  package func write<Result>(
    receivedAt: Timestamp, origin: String, journal: JournalLimits = .movedEachTime,
    _ body: (EventLog) throws -> Result
  ) throws -> Result {
    try connection.exclusiveWrite(journal: journal) {
      let log = EventLog(connection: connection, receivedAt: receivedAt, origin: origin)
      return try body(log)
    }
  }

  /// A reader over this store's own connection.
  package var reader: StatementReader { StatementReader(connection: connection) }
}

/// What identifies the state of a customer's facts.
package struct Revision: Hashable, Sendable {
  /// Raised by every change of the tables.
  package let counter: Int64
  /// An order-free hash over the events applied.
  package let hash: OrderFreeHash

  package init(counter: Int64, hash: OrderFreeHash) {
    self.counter = counter
    self.hash = hash
  }

  /// Takes a cell of the store; a damaged one is another hash, and no reason to publish nobody's portal.
  init(counter: Int64, storedHash: [UInt8]) {
    self.init(
      counter: counter,
      hash: OrderFreeHash(bytes: storedHash) ?? OrderFreeHash(bytes: SHA256.hash(storedHash))
        ?? OrderFreeHash())
  }
}

/// An event that waits for its subject.
package struct WaitingEvent: Equatable, Sendable {
  package let id: String
  package let type: String
  /// `invoice in_123`.
  package let subject: String
}

import OperatingSystem

/// Brings a database to the newest schema, one step after another.
///
/// `PRAGMA user_version` counts the steps applied, `PRAGMA application_id` says whose database it is.
package struct Migrator: Sendable {
  /// The number in the header of every database of this application; not 0.
  package let applicationID: Int32
  /// The scripts in order; one that was released is never changed, only followed.
  private let migrations: [String]

  /// Takes the steps in the order in which they were released.
  package init(applicationID: Int32, migrations: [String]) {
    precondition(applicationID != 0, "0 is the mark of no application")
    self.applicationID = applicationID
    self.migrations = migrations
  }

  /// The version that `migrate` leads to: the number of steps.
  package var newestVersion: Int { migrations.count }

  /// How many steps a database has taken; 0 for an empty one.
  ///
  /// - Throws: `MigrationError` when it belongs to someone else; `SQLiteError`.
  package func version(of connection: Connection) throws -> Int {
    if connection.isInTransaction { return try versionInTransaction(of: connection) }
    // One snapshot: a step that commits between two of the questions would look like a foreign database.
    return try connection.read { try versionInTransaction(of: connection) }
  }

  /// Opens a database for writing at the newest schema.
  ///
  /// A file that is not ours is refused before anything is written to it: a connection that writes would
  /// already turn on its journal. A missing file is created with `isCreating`, and an error without.
  ///
  /// - Throws: What `Connection.init` and `migrate` throw.
  package func openForWriting(
    _ path: String, isCreating: Bool = false, waiting: Duration = Connection.writerWait
  ) throws -> Connection {
    let reader = try !isCreating || Files.exists(path) ? readerInWALMode(path) : nil
    let mode = isCreating ? Connection.Mode.readWriteCreate : .readWrite
    let connection =
      try reader == nil ? openAlone(path, mode, waiting: waiting) : Connection(path: path, mode: mode)
    // Who opens a database that nobody else has open reads all of its journal: once is enough.
    extendLifetime(reader)
    try migrate(connection, waiting: waiting)
    return connection
  }

  /// A reader of a database in WAL mode, nil for any other; one that is not ours is refused.
  private func readerInWALMode(_ path: String) throws -> Connection? {
    do {
      let reader = try Connection(path: path, mode: .readOnly)
      _ = try supportedVersion(of: reader)
      return try reader.pragma("journal_mode") == "wal" ? reader : nil
    } catch let error as SQLiteError where error.needsRollback {
      // Killed while it was made, before WAL mode was on: a connection that writes takes that back.
      return nil
    }
  }

  /// Opens a database that is not in WAL mode yet, such as a copy made by `VACUUM INTO`.
  ///
  /// Two connections that turn the journal on at once would find each other in the way, and SQLite would let one of
  /// them fail without waiting.
  private func openAlone(_ path: String, _ mode: Connection.Mode, waiting: Duration) throws -> Connection {
    let lock = try FileLock.acquireExclusive(Connection.writerLockPath(forStoreAt: path), waiting: waiting)
    let connection = try Connection(path: path, mode: mode)
    extendLifetime(lock)
    return connection
  }

  /// Opens a database for reading whose schema is the newest.
  ///
  /// - Throws: What `Connection.init` and `check` throw.
  package func openForReading(_ path: String) throws -> Connection {
    let connection = try Connection(path: path, mode: .readOnly)
    try check(connection)
    return connection
  }

  /// Applies the steps that are missing, each in a transaction of its own under the writers' lock.
  ///
  /// - Throws: `MigrationError`; `FileLockError`; `SQLiteError` of a step, of which nothing stays.
  package func migrate(_ connection: Connection, waiting: Duration = Connection.writerWait) throws {
    while try supportedVersion(of: connection) < newestVersion {
      try connection.exclusiveWrite(waiting: waiting) {
        // Asked again inside: another process may have taken the step meanwhile.
        let version = try supportedVersion(of: connection)
        if version < newestVersion { try apply(version, to: connection) }
      }
    }
  }

  /// Makes sure that a reader understands the database.
  ///
  /// - Throws: `MigrationError`, also where steps are missing; `SQLiteError`.
  package func check(_ connection: Connection) throws {
    let version = try supportedVersion(of: connection)
    if version == 0 { throw MigrationError.notAStore }
    if version < newestVersion {
      throw MigrationError.storeIsOlder(found: version, needed: newestVersion)
    }
  }

  private func versionInTransaction(of connection: Connection) throws -> Int {
    let owner = try header("application_id", of: connection)
    let version = try header("user_version", of: connection)
    if owner == Int(applicationID) { return version }
    if owner != 0 { throw MigrationError.foreignApplication(found: owner) }
    let hasContent =
      try connection.statement("SELECT 1 FROM sqlite_schema LIMIT 1").first { _ in true } ?? false
    if hasContent || version != 0 { throw MigrationError.notAStore }
    return 0
  }

  private func supportedVersion(of connection: Connection) throws -> Int {
    let version = try version(of: connection)
    if version > newestVersion {
      throw MigrationError.storeIsNewer(found: version, supported: newestVersion)
    }
    return version
  }

  private func apply(_ index: Int, to connection: Connection) throws(SQLiteError) {
    try connection.execute(migrations[index])
    try connection.execute("PRAGMA user_version = \(index + 1); PRAGMA application_id = \(applicationID)")
  }

  private func header(_ name: String, of connection: Connection) throws -> Int {
    try connection.statement("PRAGMA \(name)").first { row in Int(try row.integer(0)) } ?? 0
  }
}

/// Why a database is not one that this program can use.
package enum MigrationError: Error, Equatable {
  /// A newer program has changed the schema.
  case storeIsNewer(found: Int, supported: Int)
  /// Steps are missing that only a writer may take.
  case storeIsOlder(found: Int, needed: Int)
  /// The header carries the mark of another application.
  case foreignApplication(found: Int)
  /// A database without our mark: with tables that are not ours, or (for readers) without any.
  case notAStore
}

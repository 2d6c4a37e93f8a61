import CSQLite
import OperatingSystem

/// One connection to a database, for one thread at a time.
///
/// Every setting that data depends on is set here and read back: builds of SQLite differ in their defaults.
/// All calls block, so use a connection on threads that may wait.
@safe
package final class Connection {
  // Safety: `handle` comes from a successful sqlite3_open_v2 and is closed by `deinit` alone; statements that
  // live longer keep SQLite's side of it alive. The class is not Sendable, as SQLITE_OPEN_NOMUTEX demands.
  private let handle: OpaquePointer
  private var cache = StatementCache()
  /// The path as it was given; nil in memory.
  package let path: String?
  /// What writers of the database lock; nil in memory.
  let writerLock: LockFile?
  /// How many frames the journal had after this connection's latest commit.
  private(set) var journalFrames = 0

  /// What a connection may do.
  package enum Mode: Sendable {
    /// Reads; the database must exist. Never writes, never checkpoints.
    case readOnly
    /// Reads and writes; the database must exist.
    case readWrite
    /// Reads and writes; a missing file is created, for its owner only (0600).
    case readWriteCreate
  }

  /// How long a statement waits for the lock of another connection.
  package static let busyMilliseconds: Int32 = 5_000

  /// Opens the database file at a path, which is never read as a URI.
  ///
  /// - Throws: An error that `isMissingFile`, `isNotADatabase` or `isCorrupt`; `pragmaNotInForce` when a setting
  ///   was not taken, as of the journal of a file that is not in WAL mode on a file system without it.
  package convenience init(path: String, mode: Mode) throws(SQLiteError) {
    if mode == .readWriteCreate { try Self.createFile(path) }
    let access = mode == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    try self.init(fileName: Self.fileName(path), path: path, flags: access)
    try configure()
    if mode == .readOnly {
      try set("query_only", to: "1")
    } else {
      try set("journal_mode", to: "wal")
      try setSynchronous(.full)
      try set("wal_autocheckpoint", to: "0")
      countJournalFrames()
    }
  }

  /// Makes an empty database in memory.
  package static func inMemory() throws(SQLiteError) -> Connection {
    let connection = try Connection(
      fileName: ":memory:", path: nil, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try connection.configure()
    return connection
  }

  /// Done once; where somebody else in the process has used SQLite before, nothing changes, and all works as well.
  private static let prepareLibrary: Void = { _ = csqlite_leave_memory_uncounted() }()

  private init(fileName: String, path: String?, flags: Int32) throws(SQLiteError) {
    Self.prepareLibrary
    var handle: OpaquePointer?
    let code = unsafe sqlite3_open_v2(
      fileName, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle = unsafe handle else {
      // SQLite hands out a connection that knows the reason even when it could not open.
      let failure = unsafe SQLiteFailure(.open, code, connection: handle, path: path)
      unsafe sqlite3_close_v2(handle)
      throw .failed(failure)
    }
    unsafe self.handle = handle
    self.path = path
    writerLock = path.map { LockFile(Self.writerLockPath(forStoreAt: $0)) }
  }

  deinit {
    // A statement that lives longer keeps SQLite's side alive, and could commit.
    unsafe sqlite3_wal_hook(handle, nil, nil)
    unsafe sqlite3_close_v2(handle)
  }

  /// How many rows the latest INSERT, UPDATE or DELETE changed.
  package var changes: Int {
    Int(unsafe sqlite3_changes64(handle))
  }

  /// The row id of the latest successful INSERT.
  package var lastInsertedRowID: Int64 {
    unsafe sqlite3_last_insert_rowid(handle)
  }

  /// The version of SQLite that runs.
  package static var libraryVersion: String { unsafe String(cString: sqlite3_libversion()) }

  /// Whether a transaction is open.
  package var isInTransaction: Bool {
    unsafe sqlite3_get_autocommit(handle) == 0
  }

  /// How many rows this connection has changed since it was opened.
  var totalChanges: Int64 {
    unsafe sqlite3_total_changes64(handle)
  }

  /// The prepared statement of this text: a kept one where there is one that is not running.
  package func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let kept = cache.idleStatement(sql) { return kept }
    let statement = try unsafe Statement(sql, connection: handle, path: path)
    cache.insert(statement)
    return statement
  }

  /// Runs a script of any number of statements without placeholders, and stops at the first that fails.
  package func execute(_ sql: String) throws(SQLiteError) {
    precondition(!sql.utf8.contains(0), "SQL holds no NUL")
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(.execute, code, sql: sql) }
  }

  /// The answer of a pragma, such as `wal` for `journal_mode`; empty when it has none.
  package func pragma(_ name: String) throws(SQLiteError) -> String {
    try statement("PRAGMA \(name)").firstDescription() ?? ""
  }

  /// Moves committed pages from the journal into the database, as far as nobody still reads the old ones.
  ///
  /// With `isTruncating` the journal is emptied too, where all of it could be moved.
  func checkpoint(isTruncating: Bool) throws(SQLiteError) -> (framesInJournal: Int, framesMoved: Int) {
    // Waiting for readers would hold up other writers; what stays is moved after the next transaction.
    unsafe sqlite3_busy_timeout(handle, 0)
    defer { unsafe sqlite3_busy_timeout(handle, Self.busyMilliseconds) }
    var (inJournal, moved): (Int32, Int32) = (0, 0)
    let kind = isTruncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
    let code = unsafe sqlite3_wal_checkpoint_v2(handle, nil, kind, &inJournal, &moved)
    guard [SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED].contains(code & 0xFF) else {
      throw failure(.checkpoint, code)
    }
    return (Int(inJournal), Int(moved))
  }

  private func countJournalFrames() {
    unsafe sqlite3_wal_hook(
      handle,
      { connection, _, _, frames in
        if let connection = unsafe connection {
          let counted = unsafe Unmanaged<Connection>.fromOpaque(connection).takeUnretainedValue()
          counted.journalFrames = Int(frames)
        }
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func configure() throws(SQLiteError) {
    unsafe sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    try setOption("defensive", SQLITE_DBCONFIG_DEFENSIVE, to: true)
    try setOption("trusted_schema", SQLITE_DBCONFIG_TRUSTED_SCHEMA, to: false)
    try setOption("foreign_keys", SQLITE_DBCONFIG_ENABLE_FKEY, to: true)
    // A misspelt column in double quotes is an error rather than a text.
    try setOption("dqs_dml", SQLITE_DBCONFIG_DQS_DML, to: false)
    try setOption("dqs_ddl", SQLITE_DBCONFIG_DQS_DDL, to: false)
    // Checkpoints happen in `exclusiveWrite` alone, under its lock.
    try setOption("no_ckpt_on_close", SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, to: true)
    try set("cell_size_check", to: "1")
    // 2 is memory: what a savepoint would roll back, a page for each that it changes, else goes to files.
    try set("temp_store", to: "2")
    // The first read: a file that is no database, or a damaged one, shows here.
    _ = try pragma("schema_version")
  }

  private func setOption(_ name: String, _ option: Int32, to wanted: Bool) throws(SQLiteError) {
    var inForce: Int32 = -1
    let code = unsafe csqlite_set_option(handle, option, wanted ? 1 : 0, &inForce)
    guard code == SQLITE_OK else { throw failure(.configure, code) }
    guard inForce == (wanted ? 1 : 0) else {
      throw .pragmaNotInForce(name: name, wanted: wanted ? "1" : "0", found: "\(inForce)")
    }
  }

  /// How a commit reaches the device, by SQLite's numbers.
  enum Synchronous: String {
    /// The journal is synced before it is moved into the database.
    case normal = "1"
    /// The journal is synced at each commit, too.
    case full = "2"
  }

  /// Keeps pages in memory for large transactions: one that changes more of them than are kept writes some to the
  /// journal before its end, reads them back, and writes them again.
  package func keepPages(kibibytes: Int) throws(SQLiteError) {
    // A positive number would count pages.
    try set("cache_size", to: "-\(kibibytes)")
  }

  func setSynchronous(_ wanted: Synchronous) throws(SQLiteError) {
    try set("synchronous", to: wanted.rawValue)
  }

  private func set(_ name: String, to wanted: String) throws(SQLiteError) {
    try execute("PRAGMA \(name) = \(wanted)")
    let found = try pragma(name)
    guard found == wanted else { throw .pragmaNotInForce(name: name, wanted: wanted, found: found) }
  }

  private func failure(
    _ operation: SQLiteFailure.Operation, _ code: Int32, sql: String? = nil
  ) -> SQLiteError {
    unsafe .failed(SQLiteFailure(operation, code, connection: handle, sql: sql, path: path))
  }

  /// The name SQLite opens: some builds read `file:…` as a URI, `:memory:` and the empty name are special.
  private static func fileName(_ path: String) throws(SQLiteError) -> String {
    guard !path.utf8.contains(0) else {
      throw unsafe .failed(SQLiteFailure(.open, SQLITE_CANTOPEN, connection: nil, path: path))
    }
    return path.utf8.first == UInt8(ascii: "/") ? path : "./" + path
  }

  /// Creates the file where it is missing; SQLite gives its journals the same mode.
  ///
  /// An existing file is not opened here: closing it would drop the locks other connections of this process hold.
  private static func createFile(_ path: String) throws(SQLiteError) {
    do throws(SystemError) {
      try Files.create(path, mode: 0o600)
    } catch {
      guard error.isAlreadyThere else { throw .fileNotCreated(error) }
    }
  }
}

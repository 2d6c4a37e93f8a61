import CSQLite
package import OperatingSystem

/// What went wrong at a database; never holds a bound value or the content of a cell.
package enum SQLiteError: Error, Equatable {
  /// A call that SQLite refused.
  case failed(SQLiteFailure)
  /// A cell of another type than the one asked for: columns of tables that are not STRICT take any.
  case columnType(column: String, wanted: SQLiteType, found: SQLiteType)
  /// A text cell whose bytes are not UTF-8.
  case invalidText(column: String)
  /// A setting that this library needs and that SQLite did not take.
  case pragmaNotInForce(name: String, wanted: String, found: String)
  /// The file of a new database could not be created.
  case fileNotCreated(SystemError)

  /// Whether another connection held the lock for the whole time.
  package var isBusy: Bool { failure?.code == SQLITE_BUSY }
  /// Whether the file is damaged.
  package var isCorrupt: Bool { failure?.code == SQLITE_CORRUPT }
  /// Whether the file is something else than a database.
  package var isNotADatabase: Bool { failure?.code == SQLITE_NOTADB }
  /// Whether the disk, or the allowance of pages, is full.
  package var isFull: Bool { failure?.code == SQLITE_FULL }
  /// Whether a UNIQUE, CHECK, NOT NULL, foreign-key or STRICT constraint refused a row.
  package var isConstraint: Bool { failure?.code == SQLITE_CONSTRAINT }
  /// Whether a connection or file that must not be written was written to.
  package var isReadOnly: Bool { failure?.code == SQLITE_READONLY }
  /// Whether a transaction that a crash cut short must be taken back first, which a reader cannot.
  var needsRollback: Bool { failure?.extendedCode == SQLITE_READONLY | 3 << 8 }
  /// Whether the device did not keep what was written: what it has of the file is not known any more.
  package var isNotSynced: Bool {
    // SQLITE_IOERR_FSYNC and SQLITE_IOERR_DIR_FSYNC.
    [SQLITE_IOERR | 4 << 8, SQLITE_IOERR | 5 << 8].contains(failure?.extendedCode)
  }
  /// Whether the file could not be opened.
  package var isCantOpen: Bool { failure?.code == SQLITE_CANTOPEN }
  /// Whether there is no file at the path.
  package var isMissingFile: Bool { isCantOpen && failure?.systemError?.isNotFound == true }

  /// Whether one cell is at fault, rather than the database or the disk.
  package var isOfOneValue: Bool {
    switch self {
    case .columnType, .invalidText: true
    case .failed, .pragmaNotInForce, .fileNotCreated: false
    }
  }

  /// What SQLite said, where it was SQLite that refused.
  package var failure: SQLiteFailure? {
    guard case .failed(let failure) = self else { return nil }
    return failure
  }
}

/// One refusal in SQLite's terms (https://www.sqlite.org/rescode.html).
package struct SQLiteFailure: Equatable, Sendable {
  /// The step at which SQLite refused.
  package enum Operation: String, Sendable {
    case open, configure, prepare, bind, step, execute, checkpoint
  }

  /// What was being done.
  package let operation: Operation
  /// The primary result code, such as 5 for SQLITE_BUSY.
  package let code: Int32
  /// The extended result code; its low byte is `code`.
  package let extendedCode: Int32
  /// SQLite's words; they may name tables and columns.
  package let message: String
  /// The statement with its placeholders, where there was one.
  package let sql: String?
  /// The path of the database; nil in memory.
  package let path: String?
  /// What the operating system answered, where it had a part in it.
  package let systemError: SystemError?

  /// Reads the latest error of a connection; without a connection there is only the code.
  ///
  /// `connection` must be open or nil.
  @unsafe
  init(
    _ operation: Operation, _ extendedCode: Int32, connection: OpaquePointer?, sql: String? = nil,
    path: String? = nil
  ) {
    self.operation = operation
    code = extendedCode & 0xFF
    self.extendedCode = extendedCode
    self.sql = sql
    self.path = path
    let text = unsafe connection.map { unsafe sqlite3_errmsg($0) } ?? sqlite3_errstr(extendedCode)
    message = if let text = unsafe text { unsafe String(cString: text) } else { "" }
    let systemCode = unsafe connection.map { unsafe sqlite3_system_errno($0) } ?? 0
    let involvesSystem = [SQLITE_CANTOPEN, SQLITE_IOERR, SQLITE_FULL].contains(code) && systemCode != 0
    systemError =
      involvesSystem ? SystemError(operation: operation.rawValue, path: path, code: systemCode) : nil
  }
}

/// The five types of a cell (https://www.sqlite.org/datatype3.html).
package enum SQLiteType: String, Sendable {
  case integer, real, text, blob, null

  init(code: Int32) {
    self =
      switch code {
      case SQLITE_INTEGER: .integer
      case SQLITE_FLOAT: .real
      case SQLITE_TEXT: .text
      case SQLITE_BLOB: .blob
      default: .null
      }
  }
}

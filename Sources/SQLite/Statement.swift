import CSQLite

/// A prepared statement, to be run any number of times; each run binds all placeholders anew.
///
/// Belongs to the thread that uses its connection. It cannot run inside its own row closure.
@safe
package final class Statement {
  // Safety: `handle` comes from a successful sqlite3_prepare_v3 and is finalised by `deinit` alone. SQLite keeps
  // the connection alive (sqlite3_close_v2) until its last statement is finalised.
  private let handle: OpaquePointer
  private let path: String?
  /// The text it was made from, placeholders and all.
  package let sql: String
  /// Whether a run is under way.
  private(set) var isRunning = false

  /// Compiles one statement.
  ///
  /// `connection` must be open.
  ///
  /// - Throws: `failed` for what SQLite cannot compile, with SQLITE_MISUSE for more than one statement or none.
  @unsafe
  init(_ sql: String, connection: OpaquePointer, path: String?) throws(SQLiteError) {
    precondition(!sql.utf8.contains(0), "SQL holds no NUL")
    var handle: OpaquePointer?
    let bytes = Array(sql.utf8)
    var rest = 0
    let code = unsafe bytes.withUnsafeBytes { buffer in
      let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      var tail: UnsafePointer<CChar>?
      let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
      let code = unsafe sqlite3_prepare_v3(connection, start, Int32(buffer.count), flags, &handle, &tail)
      if let start = unsafe start, let tail = unsafe tail { rest = unsafe tail - start }
      return code
    }
    guard code == SQLITE_OK else {
      throw unsafe .failed(SQLiteFailure(.prepare, code, connection: connection, sql: sql, path: path))
    }
    let blanks = Array(" \t\r\n;".utf8)
    guard let handle = unsafe handle, bytes[rest...].allSatisfy(blanks.contains) else {
      unsafe sqlite3_finalize(handle)
      throw unsafe .failed(SQLiteFailure(.prepare, SQLITE_MISUSE, connection: nil, sql: sql, path: path))
    }
    unsafe self.handle = handle
    self.sql = sql
    self.path = path
  }

  deinit {
    unsafe sqlite3_finalize(handle)
  }

  /// Runs the statement to its end and ignores any rows.
  package func run(_ values: [SQLiteValue]) throws(SQLiteError) {
    try start(values)
    defer { finish() }
    while try step() {}
  }

  /// Runs the statement to its end and ignores any rows.
  package func run(_ values: SQLiteValue...) throws(SQLiteError) {
    try run(values)
  }

  /// Lends each row to `body`, in the order of the result.
  ///
  /// - Throws: `SQLiteError`, or what `body` throws; either ends the run.
  package func forEach(_ values: [SQLiteValue] = [], _ body: (borrowing Row) throws -> Void) throws {
    try start(values)
    defer { finish() }
    while try step() { try body(row) }
  }

  /// What `map` makes of each row, in the order of the result.
  ///
  /// - Throws: `SQLiteError`, or what `map` throws.
  package func rows<Element>(
    _ values: [SQLiteValue] = [], map: (borrowing Row) throws -> Element
  ) throws -> [Element] {
    var elements: [Element] = []
    try forEach(values) { row in elements.append(try map(row)) }
    return elements
  }

  /// The same of the rows before the first that is not wanted; that one is read, and no further one.
  package func rows<Element>(
    _ values: [SQLiteValue], while isWanted: (Element) -> Bool, map: (borrowing Row) throws -> Element
  ) throws -> [Element] {
    var elements: [Element] = []
    try start(values)
    defer { finish() }
    while try step() {
      let element = try map(row)
      if !isWanted(element) { break }
      elements.append(element)
    }
    return elements
  }

  /// What `map` makes of the first row, or nil without one; further rows are not read.
  ///
  /// - Throws: `SQLiteError`, or what `map` throws.
  package func first<Element>(
    _ values: [SQLiteValue] = [], map: (borrowing Row) throws -> Element
  ) throws -> Element? {
    try start(values)
    defer { finish() }
    return try step() ? try map(row) : nil
  }

  /// The first cell as SQLite words it: for pragmas.
  func firstDescription() throws(SQLiteError) -> String? {
    try start([])
    defer { finish() }
    return try step() ? row.description(0) : nil
  }

  /// The row on which the handle stands.
  private var row: Row { unsafe Row(handle, columnCount: Int(sqlite3_data_count(handle))) }

  private func start(_ values: [SQLiteValue]) throws(SQLiteError) {
    precondition(!isRunning, "a statement cannot run inside itself")
    let wanted = Int(unsafe sqlite3_bind_parameter_count(handle))
    precondition(values.count == wanted, "\(values.count) values for \(wanted) placeholders")
    isRunning = true
    for (offset, value) in values.enumerated() {
      let code = bind(value, at: Int32(offset) + 1)
      guard code == SQLITE_OK else {
        let error = failure(.bind, code)
        finish()
        throw error
      }
    }
  }

  private func bind(_ value: SQLiteValue, at index: Int32) -> Int32 {
    switch value {
    case .null: return unsafe sqlite3_bind_null(handle, index)
    case .integer(let integer): return unsafe sqlite3_bind_int64(handle, index, integer)
    case .text(var text):
      return text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
          unsafe csqlite_bind_text(handle, index, characters.baseAddress, UInt64(characters.count))
        }
      }
    case .blob(let blob):
      return unsafe blob.withUnsafeBytes { bytes in
        unsafe csqlite_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
      }
    }
  }

  /// Advances to the next row; false at the end.
  private func step() throws(SQLiteError) -> Bool {
    let code = unsafe sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw failure(.step, code)
    }
  }

  private func finish() {
    // Reset repeats the error of the last step, which has been thrown already.
    _ = unsafe sqlite3_reset(handle)
    _ = unsafe sqlite3_clear_bindings(handle)
    isRunning = false
  }

  private func failure(_ operation: SQLiteFailure.Operation, _ code: Int32) -> SQLiteError {
    unsafe .failed(
      SQLiteFailure(operation, code, connection: sqlite3_db_handle(handle), sql: sql, path: path))
  }
}

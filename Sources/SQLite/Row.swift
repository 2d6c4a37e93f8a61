import CSQLite
import Glibc

/// One row of a result, valid only inside the closure that receives it.
///
/// Columns are counted from 0. A cell of another type than the one asked for is an error, not a conversion.
@safe
package struct Row: ~Copyable {
  // Safety: only Statement makes rows, while its handle stands on a row, and lends them as `borrowing`; not being
  // copyable they cannot outlive that call. What SQLite's pointers show is copied before the next call to it.
  private let statement: OpaquePointer

  /// How many columns the row has.
  package let columnCount: Int

  @unsafe
  init(_ statement: OpaquePointer, columnCount: Int) {
    unsafe self.statement = statement
    self.columnCount = columnCount
  }

  /// Whether a cell is NULL.
  package func isNull(_ column: Int) -> Bool {
    unsafe sqlite3_value_type(cell(column)) == SQLITE_NULL
  }

  /// The integer of a cell.
  ///
  /// - Throws: `columnType` for another type, NULL included.
  package func integer(_ column: Int) throws(SQLiteError) -> Int64 {
    unsafe sqlite3_value_int64(try cell(column, SQLITE_INTEGER))
  }

  /// The integer of a cell, or nil for NULL.
  ///
  /// - Throws: `columnType` for another type.
  package func optionalInteger(_ column: Int) throws(SQLiteError) -> Int64? {
    isNull(column) ? nil : try integer(column)
  }

  /// The text of a cell.
  ///
  /// - Throws: `columnType` for another type, NULL included; `invalidText` when its bytes are not UTF-8.
  package func text(_ column: Int) throws(SQLiteError) -> String {
    let cell = unsafe try cell(column, SQLITE_TEXT)
    guard let start = unsafe sqlite3_value_text(cell) else { throw outOfMemory }
    let count = Int(unsafe sqlite3_value_bytes(cell))
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    do throws(UTF8.ValidationError) {
      return unsafe String(copying: try UTF8Span(validating: bytes.span))
    } catch {
      throw .invalidText(column: name(of: column))
    }
  }

  /// Whether a cell is this text, byte by byte; false for a cell of another type.
  ///
  /// For columns in which few texts repeat: nothing is allocated or validated.
  package func isText(_ text: String, in column: Int) -> Bool {
    let cell = unsafe cell(column)
    guard unsafe sqlite3_value_type(cell) == SQLITE_TEXT, let start = unsafe sqlite3_value_text(cell) else {
      return false
    }
    let (bytes, count) = (text.utf8.span, Int(unsafe sqlite3_value_bytes(cell)))
    guard bytes.count == count else { return false }
    return unsafe bytes.withUnsafeBytes { bytes in
      guard let other = bytes.baseAddress else { return true }
      return unsafe memcmp(start, other, count) == 0
    }
  }

  /// The text of a cell, or nil for NULL.
  ///
  /// - Throws: `columnType` for another type; `invalidText` when its bytes are not UTF-8.
  package func optionalText(_ column: Int) throws(SQLiteError) -> String? {
    isNull(column) ? nil : try text(column)
  }

  /// The bytes of a cell.
  ///
  /// - Throws: `columnType` for another type, text and NULL included.
  package func blob(_ column: Int) throws(SQLiteError) -> [UInt8] {
    let cell = unsafe try cell(column, SQLITE_BLOB)
    // The pointer of an empty blob is null.
    let start = unsafe sqlite3_value_blob(cell)
    let count = Int(unsafe sqlite3_value_bytes(cell))
    if unsafe start == nil && count > 0 { throw outOfMemory }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The bytes of a cell, or nil for NULL.
  ///
  /// - Throws: `columnType` for another type, text included.
  package func optionalBlob(_ column: Int) throws(SQLiteError) -> [UInt8]? {
    isNull(column) ? nil : try blob(column)
  }

  /// A cell as SQLite converts it to text: for the answers of pragmas, which are numbers or words.
  func description(_ column: Int) -> String {
    guard let start = unsafe sqlite3_column_text(statement, Int32(column)) else { return "" }
    return unsafe String(cString: start)
  }

  /// The value of a cell, looked up once for all that is asked of it.
  ///
  /// Such a value is unprotected, good for the thread that uses the connection (https://www.sqlite.org/c3ref/value.html).
  @unsafe
  private func cell(_ column: Int) -> OpaquePointer? {
    precondition(column >= 0 && column < columnCount, "no column \(column)")
    return unsafe sqlite3_column_value(statement, Int32(column))
  }

  /// The value of a cell that must be of a type, by SQLite's code.
  @unsafe
  private func cell(_ column: Int, _ wanted: Int32) throws(SQLiteError) -> OpaquePointer? {
    let cell = unsafe cell(column)
    let found = unsafe sqlite3_value_type(cell)
    guard found == wanted else { throw otherType(found, than: wanted, column) }
    return unsafe cell
  }

  private func otherType(_ found: Int32, than wanted: Int32, _ column: Int) -> SQLiteError {
    .columnType(column: name(of: column), wanted: SQLiteType(code: wanted), found: SQLiteType(code: found))
  }

  private func name(of column: Int) -> String {
    guard let name = unsafe sqlite3_column_name(statement, Int32(column)) else { return "column \(column)" }
    return unsafe String(cString: name)
  }

  private var outOfMemory: SQLiteError {
    unsafe .failed(SQLiteFailure(.step, SQLITE_NOMEM, connection: sqlite3_db_handle(statement)))
  }
}

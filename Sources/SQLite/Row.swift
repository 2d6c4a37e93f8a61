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
    type(of: column) == .null
  }

  /// The integer of a cell.
  ///
  /// - Throws: `columnType` for another type, NULL included.
  package func integer(_ column: Int) throws(SQLiteError) -> Int64 {
    try require(.integer, column)
    return unsafe sqlite3_column_int64(statement, Int32(column))
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
    try require(.text, column)
    guard let start = unsafe sqlite3_column_text(statement, Int32(column)) else { throw outOfMemory }
    let count = Int(unsafe sqlite3_column_bytes(statement, Int32(column)))
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
      throw .invalidText(column: name(of: column))
    }
    return text
  }

  /// Whether a cell is this text, byte by byte; false for a cell of another type.
  ///
  /// For columns in which few texts repeat: nothing is allocated or validated.
  package func isText(_ text: String, in column: Int) -> Bool {
    guard type(of: column) == .text, let start = unsafe sqlite3_column_text(statement, Int32(column)) else {
      return false
    }
    let count = Int(unsafe sqlite3_column_bytes(statement, Int32(column)))
    guard text.utf8.count == count else { return false }
    var text = text
    return text.withUTF8 { bytes in
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
    try require(.blob, column)
    // The pointer of an empty blob is null.
    let start = unsafe sqlite3_column_blob(statement, Int32(column))
    let count = Int(unsafe sqlite3_column_bytes(statement, Int32(column)))
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

  private func type(of column: Int) -> SQLiteType {
    precondition(column >= 0 && column < columnCount, "no column \(column)")
    return SQLiteType(code: unsafe sqlite3_column_type(statement, Int32(column)))
  }

  private func require(_ wanted: SQLiteType, _ column: Int) throws(SQLiteError) {
    let found = type(of: column)
    if found != wanted { throw .columnType(column: name(of: column), wanted: wanted, found: found) }
  }

  private func name(of column: Int) -> String {
    guard let name = unsafe sqlite3_column_name(statement, Int32(column)) else { return "column \(column)" }
    return unsafe String(cString: name)
  }

  private var outOfMemory: SQLiteError {
    unsafe .failed(SQLiteFailure(.step, SQLITE_NOMEM, connection: sqlite3_db_handle(statement)))
  }
}

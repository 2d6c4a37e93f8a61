import Glibc

/// The statements of one connection, found by the bytes of their SQL.
struct StatementCache {
  /// How many are kept; one more empties the cache, since a program has a fixed set of statements.
  static let statementsLimit = 256

  private var statements: [SQLText: Statement] = [:]

  /// The statement of this text, unless there is none or it is running.
  func idleStatement(_ sql: String) -> Statement? {
    guard let statement = statements[SQLText(text: sql)], !statement.isRunning else { return nil }
    return statement
  }

  /// Keeps a statement; a running one of the same text keeps its place.
  mutating func insert(_ statement: Statement) {
    let key = SQLText(text: statement.sql)
    if statements[key] != nil { return }
    if statements.count >= Self.statementsLimit { statements.removeAll(keepingCapacity: true) }
    statements[key] = statement
  }
}

/// SQL compared by its bytes: canonically equal texts may be two statements.
private struct SQLText: Hashable {
  let text: String

  static func == (left: SQLText, right: SQLText) -> Bool {
    if left.text.utf8.count != right.text.utf8.count { return false }
    var (left, right) = (left.text, right.text)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        guard let start = left.baseAddress, let other = right.baseAddress else { return true }
        return unsafe memcmp(start, other, left.count) == 0
      }
    }
  }

  func hash(into hasher: inout Hasher) {
    // Equal bytes have equal hashes; that some other texts have too does no harm. A statement is looked up each time it
    // runs, and most differ in their lengths or their ends.
    hasher.combine(text.utf8.count)
    hasher.combine(text.utf8.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

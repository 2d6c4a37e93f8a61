/// A value to bind to a placeholder; there are no floating-point numbers on purpose.
///
/// Not Equatable: two texts that Swift calls equal may be two values to SQLite.
package enum SQLiteValue: Sendable {
  case null
  case integer(Int64)
  /// Bound as its UTF-8 bytes; NUL inside is kept.
  case text(String)
  case blob([UInt8])

  /// NULL for nil.
  package init(_ integer: Int64?) {
    self = integer.map(SQLiteValue.integer) ?? .null
  }

  /// NULL for nil.
  package init(_ text: String?) {
    self = text.map(SQLiteValue.text) ?? .null
  }

  /// NULL for nil.
  package init(_ bytes: [UInt8]?) {
    self = bytes.map(SQLiteValue.blob) ?? .null
  }

  /// 1 for true, 0 for false.
  package init(_ flag: Bool) {
    self = .integer(flag ? 1 : 0)
  }
}

extension SQLiteValue: ExpressibleByNilLiteral {
  /// NULL.
  package init(nilLiteral: ()) {
    self = .null
  }
}

extension SQLiteValue: ExpressibleByIntegerLiteral {
  /// The integer as it is written.
  package init(integerLiteral value: Int64) {
    self = .integer(value)
  }
}

extension SQLiteValue: ExpressibleByStringLiteral {
  /// The text as it is written.
  package init(stringLiteral value: String) {
    self = .text(value)
  }
}

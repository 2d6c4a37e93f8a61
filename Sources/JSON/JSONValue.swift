/// One JSON value as its source wrote it: numbers exact, object members in order, all comparisons by bytes.
///
/// Not `indirect`: arrays and objects keep their elements on the heap already, so the other cases cost no
/// allocation.
package enum JSONValue: Sendable, Equatable {
  /// `null`, which is not the same as a member that is missing.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number in the spelling of the source.
  case number(JSONNumber)
  /// Text with its escapes resolved; may hold any scalar, NUL included.
  case string(String)
  /// The elements in order.
  case array([JSONValue])
  /// The members in the order of the source.
  case object(JSONObject)

  /// Equal means: the same kind, the same bytes of text and of numbers, the same members in the same order.
  ///
  /// `1.0` and `1` differ, and so do two spellings of "é". Compare ``canonicalBytes`` where order is no
  /// difference.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSONValue {
  /// The one spelling of this value: compact, object members sorted by the bytes of their names, numbers in
  /// their source text.
  ///
  /// Two values that differ only in white space, escapes or the order of members have the same bytes. That is
  /// not RFC 8785: numbers keep their spelling, because `421.10` and `421.1` are not the same record.
  ///
  /// - Complexity: O(*n* log *n*) in the members of the largest object.
  package var canonicalBytes: [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.write(self, sortingMembers: true)
    return writer.bytes
  }
}

/// A JSON number kept as the text it was written in, so that no digit of an amount is lost.
package struct JSONNumber: Sendable, Equatable {
  /// The source text, such as `-0.10` or `1e400`; always a number by RFC 8259 §6.
  package let text: String

  /// Takes text that is a JSON number; nil for anything else, `+1`, `01` and `NaN` included.
  package init?(_ text: String) {
    guard JSONNumberGrammar.matches(text) else { return nil }
    self.text = text
  }

  /// An integer in its shortest spelling.
  package init(_ integer: Int64) {
    text = String(integer)
  }

  init(scanned text: String) {
    self.text = text
  }

  /// Whether the text has neither fraction nor exponent: `1.0` and `1e2` are no integers.
  package var isInteger: Bool {
    let bytes = text.utf8.span
    for index in bytes.indices where bytes[index] == 0x2E || bytes[index] | 0x20 == 0x65 { return false }
    return true
  }

  /// The value, where the text is an integer without fraction or exponent and fits; else nil. `-0` is 0.
  package var integer: Int64? {
    isInteger ? Int64(text) : nil
  }

  /// Equal means the same text: `1` and `1.0` differ.
  package static func == (left: JSONNumber, right: JSONNumber) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }
}

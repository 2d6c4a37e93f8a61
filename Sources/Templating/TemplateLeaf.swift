package import Markup

/// A scalar that templates pass through untouched: the printer alone knows what kind and detail stand for.
package struct TemplateLeaf: Sendable, Equatable {
  /// The number, in whatever unit `kind` implies.
  package var value: Int64
  /// What `kind` needs besides the number, such as a currency.
  package var detail: Int32
  /// Which rule of the printer applies.
  package var kind: UInt16
  /// Whether a section on this leaf shows its body.
  package var isTruthy: Bool

  /// Makes a leaf; `isTruthy` should say whether there is anything to show.
  package init(kind: UInt16, detail: Int32 = 0, value: Int64, isTruthy: Bool = true) {
    self.value = value
    self.detail = detail
    self.kind = kind
    self.isTruthy = isTruthy
  }
}

/// Turns values into text for people, in one language and locale.
package protocol TemplateLeafPrinter: Sendable {
  /// Appends the leaf as plain text, for tags that ask for what is not escaped.
  func print(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer)
  /// Appends the leaf as finished markup; by default the same text, escaped.
  func printMarkup(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer)
  /// Appends text, escaped or not; by default with nothing taken away.
  func print(_ text: String, isEscaped: Bool, into buffer: inout ByteBuffer)
}

extension TemplateLeafPrinter {
  package func print(_ text: String, isEscaped: Bool, into buffer: inout ByteBuffer) {
    if isEscaped { buffer.append(text, escaping: .htmlText) } else { buffer.append(text) }
  }

  package func printMarkup(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    var text = ByteBuffer()
    self.print(leaf, into: &text)
    buffer.append(bytes: text.bytes, escaping: .htmlText)
  }
}

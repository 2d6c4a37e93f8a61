package import Markup

/// A bar in a cell of a table: a part of a whole, with marks. It repeats the number beside it and says nothing new.
package struct BarCell: Hashable, Sendable {
  /// In pixels.
  static let height = 12

  /// What the bar shows; nothing below zero.
  package let part: Int64
  /// What a full bar stands for, unless the part is more: then the part fills it.
  package let whole: Int64
  /// Values at which the bar has a mark.
  package let marks: [Int64]

  package init(part: Int64, of whole: Int64, marks: [Int64] = []) {
    (self.part, self.whole, self.marks) = (part, whole, marks)
  }

  /// Appends the bar as inline SVG; nothing for a whole of nothing.
  ///
  /// - Complexity: O(n) for n marks.
  package func render(into buffer: inout ByteBuffer) {
    let scale = ([part, whole] + marks).reduce(0) { max($0, $1) }
    guard scale > 0 else { return }
    buffer.append("<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"\(Self.height)\">")
    appendRect("track", hundredths(whole, scale), into: &buffer)
    appendRect(part > whole ? "s2" : "s1", hundredths(part, scale), into: &buffer)
    for mark in marks { appendMark(hundredths(mark, scale), into: &buffer) }
    buffer.append("</svg>")
  }

  /// In hundredths of a per cent.
  private func hundredths(_ value: Int64, _ scale: Int64) -> Int64 {
    value <= 0 ? 0 : Int64(Int128(value) * 10_000 / Int128(scale))
  }

  private func appendRect(_ name: String, _ width: Int64, into buffer: inout ByteBuffer) {
    buffer.append("<rect class=\"\(name)\" width=\"")
    buffer.append(hundredths: width)
    buffer.append("%\" height=\"\(Self.height)\"/>")
  }

  private func appendMark(_ x: Int64, into buffer: inout ByteBuffer) {
    buffer.append("<line class=\"mark\" x1=\"")
    buffer.append(hundredths: x)
    buffer.append("%\" x2=\"")
    buffer.append(hundredths: x)
    buffer.append("%\" y1=\"0\" y2=\"\(Self.height)\"/>")
  }
}

package import Markup

/// A bar in a cell of a table: a part of a whole, with marks. It repeats the number beside it and says nothing new.
package struct BarCell: Hashable, Sendable {
  /// In tenths of a pixel.
  static let height: Int64 = 120

  /// What the bar shows; no bar for nothing or less.
  package let part: Int64
  /// What a full bar stands for, unless the part is more: then the part fills it.
  package let whole: Int64
  /// Values at which the bar has a mark.
  package let marks: [Int64]

  /// A bar for one row; rows of a table share their whole.
  package init(part: Int64, of whole: Int64, marks: [Int64] = []) {
    (self.part, self.whole, self.marks) = (part, whole, marks)
  }

  /// Appends the bar as inline SVG; nothing for a whole of nothing.
  ///
  /// - Complexity: O(n) for n marks.
  package func render(direction: ChartDirection = .leftToRight, into buffer: inout ByteBuffer) {
    guard let scale = BarScale(covering: [part, whole] + marks) else { return }
    buffer.append("<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"12\">")
    buffer.appendRect("track", direction.x(scale.bar(to: whole)), Extent(0, Self.height))
    if part > 0 {
      buffer.appendRect(part > whole ? "s2" : "s1", direction.x(scale.bar(to: part)), Extent(0, Self.height))
    }
    for mark in marks { buffer.appendLine("mark", x: direction.x(scale.x(of: mark)), Extent(0, Self.height)) }
    buffer.append("</svg>")
  }
}

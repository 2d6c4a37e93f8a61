package import Markup

/// A bar in a cell of a table to either side of a middle line, for amounts that raise or lower something. It
/// repeats the number beside it and says nothing new.
package struct DifferenceBar: Hashable, Sendable {
  /// What the bar shows: above zero it goes towards the end of the row, below zero towards its start.
  package let amount: Int64
  /// What half the width stands for, the same in all rows of a table; its sign does not count.
  package let greatest: Int64

  /// A bar for one row.
  package init(_ amount: Int64, of greatest: Int64) { (self.amount, self.greatest) = (amount, greatest) }

  /// Appends the bar as inline SVG; nothing when amount and scale are nothing.
  ///
  /// An amount beyond the scale fills its half.
  package func render(direction: ChartDirection = .leftToRight, into buffer: inout ByteBuffer) {
    let scale = max(amount.magnitude, greatest.magnitude)
    if scale == 0 { return }
    let length = Int64(Int128(amount.magnitude) * 5_000 / Int128(scale))
    buffer.append("<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"12\">")
    if amount != 0 {
      let bar = Extent(amount > 0 ? 5_000 : 5_000 - length, length)
      buffer.appendRect(amount > 0 ? "up" : "down", direction.x(bar), Extent(0, BarCell.height))
    }
    buffer.appendLine("axis", x: 5_000, Extent(0, BarCell.height))
    buffer.append("</svg>")
  }
}

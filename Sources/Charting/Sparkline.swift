package import Markup

/// The course of a value in a row of a table, without an axis. It says nothing that the page does not say in words.
package struct Sparkline: Hashable, Sendable {
  /// In pixels.
  static let (width, height): (Int64, Int64) = (100, 24)
  /// Around the line, so that its last point is whole, in tenths of a pixel.
  private static let padding: Int64 = 30

  /// One for each span, nil where nobody knows.
  package let values: [Int64?]

  /// A line through values in the order of reading.
  package init(_ values: [Int64?]) { self.values = values }

  /// Appends the line as inline SVG, from zero, with a dot at the last known value; nothing without one.
  ///
  /// - Complexity: O(n).
  package func render(direction: ChartDirection = .leftToRight, into buffer: inout ByteBuffer) {
    let known = values.compactMap(\.self)
    guard let last = points(direction).last(where: { $0 != nil }), let last else { return }
    buffer.append(
      "<svg class=\"spark\" aria-hidden=\"true\" width=\"\(Self.width)\" height=\"\(Self.height)\">")
    if known.count > 1 { buffer.appendPath("act", through: points(direction)) }
    buffer.append("<circle class=\"dot\"")
    buffer.append(" cx=\"", pixels: last.x)
    buffer.append(" cy=\"", pixels: last.y)
    buffer.append(" r=\"2.5\"/></svg>")
  }

  private func points(_ direction: ChartDirection) -> [PathPoint?] {
    let known = values.compactMap(\.self)
    let (lowest, highest) = (min(0, known.min() ?? 0), max(0, known.max() ?? 0))
    return values.enumerated().map { index, value in
      value.map { value in
        PathPoint(x: direction.x(x(of: index), of: Self.width * 10), y: y(of: value, lowest, highest))
      }
    }
  }

  /// The last value is at the end, also when it is the only one.
  private func x(of index: Int) -> Int64 {
    let (room, steps) = (Self.width * 10 - 2 * Self.padding, Int64(max(1, values.count - 1)))
    return Self.width * 10 - Self.padding - room * Int64(values.count - 1 - index) / steps
  }

  private func y(of value: Int64, _ lowest: Int64, _ highest: Int64) -> Int64 {
    let span = max(1, Int128(highest) - Int128(lowest))
    let room = Int128(Self.height * 10 - 2 * Self.padding)
    return Self.height * 10 - Self.padding - Int64((Int128(value) - Int128(lowest)) * room / span)
  }
}

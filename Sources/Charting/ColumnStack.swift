/// A column's bars, from the zero line away, in tenths of a pixel from above.
struct ColumnStack {
  private(set) var bars: [(name: String, y: Extent)] = []
  /// The upper end of all bars; the zero line when none is above it.
  private(set) var top: Int64
  /// The lower end of all bars; the zero line when none is below it.
  private(set) var bottom: Int64

  /// The height of the lowest bar, so that little is not taken for nothing.
  private static let leastHeight: Int64 = 10

  init(_ column: ColumnChart.Column, _ firstClass: SeriesClass, in frame: ChartFrame) {
    (top, bottom) = (frame.y(of: 0), frame.y(of: 0))
    var (above, below) = (Int128(0), Int128(0))
    for (series, part) in (column.parts ?? []).enumerated() where part != 0 {
      var name = Self.name(series, firstClass)
      if column.isPartial { name += " part" }
      if part > 0 { above += Int128(part) } else { below += Int128(part) }
      append(name, to: frame.y(of: Int64(clamping: part > 0 ? above : below)), isAbove: part > 0)
    }
    if let projected = column.projected {
      appendProjection(firstClass == .bad ? "est bad" : "est", to: frame.y(of: projected))
    }
  }

  private static func name(_ series: Int, _ firstClass: SeriesClass) -> String {
    series == 0 ? firstClass.rawValue : furtherClasses[series - 1]
  }

  /// Those of the second series to the fourth.
  private static let furtherClasses = ["s2", "s3", "s4"]

  private mutating func append(_ name: String, to end: Int64, isAbove: Bool) {
    if isAbove {
      appendBar(name, Extent(from: min(end, top - Self.leastHeight), to: top))
    } else {
      appendBar(name, Extent(from: bottom, to: max(end, bottom + Self.leastHeight)))
    }
  }

  /// Only what is still to come, so that it is never taken for a fact.
  private mutating func appendProjection(_ name: String, to end: Int64) {
    if end < top { appendBar(name, Extent(from: end, to: top)) }
    if end > bottom { appendBar(name, Extent(from: bottom, to: end)) }
  }

  private mutating func appendBar(_ name: String, _ y: Extent) {
    bars.append((name, y))
    (top, bottom) = (min(top, y.start), max(bottom, y.end))
  }
}

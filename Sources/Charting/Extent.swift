/// A stretch of a plot: in hundredths of a per cent across, in tenths of a pixel down.
struct Extent: Hashable, Sendable {
  /// The end nearer to the start of the row or to the top.
  let start: Int64
  /// Not negative.
  let length: Int64

  init(_ start: Int64, _ length: Int64) { (self.start, self.length) = (start, length) }

  /// From one place to another, which is not before it.
  init(from start: Int64, to end: Int64) { self.init(start, end - start) }

  /// The whole width of a plot.
  static let fullWidth = Extent(0, 10_000)

  var end: Int64 { start + length }
  var middle: Int64 { start + length / 2 }

  /// Whether two stretches have a part in common, or less than `distance` between them.
  func touches(_ other: Extent, distance: Int64 = 0) -> Bool {
    start < other.end + distance && other.start < end + distance
  }

  /// The place of a column of `count` across the plot: narrow gaps between many, none between hundreds, wide
  /// ones between few, so that a lone column does not fill the plot.
  static func slot(_ index: Int, of count: Int) -> Extent {
    let start = 10_000 * Int64(index) / Int64(count)
    let length = 10_000 * Int64(index + 1) / Int64(count) - start
    let gap = length * (count > 62 ? 0 : count > 16 ? 12 : count > 3 ? 22 : 60) / 100
    return Extent(start + gap / 2, length - gap)
  }
}

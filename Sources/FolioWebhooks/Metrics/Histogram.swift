/// How often durations came to at most certain bounds, as Prometheus counts them.
package struct Histogram: Sendable {
  /// The upper bounds of the buckets in microseconds, ascending; a last one for everything is implied.
  package static let bounds: [Int64] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    10_000_000, 60_000_000,
  ]

  /// How many durations fell in each bucket, those of lower buckets not counted again.
  package private(set) var counts = Array(repeating: Int64(0), count: bounds.count + 1)
  /// All durations together, in microseconds.
  package private(set) var sum: Int64 = 0

  package init() {}

  /// Counts a duration.
  package mutating func observe(_ duration: Duration) {
    let microseconds = duration.microseconds
    let bucket = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
    counts[bucket] += 1
    sum += microseconds
  }
}

extension Duration {
  /// Whole microseconds, rounded down.
  package var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }

  /// Whole milliseconds, rounded down.
  package var milliseconds: Int64 { microseconds / 1_000 }
}

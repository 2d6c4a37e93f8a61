package import FolioBilling

/// How messages divide over the size classes, in whole per cent that sum to 100.
package struct SizeDistribution: Hashable, Sendable {
  package let small: Int64
  package let medium: Int64
  package let large: Int64

  /// Divides 100 by largest remainder, ties to the smaller class.
  ///
  /// Messages of unknown size do not count; nil when there are no others.
  package init?(messages: [SizeClass: Int64]) {
    let counts = [SizeClass.small, .medium, .large].map { max(0, messages[$0] ?? 0) }
    guard counts.contains(where: { $0 > 0 }) else { return nil }
    let percents = Int64(100).split(across: counts)
    (small, medium, large) = (percents[0], percents[1], percents[2])
  }
}

package import FolioBilling

/// Messages that one price list charges for.
package struct MessageGroup: Hashable, Sendable {
  /// Positions of the segments in the month.
  package let segments: [Int]
  /// Whether failed ones have a price.
  package let chargesFailed: Bool
  /// Before the base fee covers any.
  package let gross: Money

  /// How many of a partner's messages, given by segment, have this price.
  func charged(_ counts: [UsageCounts]) -> Int64 {
    segments.reduce(0) { sum, index in
      guard counts.indices.contains(index) else { return sum }
      return sum + (chargesFailed ? counts[index].messages : counts[index].messages - counts[index].failed)
    }
  }
}

package import FolioBilling

/// A month's usage by the segment whose prices it meets.
package struct SegmentedUsage: Hashable, Sendable {
  /// In order of time, merged.
  package let segments: [PlanSegment]
  /// One for each of `segments`.
  package let counts: [UsageCounts]
  /// What was exchanged while no plan was in force; nothing is charged for it.
  package let outside: UsageCounts

  /// Gives each hour to the segment in force at its start, else to the first that starts within it.
  ///
  /// What `total` has beyond the hours (because its source stated only a total, or because no price changes
  /// and no hours were loaded) is spread over the segments by seconds, by largest remainder.
  ///
  /// For a projection `remainderPeriod` says when the rest is to come; nil is any time. Segments are in order
  /// of time and do not overlap.
  ///
  /// - Complexity: O(h × s) for h hours and s segments.
  package init(
    segments: [PlanSegment], total: UsageCounts, hours: [HourUsage] = [],
    remainderIn remainderPeriod: BillingPeriod? = nil
  ) throws(ArithmeticOverflow) {
    let segments = PlanSegment.merged(segments)
    precondition(
      zip(segments, segments.dropFirst()).allSatisfy { $0.period.end <= $1.period.start },
      "segments are in order and do not overlap")
    var counts = Array(repeating: UsageCounts(), count: segments.count)
    var (outside, itemised) = (UsageCounts(), UsageCounts())
    for hour in hours {
      itemised = try itemised.adding(hour.counts)
      if let index = segments.firstIndex(where: { $0.period.touches(hour.hour) }) {
        counts[index] = try counts[index].adding(hour.counts)
      } else {
        outside = try outside.adding(hour.counts)
      }
    }
    let rest = total.remainder(beyond: itemised)
    let parts = rest.split(across: segments.map(\.period), within: remainderPeriod)
    for (index, part) in parts.enumerated() { counts[index] = try counts[index].adding(part) }
    if parts.isEmpty { outside = try outside.adding(rest) }
    self.segments = segments
    self.counts = counts
    self.outside = outside
  }
}

extension BillingPeriod {
  fileprivate func touches(_ hour: UsageHour) -> Bool { start < hour.end && hour.start < end }
}

extension UsageCounts {
  /// What is left after `itemised`; never negative, and never more failed than there are messages.
  fileprivate func remainder(beyond itemised: UsageCounts) -> UsageCounts {
    let rest = max(0, messages - itemised.messages)
    return UsageCounts(
      messages: rest, failed: min(rest, max(0, failed - itemised.failed)),
      bytes: max(0, bytes - itemised.bytes))
  }

  fileprivate func split(across periods: [BillingPeriod], within limit: BillingPeriod?) -> [UsageCounts] {
    if periods.count == 1 { return [self] }
    let whole = periods.map(\.seconds)
    let limited = limit.map { limit in periods.map { $0.intersection(limit)?.seconds ?? 0 } } ?? whole
    let weights = limited.contains { $0 > 0 } ? limited : whole
    // Delivered and failed ones are split apart, so that no part has more failed messages than messages.
    let (delivered, failures) = ((messages - failed).split(across: weights), failed.split(across: weights))
    return zip(zip(delivered, failures), bytes.split(across: weights)).map { pair, bytes in
      UsageCounts(messages: pair.0 + pair.1, failed: pair.1, bytes: bytes)
    }
  }
}

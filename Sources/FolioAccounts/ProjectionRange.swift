import FolioAnalytics
package import FolioBilling
import FolioRating

/// Between which amounts the running month ends if it goes on as earlier months did from the same day of theirs.
///
/// A linear projection knows nothing of weekends and month ends. Of each earlier month it is known where the projection
/// of that day pointed, and where the month ended; the least and the greatest of these ratios bound the range.
package struct ProjectionRange: Hashable, Sendable {
  package let low: Money
  package let high: Money
  /// How many earlier months it rests on.
  package let months: Int64

  /// The most months, and the least, that a range rests on.
  package static let monthsLimit = 6
  package static let monthsMinimum = 3
}

extension AccountFacts {
  /// Nil without a projection, before a whole day is over, for a month that a subscription covers in part, and where
  /// fewer than ``ProjectionRange/monthsMinimum`` earlier months have complete usage of whole days.
  ///
  /// - Throws: as `MonthFacts.projection`.
  package func projectionRange() throws -> ProjectionRange? {
    try projectionRangeOnce { try derivedProjectionRange() }
  }

  private func derivedProjectionRange() throws -> ProjectionRange? {
    guard let projection = try current.projection(), projection.charges != nil,
      current.servedPeriod == current.month.period, let days = current.wholeDays?.count
    else { return nil }
    let ratios = months.dropLast().suffix(ProjectionRange.monthsLimit).compactMap { $0.growth(after: days) }
    guard ratios.count >= ProjectionRange.monthsMinimum, let least = ratios.min(),
      let greatest = ratios.max(),
      let low = try charges(projection.messages, at: least),
      let high = try charges(projection.messages, at: greatest)
    else { return nil }
    return ProjectionRange(low: low, high: high, months: Int64(ratios.count))
  }

  /// The running month's charges if it ends with a projected number of messages times a ratio; never with less than to
  /// date.
  private func charges(_ projected: Int64, at ratio: GrowthRatio) throws -> Money? {
    let soFar = current.toDate.counts
    let messages = max(soFar.messages, try ratio.applied(to: projected))
    let grown = { (part: Int64) throws(ArithmeticOverflow) in
      try roundedQuotient(Int128(part) * Int128(messages), Int128(max(1, soFar.messages)))
    }
    let counts = UsageCounts(
      messages: messages, failed: try grown(soFar.failed), bytes: try grown(soFar.bytes))
    return try current.charges(endingWith: counts)?.total
  }
}

/// How many messages a month had for each that a linear projection expected.
private struct GrowthRatio: Comparable {
  let actual: Int64
  let projected: Int64

  static func < (left: Self, right: Self) -> Bool {
    Int128(left.actual) * Int128(right.projected) < Int128(right.actual) * Int128(left.projected)
  }

  static func == (left: Self, right: Self) -> Bool { !(left < right) && !(right < left) }

  func applied(to messages: Int64) throws(ArithmeticOverflow) -> Int64 {
    try roundedQuotient(Int128(messages) * Int128(actual), Int128(projected))
  }
}

extension MonthFacts {
  /// How the month ended against what its first days pointed to; nil where its days are not all known, or nothing was
  /// exchanged in them.
  fileprivate func growth(after days: Int) -> GrowthRatio? {
    guard isClosed, isComplete, servedPeriod == month.period, let first = firstDays(days) else { return nil }
    let projected = Int64(clamping: Int128(first.messages) * Int128(month.dayCount) / Int128(first.count))
    return projected > 0 ? GrowthRatio(actual: summary.totalMessages, projected: projected) : nil
  }
}

package import FolioBilling

/// Whether a partner's traffic grows: messages of the last 30 days against the 30 before.
package enum PartnerTrend: String, Sendable, CaseIterable {
  /// Over 10 % more.
  case increasing
  /// Over 10 % less.
  case decreasing
  case stable
  /// There were no messages in the 30 days before.
  case new

  /// The trend of two counts; without messages in either span nothing changes and it is stable.
  package init(recent: Int64, before: Int64) {
    let (tenfold, base) = (Int128(recent) * 10, Int128(before))
    if before == 0 {
      self = recent > 0 ? .new : .stable
    } else if tenfold > base * 11 {
      self = .increasing
    } else {
      self = tenfold < base * 9 ? .decreasing : .stable
    }
  }

  /// The two spans of 30 days that end at an instant.
  package static func spans(endingAt instant: Timestamp) -> (recent: BillingPeriod, before: BillingPeriod) {
    let days30: Int64 = 30 * 86_400
    let middle = instant.adding(seconds: -days30)
    return (
      BillingPeriod(start: middle, end: instant),
      BillingPeriod(start: middle.adding(seconds: -days30), end: middle)
    )
  }
}

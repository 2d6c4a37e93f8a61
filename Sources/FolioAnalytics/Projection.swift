package import FolioBilling

/// Where a period's usage ends if it goes on as it began: linear by elapsed seconds.
///
/// It scales messages. Partner fees do not grow with time; the caller rates the projected messages anew.
package struct Projection: Hashable, Sendable {
  package let period: BillingPeriod
  /// Seconds from the start to the instant through which usage is complete, at most the whole period.
  package let elapsedSeconds: Int64

  /// Gives nil before 24 hours of data, counted from the start of the period, unless the period is over.
  package init?(of period: BillingPeriod, completeThrough: Timestamp) {
    let elapsed = min(completeThrough, period.end).secondsSinceEpoch - period.start.secondsSinceEpoch
    guard elapsed >= 86_400 || (elapsed == period.seconds && elapsed > 0) else { return nil }
    self.period = period
    elapsedSeconds = elapsed
  }

  /// What `soFar` messages grow to by the end, rounded half up, computed in 128 bits.
  package func projected(_ soFar: Int64) throws(ArithmeticOverflow) -> Int64 {
    try roundedQuotient(Int128(soFar) * Int128(period.seconds), Int128(elapsedSeconds))
  }

  /// Messages, failed ones and bytes at the end of the period.
  package func projected(_ soFar: UsageCounts) throws(ArithmeticOverflow) -> UsageCounts {
    UsageCounts(
      messages: try projected(soFar.messages), failed: try projected(soFar.failed),
      bytes: try projected(soFar.bytes))
  }
}

extension BillingPeriod {
  /// Whole days from an instant to the end of the period, floored; 0 once it is over.
  package func daysRemaining(at instant: Timestamp) -> Int64 {
    let nanoseconds = max(0, end.nanosecondsSinceEpoch - max(start, instant).nanosecondsSinceEpoch)
    return nanoseconds / 86_400_000_000_000
  }
}

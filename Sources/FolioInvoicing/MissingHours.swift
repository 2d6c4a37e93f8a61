import FolioBilling

/// Hours of a month that look lost: they lack a reading where the customer has one in every other week.
enum MissingHours {
  private static let hoursOfWeek = 168
  /// The fewest weeks that make a habit.
  private static let weeksLimit = 4

  /// How many such hours a period has; none for a customer without steady hours.
  ///
  /// Steady is who, of the hours of the week with any reading, has nine in ten without more than one gap.
  ///
  /// - Complexity: O(n) for n hours.
  static func count(in period: BillingPeriod, readings: [UsageHour]) -> Int {
    let read = Set(readings)
    let first = period.start.adding(seconds: 3_599).hour.hoursSinceEpoch
    let slots = Dictionary(grouping: first..<max(first, period.end.hour.hoursSinceEpoch)) {
      $0 % hoursOfWeek
    }
    let gaps = slots.values.compactMap { hours -> Int? in
      let missing = hours.count { !read.contains(UsageHour(hoursSinceEpoch: $0)) }
      return hours.count < weeksLimit || missing == hours.count ? nil : missing
    }
    let isSteady = gaps.count { $0 <= 1 } * 10 >= gaps.count * 9
    return isSteady ? gaps.count { $0 == 1 } : 0
  }
}

import FolioBilling

/// Hours of a month that look lost: no reading, where every other week has one with messages enough.
enum MissingHours {
  private static let hoursOfWeek = 168
  /// The fewest weeks that make a habit.
  private static let weeksLimit = 4
  /// The fewest messages of an hour whose absence is no chance.
  private static let messagesLimit: Int64 = 5

  /// How many such hours a period has; none for a customer without steady hours.
  ///
  /// Steady is who, of the hours of the week with any reading, has nine in ten without more than one gap.
  ///
  /// - Complexity: O(n) for n hours.
  static func count(in period: BillingPeriod, messages: [UsageHour: Int64]) -> Int {
    let first = period.start.adding(seconds: 3_599).hour.hoursSinceEpoch
    let slots = Dictionary(grouping: first..<max(first, period.end.hour.hoursSinceEpoch)) {
      $0 % hoursOfWeek
    }
    let weeks = slots.values.lazy.filter { $0.count >= weeksLimit }
      .map { hours in hours.map { messages[UsageHour(hoursSinceEpoch: $0)] } }
      .filter { $0.contains { $0 != nil } }
    let isSteady = weeks.count { $0.count { $0 == nil } <= 1 } * 10 >= weeks.count { _ in true } * 9
    return isSteady ? weeks.count(where: isLost) : 0
  }

  /// Whether one of the weeks lacks the hour and all others have it with messages enough.
  private static func isLost(_ weeks: [Int64?]) -> Bool {
    weeks.count { $0 == nil } == 1 && weeks.compactMap(\.self).allSatisfy { $0 >= messagesLimit }
  }
}

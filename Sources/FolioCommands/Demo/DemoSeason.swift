import FolioBilling

/// How busy a day is: the week, the end of a month, holidays, and the hours of work.
enum DemoSeason {
  /// In per cent of an ordinary working day.
  static func activity(on day: CalendarDate, weekend: [Int]) -> Int {
    if weekend.contains(day.weekday) { return 6 }
    let isMonthEnd = day.month.dayCount - day.components.day < 3
    return byWeekday[day.weekday - 1] * byDate(day) * (isMonthEnd ? 138 : 100) / 10_000
  }

  private static let byWeekday = [104, 110, 106, 100, 88, 96, 102]

  /// August is quiet, and hardly anybody works between Christmas and New Year.
  private static func byDate(_ day: CalendarDate) -> Int {
    let (_, month, number) = day.components
    switch (month, number) {
    case (8, _): return 74
    case (12, 22...31), (1, 1...3): return 32
    case (11, 10...30), (12, 1...21): return 108
    default: return 100
    }
  }

  /// The hour of a message by a number from 0 to 99: most come between 9 and 11 and between 14 and 16.
  static func hour(_ number: Int) -> Int { hours[number] }

  private static let hours = weights.enumerated().flatMap { hour, weight in
    Array(repeating: hour, count: weight)
  }

  /// Of a hundred messages, those of each hour.
  private static let weights = [
    0, 0, 0, 0, 0, 1, 2, 4, 7, 15, 14, 7, 4, 6, 14, 13, 6, 3, 2, 1, 1, 0, 0, 0,
  ]
}

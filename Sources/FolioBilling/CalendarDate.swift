/// A day of the proleptic Gregorian calendar, in UTC.
package struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let daysSinceEpoch: Int

  /// The day so many days after 1970-01-01.
  package init(daysSinceEpoch: Int) { self.daysSinceEpoch = daysSinceEpoch }

  /// The day with these numbers, or nil when the calendar has none (30 February).
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...daysInMonth(year: year, month: month)).contains(day) else {
      return nil
    }
    daysSinceEpoch = daysFromCivil(year: year, month: month, day: day)
  }

  /// Reads `2024-01-31`, exactly ten ASCII bytes, or gives nil; years are those of a `Timestamp`.
  package init?(_ text: String) {
    var digits = DigitReader(Array(text.utf8))
    guard let year = digits.number(4), digits.literal("-"), let month = digits.number(2), digits.literal("-"),
      let day = digits.number(2), digits.isAtEnd, yearsOfTimestamps.contains(year)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  package static func < (left: Self, right: Self) -> Bool { left.daysSinceEpoch < right.daysSinceEpoch }

  /// Year, month (1–12) and day (1–31).
  package var components: (year: Int, month: Int, day: Int) { civilFromDays(daysSinceEpoch) }

  /// The month that holds the day.
  package var month: CalendarMonth {
    let (year, month, _) = components
    return CalendarMonth(unchecked: year, month)
  }

  /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
  package var weekday: Int { ((daysSinceEpoch + 3) % 7 + 7) % 7 + 1 }

  /// The instant at which the day begins, in UTC.
  package var start: Timestamp { Timestamp(secondsSinceEpoch: Int64(daysSinceEpoch) * 86_400) }

  /// The day `count` days later.
  package func adding(days count: Int) -> CalendarDate {
    CalendarDate(daysSinceEpoch: daysSinceEpoch + count)
  }

  /// ISO 8601: `2024-01-31`.
  package var text: String {
    var text = ASCIIText()
    text.append(self)
    return text.text
  }
}

/// A calendar month in UTC: what Folio bills by.
package struct CalendarMonth: Hashable, Comparable, Sendable {
  /// Months since January of year 0.
  package let ordinal: Int

  /// The month so many months after January of year 0.
  package init(ordinal: Int) { self.ordinal = ordinal }

  /// The month with these numbers, or nil when `month` is not 1 to 12.
  package init?(year: Int, month: Int) {
    guard (1...12).contains(month) else { return nil }
    self.init(unchecked: year, month)
  }

  init(unchecked year: Int, _ month: Int) { ordinal = year * 12 + month - 1 }

  /// Reads `2024-01`, or gives nil; years are those of a `Timestamp`.
  package init?(_ text: String) {
    var digits = DigitReader(Array(text.utf8))
    guard let year = digits.number(4), digits.literal("-"), let month = digits.number(2), digits.isAtEnd,
      yearsOfTimestamps.contains(year)
    else { return nil }
    self.init(year: year, month: month)
  }

  package static func < (left: Self, right: Self) -> Bool { left.ordinal < right.ordinal }

  package var year: Int { ordinal / 12 }
  /// 1 to 12.
  package var month: Int { ordinal % 12 + 1 }
  /// The quarter of the year, 1 to 4.
  package var quarter: Int { (month - 1) / 3 + 1 }
  /// How many days the month has, 28 to 31.
  package var dayCount: Int { daysInMonth(year: year, month: month) }

  /// The month `count` months later.
  package func adding(months count: Int) -> CalendarMonth { CalendarMonth(ordinal: ordinal + count) }

  /// The first day.
  package var firstDay: CalendarDate {
    CalendarDate(daysSinceEpoch: daysFromCivil(year: year, month: month, day: 1))
  }

  /// Its days in order.
  package var days: [CalendarDate] {
    let first = firstDay
    return (0..<dayCount).map { first.adding(days: $0) }
  }

  /// From its first instant to the first instant of the next month, half-open.
  package var period: BillingPeriod {
    BillingPeriod(start: firstDay.start, end: adding(months: 1).firstDay.start)
  }

  /// `2024-01`.
  package var text: String {
    var text = ASCIIText()
    text.append(year, width: 4)
    text.append("-")
    text.append(month, width: 2)
    return text.text
  }
}

/// A span of time from `start` up to, and not with, `end`.
package struct BillingPeriod: Hashable, Sendable {
  package let start: Timestamp
  package let end: Timestamp

  /// A span that is not empty.
  package init(start: Timestamp, end: Timestamp) {
    precondition(start < end, "a period is not empty")
    self.start = start
    self.end = end
  }

  /// Whole seconds from start to end.
  package var seconds: Int64 { end.secondsSinceEpoch - start.secondsSinceEpoch }

  /// The last second of the period, as the API prints the end of a closed one (`23:59:59Z`).
  package var inclusiveEnd: Timestamp { Timestamp(secondsSinceEpoch: end.secondsSinceEpoch - 1) }

  /// Whether the instant lies in the period.
  package func contains(_ instant: Timestamp) -> Bool { start <= instant && instant < end }

  /// What two periods share, or nil when that is nothing.
  package func intersection(_ other: BillingPeriod) -> BillingPeriod? {
    let (from, to) = (max(start, other.start), min(end, other.end))
    return from < to ? BillingPeriod(start: from, end: to) : nil
  }
}

extension ASCIIText {
  /// `2024-01-31`.
  mutating func append(_ date: CalendarDate) {
    let (year, month, day) = date.components
    append(year, width: 4)
    append("-")
    append(month, width: 2)
    append("-")
    append(day, width: 2)
  }
}

/// The years whose instants a `Timestamp` can hold, so that a date that was read always has a start.
let yearsOfTimestamps = 1970...2261

private func daysInMonth(year: Int, month: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

/// Days since 1970-01-01 of a civil date, by Howard Hinnant's `days_from_civil`.
private func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
  let shifted = month <= 2 ? year - 1 : year
  let era = (shifted >= 0 ? shifted : shifted - 399) / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

/// The civil date of a day, by Cassio Neri and Lorenz Schneider, "Euclidean affine functions and their application to
/// calendar algorithms" (2022), §6: of each quotient and its remainder one multiplication gives both.
///
/// - Precondition: the day lies less than 32,800 years before the year 0.
private func civilFromDays(_ days: Int) -> (year: Int, month: Int, day: Int) {
  // Years begin in March, and are counted from 82 eras of 400 years before the year 0.
  let quarters = 4 * UInt64(days + 719_468 + 82 * 146_097) + 3
  let (century, quarterOfCentury) = quarters.quotientAndRemainder(dividingBy: 146_097)
  let scaledYear = 2_939_745 * (quarterOfCentury | 3)
  let dayOfYear = (scaledYear & 0xFFFF_FFFF) / 2_939_745 / 4
  let scaledMonth = 2_141 * dayOfYear + 197_913
  let (month, day) = (Int(scaledMonth >> 16), Int(scaledMonth & 0xFFFF) / 2_141 + 1)
  let isAfterDecember = dayOfYear >= 306
  let year = Int(100 * century + (scaledYear >> 32)) - 32_800 + (isAfterDecember ? 1 : 0)
  return (year, isAfterDecember ? month - 12 : month, day)
}

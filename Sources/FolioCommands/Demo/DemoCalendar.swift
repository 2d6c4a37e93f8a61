import FolioBilling

/// The times of the demo's story.
enum DemoCalendar {
  /// The newest fact, at which the demo's configuration pins every build.
  static let asOf = instant("2026-06-16T12:00:00Z")

  /// The month from which the plans are known and the first customers stay.
  static let firstMonth = month("2025-04")

  /// How long after a month its invoices are finalised.
  static let secondsToFinalization: Int64 = 5_400

  static func instant(_ text: String) -> Timestamp {
    guard let instant = Timestamp(text) else { preconditionFailure("\(text) is an instant") }
    return instant
  }

  static func day(_ text: String) -> CalendarDate {
    guard let day = CalendarDate(text) else { preconditionFailure("\(text) is a day") }
    return day
  }

  static func month(_ text: String) -> CalendarMonth {
    guard let month = CalendarMonth(text) else { preconditionFailure("\(text) is a month") }
    return month
  }
}

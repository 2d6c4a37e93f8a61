import FolioBilling
import Testing

@Suite struct CalendarTests {
  @Test(
    arguments: [
      "2024-02-30", "2023-02-29", "2100-02-29", "2024-13-01", "2024-00-01", "2024-04-31", "2024-01-00",
      "2024-1-1",
      "24-01-01", "2024/01/01", "2024-01-01 ", "2024-01-01T", "+024-01-01", "٢٠٢٤-01-01", "1969-12-31",
      "2262-01-01", "9999-12-31", "",
    ])
  func `a day that the calendar lacks is refused`(text: String) { #expect(CalendarDate(text) == nil) }

  @Test(arguments: ["1970-01-01", "2000-02-29", "2024-02-29", "2023-02-28", "2261-12-31"])
  func `a day is printed as it was read`(text: String) throws {
    #expect(try #require(CalendarDate(text)).text == text)
  }

  @Test func `every day from 1970 to 2261 survives the round trip`() throws {
    var weekday = 4
    for day in 0..<106_651 {
      let date = CalendarDate(daysSinceEpoch: day)
      let (year, month, dayOfMonth) = date.components
      try #require(CalendarDate(year: year, month: month, day: dayOfMonth) == date)
      try #require(date.weekday == weekday)
      if day % 97 == 0 { try #require(CalendarDate(date.text) == date && date.start.date == date) }
      weekday = weekday % 7 + 1
    }
    #expect(CalendarDate(daysSinceEpoch: 106_650).text == "2261-12-31")
  }

  @Test func `a month runs to the first instant of the next`() throws {
    let month = try #require(CalendarMonth("2024-12"))
    #expect(month.period.start.text == "2024-12-01T00:00:00Z")
    #expect(month.period.end.text == "2025-01-01T00:00:00Z")
    #expect(month.period.inclusiveEnd.text == "2024-12-31T23:59:59Z")
    #expect(month.period.seconds == 31 * 86_400)
    #expect((month.quarter, month.dayCount, month.days.count) == (4, 31, 31))
    #expect(month.adding(months: 2).text == "2025-02")
    #expect(try #require(CalendarMonth("2261-12")).period.end.text == "2262-01-01T00:00:00Z")
  }

  @Test(arguments: ["2024-13", "2024-00", "2024-1", "2024", "2024-01-01", "9999-01", "0000-01"])
  func `a month that is none is refused`(text: String) { #expect(CalendarMonth(text) == nil) }

  @Test func `a period holds its start and not its end`() throws {
    let month = try #require(CalendarMonth("2024-01"))
    #expect(month.period.contains(month.period.start))
    #expect(!month.period.contains(month.period.end))
    #expect(month.period.intersection(month.adding(months: 1).period) == nil)
    #expect(month.period.intersection(month.period) == month.period)
  }
}

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("2024-01-31T23:59:59Z", "2024-01-31T23:59:59Z"), ("2024-01-31T23:59:59.5Z", "2024-01-31T23:59:59.5Z"),
      ("2024-01-31T23:59:59.123456789Z", "2024-01-31T23:59:59.123456789Z"),
      ("2024-01-31T23:59:59.000Z", "2024-01-31T23:59:59Z"),
      ("2024-02-01T01:00:00+02:00", "2024-01-31T23:00:00Z"),
      ("2024-01-31T18:30:00-05:30", "2024-02-01T00:00:00Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
      ("2017-01-01T01:59:60+02:00", "2017-01-01T00:00:00Z"), ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
      ("2261-12-31T23:59:59.999999999Z", "2261-12-31T23:59:59.999999999Z"),
    ])
  func `RFC 3339 is read and printed in UTC`(text: String, printed: String) throws {
    #expect(try instant(text).text == printed)
  }

  @Test(
    arguments: [
      "2024-02-30T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z",
      "2024-01-01T12:00:60Z", "2016-12-31T23:59:60.5Z", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z",
      "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00.1234567890Z", "2024-01-01T00:00:00+24:00",
      "2024-01-01T00:00:00+0200", "2024-01-01t00:00:00z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00",
      "2262-01-01T00:00:00Z", "2024-01-01T00:00:00ZZ", "2024-01-01", "",
    ])
  func `anything else is refused`(text: String) { #expect(Timestamp(text) == nil) }

  @Test func `an hour covers until the next begins`() throws {
    let hour = try instant("2024-01-16T11:59:59.9Z").hour
    #expect(hour.start.text == "2024-01-16T11:00:00Z")
    #expect(hour.end.text == "2024-01-16T12:00:00Z")
    #expect((hour.hourOfDay, hour.date.text) == (11, "2024-01-16"))
  }

  @Test func `an hour of the week counts from Monday's first`() throws {
    #expect(try instant("1970-01-01T00:00:00Z").hour.hourOfWeek == 3 * 24)
    #expect(try instant("2024-01-15T00:59:59Z").hour.hourOfWeek == 0)
    #expect(try instant("2024-01-21T23:00:00Z").hour.hourOfWeek == 167)
    #expect(UsageHour(hoursSinceEpoch: -73).hourOfWeek == 167)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (1_000_000_000, "1970-01-01T00:00:01Z"),
    (1, "1970-01-01T00:00:00.000000001Z"),
    (120_000_000, "1970-01-01T00:00:00.12Z"), (9_214_646_399_999_999_999, "2261-12-31T23:59:59.999999999Z"),
  ])
  func `an instant is printed with the digits that it has`(nanoseconds: Int64, text: String) {
    #expect(Timestamp(nanosecondsSinceEpoch: nanoseconds).text == text)
  }
}

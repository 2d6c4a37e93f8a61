/// An instant in UTC, to the nanosecond, from 1970-01-01 to the end of 2261.
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  package let nanosecondsSinceEpoch: Int64

  /// The instant so many nanoseconds after the epoch.
  package init(nanosecondsSinceEpoch: Int64) { self.nanosecondsSinceEpoch = nanosecondsSinceEpoch }

  /// The instant so many seconds after the epoch.
  package init(secondsSinceEpoch: Int64) {
    precondition(secondsSinceEpoch.magnitude <= 9_223_372_036, "an instant lies before 2262")
    nanosecondsSinceEpoch = secondsSinceEpoch * 1_000_000_000
  }

  /// Reads RFC 3339: `2024-01-31T23:59:59Z`, with 1 to 9 fraction digits or a numeric offset where given.
  ///
  /// A leap second, `23:59:60` in UTC, is the first instant of the next day, as POSIX counts. Gives nil for
  /// anything else: another spelling, 30 February, a year outside 1970 to 2261.
  package init?(_ text: String) {
    var digits = DigitReader(Array(text.utf8))
    guard let year = digits.number(4), digits.literal("-"), let month = digits.number(2), digits.literal("-"),
      let day = digits.number(2), digits.literal("T"), let hour = digits.number(2), digits.literal(":"),
      let minute = digits.number(2), digits.literal(":"), let second = digits.number(2),
      let nanoseconds = digits.fraction(), let offset = digits.offsetSeconds(), digits.isAtEnd,
      let date = CalendarDate(year: year, month: month, day: day), yearsOfTimestamps.contains(year),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
    if second == 60, seconds % 86_400 != 0 || nanoseconds != 0 { return nil }
    guard seconds >= 0, seconds < 9_214_646_400 else { return nil }
    nanosecondsSinceEpoch = Int64(seconds) * 1_000_000_000 + Int64(nanoseconds)
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.nanosecondsSinceEpoch < right.nanosecondsSinceEpoch
  }

  /// Whole seconds since the epoch, rounded down.
  package var secondsSinceEpoch: Int64 { floored(nanosecondsSinceEpoch, 1_000_000_000) }

  /// The day that holds the instant.
  package var date: CalendarDate { CalendarDate(daysSinceEpoch: Int(floored(secondsSinceEpoch, 86_400))) }

  /// The hour that holds the instant.
  package var hour: UsageHour { UsageHour(hoursSinceEpoch: Int(floored(secondsSinceEpoch, 3_600))) }

  /// The instant `seconds` later.
  package func adding(seconds: Int64) -> Timestamp {
    Timestamp(nanosecondsSinceEpoch: nanosecondsSinceEpoch + seconds * 1_000_000_000)
  }

  /// RFC 3339 in UTC, with a fraction only where there is one: `2024-01-31T23:59:59Z`.
  package var text: String {
    let (seconds, date) = (secondsSinceEpoch, date)
    let second = Int(seconds - Int64(date.daysSinceEpoch) * 86_400)
    let nanoseconds = nanosecondsSinceEpoch - seconds * 1_000_000_000
    var text = ASCIIText()
    text.append(date)
    text.append("T")
    text.append(second / 3_600, width: 2)
    text.append(":")
    text.append(second / 60 % 60, width: 2)
    text.append(":")
    text.append(second % 60, width: 2)
    if nanoseconds > 0 {
      text.append(".")
      text.append(Int(nanoseconds), width: 9)
      text.dropTrailingZeros()
    }
    text.append("Z")
    return text.text
  }
}

/// One hour of UTC: the grain in which usage is read.
package struct UsageHour: Hashable, Comparable, Sendable {
  /// Hours since 1970-01-01T00:00Z.
  package let hoursSinceEpoch: Int

  package init(hoursSinceEpoch: Int) { self.hoursSinceEpoch = hoursSinceEpoch }

  package static func < (left: Self, right: Self) -> Bool { left.hoursSinceEpoch < right.hoursSinceEpoch }

  /// The hour's first instant.
  package var start: Timestamp { Timestamp(secondsSinceEpoch: Int64(hoursSinceEpoch) * 3_600) }
  /// The first instant after the hour: a reading of 11:00 covers until 12:00.
  package var end: Timestamp { start.adding(seconds: 3_600) }
  /// The day that holds the hour.
  package var date: CalendarDate { CalendarDate(daysSinceEpoch: Int(floored(Int64(hoursSinceEpoch), 24))) }
  /// 0 to 23.
  package var hourOfDay: Int { hoursSinceEpoch - date.daysSinceEpoch * 24 }
  /// 0 to 167, from Monday's first hour.
  package var hourOfWeek: Int {
    // The first hour was a Thursday's.
    let hour = (hoursSinceEpoch + 3 * 24) % 168
    return hour < 0 ? hour + 168 : hour
  }
}

private func floored(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

/// Reads digits and literals off ASCII bytes.
struct DigitReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// A number of exactly `width` digits.
  mutating func number(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + width] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    position += width
    return value
  }

  /// Whether the next byte is `character`; steps over it if so.
  mutating func literal(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Nanoseconds of an optional fraction of 1 to 9 digits; nil when a point has no such fraction behind it.
  mutating func fraction() -> Int? {
    guard literal(".") else { return 0 }
    var (value, count) = (0, 0)
    while count < 9, let digit = number(1) {
      value = value * 10 + digit
      count += 1
    }
    guard count > 0 else { return nil }
    for _ in count..<9 { value *= 10 }
    return value
  }

  /// Seconds east of UTC: 0 for `Z`, else `+02:00`.
  mutating func offsetSeconds() -> Int? {
    if literal("Z") { return 0 }
    let isEast = literal("+")
    guard isEast || literal("-"), let hours = number(2), literal(":"), let minutes = number(2), hours < 24,
      minutes < 60
    else { return nil }
    return (hours * 3_600 + minutes * 60) * (isEast ? 1 : -1)
  }
}

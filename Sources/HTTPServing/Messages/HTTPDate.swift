/// Instants as HTTP writes them, in whole seconds since the Unix epoch (RFC 9110 §5.6.7).
package enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let secondsPerDay: Int64 = 86_400

  /// `Sun, 06 Nov 1994 08:49:37 GMT`; instants outside the years 1970 to 9999 are moved to their edge.
  package static func text(_ seconds: Int64) -> String {
    let seconds = min(max(seconds, 0), 253_402_300_799)
    let day = seconds / secondsPerDay
    let time = seconds % secondsPerDay
    let date = civilDate(day)
    return days[Int(day % 7)] + ", " + two(date.day) + " " + months[date.month - 1] + " "
      + two(date.year / 100) + two(date.year % 100) + " " + two(Int(time / 3600)) + ":"
      + two(Int(time / 60 % 60)) + ":" + two(Int(time % 60)) + " GMT"
  }

  /// Reads any of the three forms, as a recipient must; nil for anything else.
  ///
  /// `now` tells the century of the obsolete form with two digits: a year more than 50 ahead is in the past.
  package static func seconds(_ text: ArraySlice<UInt8>, now: Int64) -> Int64? {
    let words = text.split(separator: Octets.space, omittingEmptySubsequences: false)
    switch words.count {
    case 6 where text.count == 29:
      // Sun, 06 Nov 1994 08:49:37 GMT
      return words[5].elementsEqual("GMT".utf8) ? seconds(words[1], words[2], words[3], words[4]) : nil
    case 4 where words[3].elementsEqual("GMT".utf8):
      // Sunday, 06-Nov-94 08:49:37 GMT
      let date = words[1].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      guard date.count == 3, date[2].count == 2, let year = number(date[2]) else { return nil }
      let full = Array(String(fullYear(year, now: now)).utf8)
      return seconds(date[0], date[1], full[...], words[2])
    case 5 where text.count == 24:
      // Sun Nov 06 08:49:37 1994
      return seconds(words[2], words[1], words[4], words[3])
    case 6 where text.count == 24 && words[2].isEmpty:
      // Sun Nov  6 08:49:37 1994
      return seconds([0x30] + words[3], words[1], words[5], words[4])
    default: return nil
    }
  }

  private static func seconds(
    _ day: ArraySlice<UInt8>, _ month: ArraySlice<UInt8>, _ year: ArraySlice<UInt8>, _ time: ArraySlice<UInt8>
  ) -> Int64? {
    let parts = time.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard day.count == 2, year.count == 4, parts.count == 3, parts.allSatisfy({ $0.count == 2 }),
      let month = months.firstIndex(where: { month.elementsEqual($0.utf8) }),
      let day = number(day), let year = number(year), let hour = number(parts[0]),
      let minute = number(parts[1]), let second = number(parts[2]),
      (1...31).contains(day), hour < 24, minute < 60, second <= 60, year >= 1970
    else { return nil }
    return dayNumber(year, month + 1, day) * secondsPerDay + Int64(hour * 3600 + minute * 60 + second)
  }

  private static func fullYear(_ twoDigits: Int, now: Int64) -> Int {
    let current = civilDate(max(0, now) / secondsPerDay).year
    let sameCentury = current / 100 * 100 + twoDigits
    return sameCentury > current + 50 ? sameCentury - 100 : sameCentury
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(Octets.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Days since 1970-01-01 to a date of the Gregorian calendar (H. Hinnant, chrono-compatible date algorithms).
  private static func civilDate(_ dayNumber: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// The inverse of `civilDate`.
  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = yearFromMarch / 400
    let yearOfEra = yearFromMarch % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }
}

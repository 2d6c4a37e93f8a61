import FolioBilling
import Markup

/// Days and times as machines read them: what `text` of each gives, without a text in between.
extension ByteBuffer {
  /// `2024-01-31`.
  mutating func append(machine date: CalendarDate) {
    let (year, month, day) = date.components
    append(decimal: Int64(year), paddedTo: 4)
    append(UInt8(ascii: "-"))
    append(decimal: Int64(month), paddedTo: 2)
    append(UInt8(ascii: "-"))
    append(decimal: Int64(day), paddedTo: 2)
  }

  /// `2024-01`.
  mutating func append(machine month: CalendarMonth) {
    append(decimal: Int64(month.year), paddedTo: 4)
    append(UInt8(ascii: "-"))
    append(decimal: Int64(month.month), paddedTo: 2)
  }

  /// `2024-01-31T23:59:59Z`.
  mutating func append(machine instant: Timestamp) {
    // A fraction is rare, and where it ends is the timestamp's own matter.
    guard instant.nanosecondsSinceEpoch % 1_000_000_000 == 0 else { return append(instant.text) }
    let date = instant.date
    let seconds = instant.secondsSinceEpoch - Int64(date.daysSinceEpoch) * 86_400
    append(machine: date)
    append(UInt8(ascii: "T"))
    append(decimal: seconds / 3_600, paddedTo: 2)
    append(UInt8(ascii: ":"))
    append(decimal: seconds / 60 % 60, paddedTo: 2)
    append(UInt8(ascii: ":"))
    append(decimal: seconds % 60, paddedTo: 2)
    append(UInt8(ascii: "Z"))
  }
}

import FolioBilling
import Markup

/// Days and times as machines read them: what `text` of each gives, without a text in between.
extension ByteBuffer {
  /// `2024-01-31`.
  mutating func append(machine date: CalendarDate) {
    var text = MachineTime()
    guard text.write(date) else { return append(date.text) }
    append(0..<10, of: text.bytes.span)
  }

  /// `2024-01`.
  mutating func append(machine month: CalendarMonth) {
    append(decimal: Int64(month.year), paddedTo: 4)
    append(UInt8(ascii: "-"))
    append(decimal: Int64(month.month), paddedTo: 2)
  }

  /// `2024-01-31T23:59:59Z`.
  mutating func append(machine instant: Timestamp) {
    let date = instant.date
    var text = MachineTime()
    // A fraction is rare, and where it ends is the timestamp's own matter.
    guard instant.nanosecondsSinceEpoch % 1_000_000_000 == 0, text.write(date) else {
      return append(instant.text)
    }
    text.write(secondOfDay: Int(instant.secondsSinceEpoch) - date.daysSinceEpoch * 86_400)
    append(0..<20, of: text.bytes.span)
  }
}

/// A time of which each digit has its place, so that it is appended in one piece.
private struct MachineTime {
  private(set) var bytes: InlineArray<20, UInt8> = [
    0x30, 0x30, 0x30, 0x30, 0x2D, 0x30, 0x30, 0x2D, 0x30, 0x30, 0x54,
    0x30, 0x30, 0x3A, 0x30, 0x30, 0x3A, 0x30, 0x30, 0x5A,
  ]

  /// Whether the year has four digits, so that the date is written.
  mutating func write(_ date: CalendarDate) -> Bool {
    let (year, month, day) = date.components
    guard 0...9_999 ~= year else { return false }
    write(year / 100, at: 0)
    write(year % 100, at: 2)
    write(month, at: 5)
    write(day, at: 8)
    return true
  }

  mutating func write(secondOfDay: Int) {
    write(secondOfDay / 3_600, at: 11)
    write(secondOfDay / 60 % 60, at: 14)
    write(secondOfDay % 60, at: 17)
  }

  /// Two digits.
  private mutating func write(_ number: Int, at place: Int) {
    bytes[place] = 0x30 + UInt8(truncatingIfNeeded: number / 10)
    bytes[place + 1] = 0x30 + UInt8(truncatingIfNeeded: number % 10)
  }
}

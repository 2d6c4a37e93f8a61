import Markup

extension ByteBuffer {
  /// Appends `value` ÷ 10, not negative, without a zero at the end.
  mutating func append(tenths value: Int64) { append(fixed: value, places: 1) }

  /// Appends `value` ÷ 100, not negative, without zeros at the end.
  mutating func append(hundredths value: Int64) { append(fixed: value, places: 2) }

  private mutating func append(fixed value: Int64, places: Int) {
    var (rest, places, unit) = (value, places, Int64(places == 1 ? 10 : 100))
    while places > 0, rest % 10 == 0 { (rest, places, unit) = (rest / 10, places - 1, unit / 10) }
    append(decimal: rest / unit)
    if places > 0 {
      append(UInt8(ascii: "."))
      append(decimal: rest % unit, paddedTo: places)
    }
  }
}

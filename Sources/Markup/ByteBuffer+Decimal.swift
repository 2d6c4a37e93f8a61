/// Numbers, digit by digit.
extension ByteBuffer {
  /// Appends `number` in decimal, with `-` before negative ones and no grouping.
  package mutating func append(decimal number: Int64) {
    // Days, counts and most amounts of units are small.
    guard number >= 0, number < 100 else { return append(decimal: number, paddedTo: 1) }
    if number >= 10 { append(digit(UInt64(number / 10))) }
    append(digit(UInt64(number % 10)))
  }

  /// Appends `number` in decimal with leading zeros up to `width` digits; the sign does not count.
  ///
  /// `(7, 2)` becomes `07`, `(-7, 2)` becomes `-07`, and a number that is longer keeps all its digits.
  package mutating func append(decimal number: Int64, paddedTo width: Int) {
    if number < 0 { append(0x2D) }
    append(number.magnitude, digits: max(width, digitCount(number.magnitude)))
  }

  /// Appends `coefficient` · 10^−`scale` with all its places: (42100, 2) is `421.00`, (−5, 2) is `-0.05`.
  ///
  /// - Precondition: `scale` is not negative.
  package mutating func append(decimal coefficient: Int64, scale: Int) {
    precondition(scale >= 0, "a fraction has no fewer than 0 digits")
    if scale == 0 { return append(decimal: coefficient) }
    if coefficient < 0 { append(0x2D) }
    let (whole, fraction) = coefficient.magnitude.quotientAndRemainder(dividingBy: powerOfTen(scale))
    append(whole, digits: digitCount(whole))
    append(0x2E)
    append(fraction, digits: scale)
  }

  /// Appends the last `digits` digits of a number, zeros before it where it has fewer.
  private mutating func append(_ number: UInt64, digits: Int) {
    if digits == 1 { return append(digit(number % 10)) }
    appendRoom(digits) { room in
      var (rest, place) = (number, room.count)
      while place > 0 {
        place -= 1
        let tens = rest / 10
        room[place] = digit(rest &- tens &* 10)
        rest = tens
      }
    }
  }
}

/// ASCII of a number below 10.
@inline(__always)
private func digit(_ number: UInt64) -> UInt8 { 0x30 &+ UInt8(truncatingIfNeeded: number) }

/// How many digits a number has, one at least.
private func digitCount(_ number: UInt64) -> Int {
  var (count, limit) = (1, UInt64(10))
  while number >= limit {
    count += 1
    if count == 20 { break }  // the most that 64 bits have
    limit *= 10
  }
  return count
}

/// 10^`exponent`; the largest number where that needs more than 64 bits, which no number reaches then.
private func powerOfTen(_ exponent: Int) -> UInt64 {
  if exponent > 19 { return .max }
  var power: UInt64 = 1
  for _ in 0..<exponent { power *= 10 }
  return power
}

/// Numbers that look random and follow from a place, such as a customer's or a round's: SplitMix64.
struct BenchRandom {
  private var state: UInt64

  init(stream: Int) { state = UInt64(stream) &* 0xD1B5_4A32_D192_ED03 }

  /// A whole number of a range, by remainder: the bias does not matter here, the steadiness does.
  mutating func number(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return range.lowerBound + Int(mixed % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// A number from 0 up to, not including, a positive one.
  mutating func below(_ limit: Int) -> Int { number(0...(limit - 1)) }

  mutating func byte() -> UInt8 { UInt8(number(0...255)) }
}

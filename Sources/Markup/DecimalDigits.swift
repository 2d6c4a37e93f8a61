/// The digits of a number, which are found from the last one to the first.
package struct DecimalDigits {
  /// Where the number ends: the 20 digits of `UInt64.max` and some zeros have room before.
  package static let end = 24

  /// ASCII; what stands before `first` are zeros that the number has not.
  package private(set) var bytes = [24 of UInt8](repeating: 0x30)
  /// Where the number begins.
  package private(set) var first: Int

  /// The digits of a number, at least one, and further zeros behind them.
  ///
  /// - Precondition: at most 4 zeros.
  package init(_ number: UInt64, zeros: Int = 0) {
    first = Self.end - zeros
    var rest = number
    repeat {
      first -= 1
      bytes[first] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// How many they are.
  package var count: Int { Self.end - first }
}

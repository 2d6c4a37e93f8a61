import FolioBilling

/// The instant of signing, which bounds how long a recorded request can be sent again.
enum SignedTime {
  /// How far it may lie from now, on both sides.
  static let toleranceSeconds: Int64 = 300
  private static let digitsLimit = 12

  /// Checks the bytes of a header, which are signed as they stand: no sign, no fraction, no white space.
  static func check(_ bytes: some Collection<UInt8>, at now: Timestamp) throws(SignatureRefusal) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard (1...digitsLimit).contains(bytes.count), bytes.allSatisfy(digits.contains) else {
      throw .malformedTimestamp
    }
    let seconds = bytes.reduce(Int64(0)) { $0 * 10 + Int64($1 - digits.lowerBound) }
    if seconds < now.secondsSinceEpoch - toleranceSeconds { throw .tooOld }
    if seconds > now.secondsSinceEpoch + toleranceSeconds { throw .tooNew }
  }
}

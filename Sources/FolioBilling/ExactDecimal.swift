/// A decimal number kept exactly: `coefficient` × 10^−`scale`.
///
/// The plain form is that of a JSON number without an exponent: an optional `-`, digits without a superfluous
/// leading zero, at most one `.` with digits on both sides. `12abc`, `1,5`, `+5`, `1e3`, `NaN` and digits of
/// other scripts are refused.
package struct ExactDecimal: Hashable, Sendable {
  /// The digits as one integer, sign included.
  package let coefficient: Int64
  /// How many of the digits stand behind the point, 0 to 18.
  package let scale: Int

  /// Keeps exactly the digits given.
  package init(coefficient: Int64, scale: Int) {
    precondition((0...Self.scaleLimit).contains(scale), "a scale is 0 to \(Self.scaleLimit)")
    self.coefficient = coefficient
    self.scale = scale
  }

  /// Reads a plain decimal.
  ///
  /// - Throws: `DecimalError.notPlain` for any other spelling, `.tooLarge` when it has more digits than fit.
  package init(_ text: String) throws(DecimalError) {
    var reader = DecimalReader()
    let bytes = text.utf8.span
    for index in bytes.indices { try reader.take(bytes[index]) }
    (coefficient, scale) = try reader.finish()
  }

  /// The most digits behind the point.
  package static let scaleLimit = 18

  /// The number without zeros at the end of its fraction.
  package var trimmed: ExactDecimal {
    var (coefficient, scale) = (coefficient, scale)
    while scale > 0, coefficient % 10 == 0 { (coefficient, scale) = (coefficient / 10, scale - 1) }
    return ExactDecimal(coefficient: coefficient, scale: scale)
  }

  /// The plain decimal form with every digit of the scale: `0.05`, `-3.10`.
  package var text: String { decimalText(coefficient: coefficient, scale: scale) }
}

/// Why a text is no decimal that can be kept.
package enum DecimalError: Error, Equatable, Sendable {
  case notPlain
  case tooLarge
  case tooManyFractionDigits(found: Int, limit: Int)
}

/// Writes `coefficient` × 10^−`scale` as a plain decimal.
package func decimalText(coefficient: Int64, scale: Int) -> String {
  var text = ASCIIText()
  if coefficient < 0 { text.append("-") }
  text.append(coefficient.magnitude, width: scale + 1)
  if scale > 0 { text.insertPoint(beforeLast: scale) }
  return text.text
}

/// 10 to the power of `exponent`, for exponents 0 to 18.
package func powerOfTen(_ exponent: Int) -> Int64 {
  precondition((0...18).contains(exponent), "only these powers of ten fit")
  var power: Int64 = 1
  for _ in 0..<exponent { power *= 10 }
  return power
}

/// Reads a plain decimal byte by byte.
private struct DecimalReader {
  private var isNegative = false
  private var integerDigits = 0
  private var opensWithZero = false
  private var fractionDigits: Int?
  private var magnitude: Int64 = 0
  private var isFirst = true

  mutating func take(_ byte: UInt8) throws(DecimalError) {
    defer { isFirst = false }
    switch byte {
    case UInt8(ascii: "-") where isFirst: isNegative = true
    case UInt8(ascii: ".") where fractionDigits == nil && integerDigits > 0: fractionDigits = 0
    case UInt8(ascii: "0")...UInt8(ascii: "9"): try takeDigit(Int64(byte - UInt8(ascii: "0")))
    default: throw .notPlain
    }
  }

  private mutating func takeDigit(_ digit: Int64) throws(DecimalError) {
    if let count = fractionDigits {
      if count == ExactDecimal.scaleLimit { throw .tooLarge }
      fractionDigits = count + 1
    } else {
      if opensWithZero { throw .notPlain }
      opensWithZero = integerDigits == 0 && digit == 0
      integerDigits += 1
    }
    let (tenfold, overflowed) = magnitude.multipliedReportingOverflow(by: 10)
    let (sum, overflowedAgain) = tenfold.addingReportingOverflow(digit)
    if overflowed || overflowedAgain { throw .tooLarge }
    magnitude = sum
  }

  func finish() throws(DecimalError) -> (coefficient: Int64, scale: Int) {
    guard integerDigits > 0, fractionDigits != 0 else { throw .notPlain }
    return (isNegative ? -magnitude : magnitude, fractionDigits ?? 0)
  }
}

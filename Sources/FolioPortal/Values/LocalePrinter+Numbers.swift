import FolioBilling
import Markup

/// Numbers and amounts, digit by digit.
extension LocalePrinter {
  // MARK: Amounts

  /// With all of the currency's digits.
  func append(_ money: Money, into buffer: inout ByteBuffer) {
    append(amount: money.minorUnits, scale: money.currency.minorDigits, money.currency, into: &buffer)
  }

  /// With at least the currency's digits.
  func append(_ price: UnitPrice, into buffer: inout ByteBuffer) {
    let (coefficient, scale) = price.digits
    append(amount: coefficient, scale: scale, price.currency, into: &buffer)
  }

  func append(amount: Int64, scale: Int, _ currency: Currency, into buffer: inout ByteBuffer) {
    if amount < 0 { buffer.append(table.minusSign) }
    let frame = table.frame(of: currency)
    buffer.append(frame.before)
    append(amount.magnitude, scale: scale, into: &buffer)
    buffer.append(frame.after)
  }

  // MARK: Numbers

  func append(_ number: Int64, scale: Int = 0, into buffer: inout ByteBuffer) {
    if number < 0 { buffer.append(table.minusSign) }
    append(number.magnitude, scale: scale, into: &buffer)
  }

  func append(percent number: Int64, scale: Int, into buffer: inout ByteBuffer) {
    append(percent: number, zeros: 0, scale: scale, into: &buffer)
  }

  /// Two digits behind the point at least, so that a column has one precision.
  func append(percent number: ExactDecimal, into buffer: inout ByteBuffer) {
    append(
      percent: number.coefficient, zeros: max(0, 2 - number.scale), scale: max(2, number.scale), into: &buffer
    )
  }

  /// A fraction of one as per cent: 0.08 is 8 %.
  func append(rate: ExactDecimal, into buffer: inout ByteBuffer) {
    append(
      percent: rate.coefficient, zeros: rate.isZero ? 0 : max(0, 2 - rate.scale),
      scale: max(0, rate.scale - 2),
      into: &buffer)
  }

  private func append(percent number: Int64, zeros: Int, scale: Int, into buffer: inout ByteBuffer) {
    buffer.append(table.percent.before)
    if number < 0 { buffer.append(table.minusSign) }
    append(number.magnitude, zeros: zeros, scale: scale, into: &buffer)
    buffer.append(table.percent.after)
  }

  /// In the largest binary unit that leaves a whole part, one digit behind the point, rounded half up.
  func append(size bytes: Int64, into buffer: inout ByteBuffer) {
    var (unit, scale) = (0, Int128(1))
    while unit + 1 < table.sizes.count, Int128(bytes) >= scale * 1_024 {
      (unit, scale) = (unit + 1, scale * 1_024)
    }
    buffer.append(table.sizes[unit].before)
    if unit == 0 {
      buffer.append(decimal: bytes)
    } else {
      append(Int64((Int128(bytes) * 10 + scale / 2) / scale), scale: 1, into: &buffer)
    }
    buffer.append(table.sizes[unit].after)
  }

  /// A number's digits and further zeros with the language's separators, the last `scale` digits behind the point.
  private func append(_ number: UInt64, zeros: Int = 0, scale: Int, into buffer: inout ByteBuffer) {
    // What is below a thousand has no groups.
    if scale == 0, zeros == 0, number < 1_000 { return buffer.append(decimal: Int64(number)) }
    append(DecimalDigits(number, zeros: zeros), scale: scale, into: &buffer)
  }

  /// Digits with the language's separators, the last `scale` of them behind the point.
  private func append(_ digits: DecimalDigits, scale: Int, into buffer: inout ByteBuffer) {
    let point = DecimalDigits.end - scale
    var start = min(digits.first, point - 1)
    if point - start >= 3 + table.minimumGroupingDigits {
      var next = point - (point - start - 1) / 3 * 3
      while next < point {
        buffer.append(start..<next, of: digits.bytes.span)
        buffer.append(table.groupSeparator)
        (start, next) = (next, next + 3)
      }
    }
    buffer.append(start..<point, of: digits.bytes.span)
    if scale == 0 { return }
    buffer.append(table.decimalSeparator)
    buffer.append(point..<DecimalDigits.end, of: digits.bytes.span)
  }
}

extension ExactDecimal {
  fileprivate var isZero: Bool { coefficient == 0 }
}

extension UnitPrice {
  /// The digits of `decimalText` and how many of them stand behind the point.
  var digits: (coefficient: Int64, scale: Int) {
    let scale = max(amount.scale, currency.minorDigits)
    let (coefficient, overflowed) = amount.coefficient
      .multipliedReportingOverflow(by: powerOfTen(scale - amount.scale))
    return overflowed ? (amount.coefficient, amount.scale) : (coefficient, scale)
  }
}

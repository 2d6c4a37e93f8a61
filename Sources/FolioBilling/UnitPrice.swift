/// What one unit costs: an exact decimal in a currency, with as many digits as the price list gives it.
package struct UnitPrice: Hashable, Sendable {
  /// The price in major units, 0.0045 dollars, trimmed: prices that are worth the same are equal.
  package let amount: ExactDecimal
  /// The currency of the price.
  package let currency: Currency

  /// A price of `amount` major units of `currency`.
  package init(_ amount: ExactDecimal, currency: Currency) {
    self.amount = amount.trimmed
    self.currency = currency
  }

  /// What `quantity` units cost: an exact product in 128 bits, rounded once, half away from zero.
  package func times(_ quantity: Int64) throws(ArithmeticOverflow) -> Money {
    try times(quantity, over: 1)
  }

  /// What `numerator` ÷ `denominator` units cost, rounded once, half away from zero.
  package func times(_ numerator: Int64, over denominator: Int64) throws(ArithmeticOverflow) -> Money {
    let (product, overflowed) = (Int128(amount.coefficient) * Int128(numerator))
      .multipliedReportingOverflow(by: Int128(powerOfTen(currency.minorDigits)))
    let (divisor, overflowedAgain) = Int128(powerOfTen(amount.scale))
      .multipliedReportingOverflow(by: Int128(denominator))
    if overflowed || overflowedAgain { throw ArithmeticOverflow() }
    return Money(minorUnits: try roundedQuotient(product, divisor), currency: currency)
  }

  /// The price as a plain decimal with at least the currency's digits: `0.05`, `299.00`, `0.0045`.
  package var decimalText: String {
    let scale = max(amount.scale, currency.minorDigits)
    let (coefficient, overflowed) = amount.coefficient
      .multipliedReportingOverflow(by: powerOfTen(scale - amount.scale))
    return overflowed ? amount.text : FolioBilling.decimalText(coefficient: coefficient, scale: scale)
  }

  /// Whether the price is nothing.
  package var isZero: Bool { amount.coefficient == 0 }
}

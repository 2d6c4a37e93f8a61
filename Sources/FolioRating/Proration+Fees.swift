import FolioBilling

extension Proration {
  /// The share as a line prints it: nil for a whole month.
  var printed: Proration? { seconds == ofSeconds ? nil : self }

  /// The share of a monthly amount, rounded once, half away from zero.
  func part(of amount: Money) throws(ArithmeticOverflow) -> Money {
    try amount.scaled(by: seconds, over: ofSeconds)
  }

  /// The share of a monthly quantity, rounded once to a whole, half up.
  func part(of quantity: Int64) throws(ArithmeticOverflow) -> Int64 {
    try roundedQuotient(Int128(quantity) * Int128(seconds), Int128(ofSeconds))
  }
}

extension Money {
  /// The amount as the price of one unit.
  var asUnitPrice: UnitPrice {
    UnitPrice(ExactDecimal(coefficient: minorUnits, scale: currency.minorDigits), currency: currency)
  }
}

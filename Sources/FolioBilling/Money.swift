/// An amount of money: a whole number of the currency's minor unit.
///
/// Sums are checked; an amount that does not fit is an error and never wraps. Adding two currencies is a
/// mistake of the program, so it traps.
package struct Money: Hashable, Sendable {
  /// The amount in minor units, cents of a dollar.
  package let minorUnits: Int64
  /// The currency whose minor unit counts.
  package let currency: Currency

  /// An amount of `minorUnits` of `currency`.
  @inlinable
  package init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Nothing, in `currency`.
  @inlinable
  package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

  /// Reads a plain decimal such as `421.1`.
  ///
  /// - Throws: `DecimalError`; more fraction digits than the currency has are refused, fewer are accepted.
  package init(_ text: String, currency: Currency) throws(DecimalError) {
    try self.init(ExactDecimal(text), currency: currency)
  }

  /// Takes an exact decimal as an amount.
  ///
  /// - Throws: `DecimalError.tooManyFractionDigits`, `.tooLarge`.
  package init(_ decimal: ExactDecimal, currency: Currency) throws(DecimalError) {
    let missing = currency.minorDigits - decimal.scale
    if missing < 0 {
      throw .tooManyFractionDigits(found: decimal.scale, limit: currency.minorDigits)
    }
    let (minor, overflowed) = decimal.coefficient.multipliedReportingOverflow(by: powerOfTen(missing))
    if overflowed { throw .tooLarge }
    self.init(minorUnits: minor, currency: currency)
  }

  /// The amount as a plain decimal with all of the currency's digits: `421.00`, `-5`, `0.125`.
  package var decimalText: String {
    FolioBilling.decimalText(coefficient: minorUnits, scale: currency.minorDigits)
  }

  @inlinable
  package var isZero: Bool { minorUnits == 0 }
  @inlinable
  package var isNegative: Bool { minorUnits < 0 }
}

/// An amount or a quantity left the range of 64 bits.
package struct ArithmeticOverflow: Error, Equatable, Sendable {
  @inlinable
  package init() {}
}

extension Money {
  /// The sum of two amounts of one currency.
  @inlinable
  package func adding(_ other: Money) throws(ArithmeticOverflow) -> Money {
    precondition(currency == other.currency, "amounts of one currency are added")
    let (sum, overflowed) = minorUnits.addingReportingOverflow(other.minorUnits)
    if overflowed { throw ArithmeticOverflow() }
    return Money(minorUnits: sum, currency: currency)
  }

  /// The difference of two amounts of one currency.
  @inlinable
  package func subtracting(_ other: Money) throws(ArithmeticOverflow) -> Money {
    precondition(currency == other.currency, "amounts of one currency are subtracted")
    let (difference, overflowed) = minorUnits.subtractingReportingOverflow(other.minorUnits)
    if overflowed { throw ArithmeticOverflow() }
    return Money(minorUnits: difference, currency: currency)
  }

  /// The amount with its sign turned.
  package func negated() throws(ArithmeticOverflow) -> Money {
    try Money.zero(currency).subtracting(self)
  }

  /// The smaller of two amounts of one currency.
  package func least(_ other: Money) -> Money {
    precondition(currency == other.currency, "amounts of one currency are compared")
    return minorUnits <= other.minorUnits ? self : other
  }

  /// The larger of two amounts of one currency.
  package func greatest(_ other: Money) -> Money {
    precondition(currency == other.currency, "amounts of one currency are compared")
    return minorUnits >= other.minorUnits ? self : other
  }

  /// The sum of amounts of `currency`; zero for none.
  ///
  /// Inlinable, so that another module walks its own sequence and not one behind witness tables.
  ///
  /// - Complexity: O(n).
  @inlinable
  package static func sum(
    of amounts: some Sequence<Money>, in currency: Currency
  ) throws(ArithmeticOverflow) -> Money {
    var total = Money.zero(currency)
    for amount in amounts { total = try total.adding(amount) }
    return total
  }

  /// This amount × `numerator` ÷ `denominator`, computed in 128 bits and rounded once, half away from zero.
  package func scaled(by numerator: Int64, over denominator: Int64) throws(ArithmeticOverflow) -> Money {
    let minor = try roundedQuotient(Int128(minorUnits) * Int128(numerator), Int128(denominator))
    return Money(minorUnits: minor, currency: currency)
  }

  /// Splits the amount in proportion to `weights`, by largest remainder, so that no minor unit appears or
  /// vanishes.
  ///
  /// Ties go to the part that comes first; callers order the weights by identifier bytes. Weights are not
  /// negative; when all are zero the first part takes the whole.
  ///
  /// - Complexity: O(n log n).
  package func split(across weights: [Int64]) -> [Money] {
    minorUnits.split(across: weights).map { Money(minorUnits: $0, currency: currency) }
  }
}

/// `numerator` ÷ `denominator` rounded half away from zero.
///
/// - Throws: `ArithmeticOverflow` when the result does not fit 64 bits.
package func roundedQuotient(_ numerator: Int128, _ denominator: Int128) throws(ArithmeticOverflow) -> Int64 {
  precondition(denominator > 0, "a denominator is positive")
  let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
  let roundsAway = remainder.magnitude * 2 >= denominator.magnitude
  let rounded = roundsAway ? quotient + (numerator < 0 ? -1 : 1) : quotient
  guard let result = Int64(exactly: rounded) else { throw ArithmeticOverflow() }
  return result
}

extension Int64 {
  /// The sum, checked.
  package func addingChecked(_ other: Int64) throws(ArithmeticOverflow) -> Int64 {
    let (sum, overflowed) = addingReportingOverflow(other)
    if overflowed { throw ArithmeticOverflow() }
    return sum
  }
}

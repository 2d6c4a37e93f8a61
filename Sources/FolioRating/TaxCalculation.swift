package import FolioBilling

/// Tax of an invoice: per category and rate, on the rounded lines, rounded once each.
package enum TaxCalculation {
  /// The tax on lines that are all taxed alike; none without a treatment.
  ///
  /// Where prices include tax the lines contain it already: amount × rate ÷ (1 + rate).
  package static func taxes(
    on lines: [ChargeLine], treatment: TaxTreatment?, currency: Currency, pricesIncludeTax: Bool = false
  ) throws(ArithmeticOverflow) -> [TaxLine] {
    guard let treatment else { return [] }
    let amount = try Money.sum(of: lines.lazy.map(\.amount), in: currency)
    return try taxes(on: [TaxableAmount(amount, treatment: treatment)], pricesIncludeTax: pricesIncludeTax)
  }

  /// The tax on amounts that are taxed each in its way, in order of the first of each way.
  ///
  /// Reverse charge, exempt and zero-rated stay apart although all are 0 %.
  package static func taxes(
    on amounts: [TaxableAmount], pricesIncludeTax: Bool = false
  ) throws(ArithmeticOverflow) -> [TaxLine] {
    var sums: [TaxableAmount] = []
    for item in amounts {
      if let known = sums.firstIndex(where: { $0.treatment.isAlike(item.treatment) }) {
        sums[known] = TaxableAmount(
          try sums[known].amount.adding(item.amount), treatment: sums[known].treatment)
      } else {
        sums.append(item)
      }
    }
    var lines: [TaxLine] = []
    for sum in sums { lines.append(try line(for: sum, pricesIncludeTax: pricesIncludeTax)) }
    return lines
  }

  private static func line(
    for item: TaxableAmount, pricesIncludeTax: Bool
  ) throws(ArithmeticOverflow) -> TaxLine {
    let rate = item.treatment.rate.trimmed
    let one = powerOfTen(rate.scale)
    if !pricesIncludeTax {
      let tax = try item.amount.scaled(by: rate.coefficient, over: one)
      return TaxLine(treatment: item.treatment, taxable: item.amount, amount: tax)
    }
    let whole = try one.addingChecked(rate.coefficient)
    if whole <= 0 { throw ArithmeticOverflow() }
    let tax = try item.amount.scaled(by: rate.coefficient, over: whole)
    return TaxLine(treatment: item.treatment, taxable: try item.amount.subtracting(tax), amount: tax)
  }
}

/// An amount and how it is taxed.
package struct TaxableAmount: Hashable, Sendable {
  package let amount: Money
  package let treatment: TaxTreatment

  package init(_ amount: Money, treatment: TaxTreatment) {
    self.amount = amount
    self.treatment = treatment
  }
}

extension TaxTreatment {
  /// Whether two treatments have one category and one rate, so that their tax is computed as one.
  package func isAlike(_ other: TaxTreatment) -> Bool {
    category == other.category && rate.trimmed == other.rate.trimmed
  }
}

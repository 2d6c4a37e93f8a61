package import FolioBilling

/// A month of a tax year: what was charged before tax, and the tax on it.
package struct TaxedMonth: Hashable, Sendable {
  package let month: CalendarMonth
  package let baseFees: Money
  package let usageCharges: Money
  package let taxes: [TaxLine]

  package init(month: CalendarMonth, baseFees: Money, usageCharges: Money, taxes: [TaxLine]) {
    self.month = month
    self.baseFees = baseFees
    self.usageCharges = usageCharges
    self.taxes = taxes
  }

  /// A month as rated, with the tax on its lines.
  package init(_ charges: Charges, taxes: [TaxLine]) {
    self.init(
      month: charges.month, baseFees: charges.baseFees, usageCharges: charges.usageCharges, taxes: taxes)
  }
}

/// A quarter of a tax year.
package struct TaxQuarter: Hashable, Sendable {
  /// 1 to 4.
  package let quarter: Int
  package let charges: Money
  package let tax: Money
}

/// A year's charges and taxes, with its quarters.
package struct TaxYear: Hashable, Sendable {
  package let year: Int
  package let totalCharges: Money
  package let baseSubscription: Money
  package let usageCharges: Money
  package let applicableTax: Money
  /// One for each category and rate of the year, in order of appearance.
  package let taxes: [TaxLine]
  /// Those that have a month, in order.
  package let quarters: [TaxQuarter]

  /// Sums up the months of `year`; months of other years are left out.
  package init(
    _ year: Int, months: some Sequence<TaxedMonth>, currency: Currency
  ) throws(ArithmeticOverflow) {
    let months = months.filter { $0.month.year == year }
    self.year = year
    baseSubscription = try Money.sum(of: months.lazy.map(\.baseFees), in: currency)
    usageCharges = try Money.sum(of: months.lazy.map(\.usageCharges), in: currency)
    totalCharges = try baseSubscription.adding(usageCharges)
    taxes = try Self.summed(months.lazy.flatMap(\.taxes))
    applicableTax = try Money.sum(of: taxes.lazy.map(\.amount), in: currency)
    quarters = try Self.quarters(of: months, currency)
  }

  /// The rate of the year; nil when there was none or more than one.
  package var taxRate: ExactDecimal? { taxes.count == 1 ? taxes[0].treatment.rate.trimmed : nil }

  private static func summed(_ lines: some Sequence<TaxLine>) throws(ArithmeticOverflow) -> [TaxLine] {
    var sums: [TaxLine] = []
    for line in lines {
      guard let known = sums.firstIndex(where: { $0.treatment.isAlike(line.treatment) }) else {
        sums.append(line)
        continue
      }
      let (taxable, amount) = (sums[known].taxable, sums[known].amount)
      sums[known] = TaxLine(
        treatment: sums[known].treatment, taxable: try taxable.adding(line.taxable),
        amount: try amount.adding(line.amount))
    }
    return sums
  }

  private static func quarters(
    of months: [TaxedMonth], _ currency: Currency
  ) throws(ArithmeticOverflow) -> [TaxQuarter] {
    var quarters: [TaxQuarter] = []
    for quarter in 1...4 {
      let months = months.filter { $0.month.quarter == quarter }
      if months.isEmpty { continue }
      let charges = try Money.sum(of: months.lazy.flatMap { [$0.baseFees, $0.usageCharges] }, in: currency)
      let tax = try Money.sum(of: months.lazy.flatMap(\.taxes).map(\.amount), in: currency)
      quarters.append(TaxQuarter(quarter: quarter, charges: charges, tax: tax))
    }
    return quarters
  }
}

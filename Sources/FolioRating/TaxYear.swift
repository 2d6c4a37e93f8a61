package import FolioBilling

/// A quarter of a tax year.
package struct TaxQuarter: Hashable, Sendable {
  /// 1 to 4.
  package let quarter: Int
  package let charges: Money
  package let tax: Money
}

/// A year's charges and taxes by the dates of its documents, with its quarters.
///
/// Base fees + usage charges + what is not itemised − what is credited = total charges.
package struct TaxYear: Hashable, Sendable {
  package let year: Int
  /// In order of dates, then as given.
  package let documents: [TaxedDocument]
  /// Without tax, credit notes taken off.
  package let totalCharges: Money
  package let baseSubscription: Money
  package let usageCharges: Money
  /// Of invoices of which only the total is known.
  package let notItemised: Money
  /// What credit notes take off, not negative.
  package let credited: Money
  /// Credit notes taken off.
  package let applicableTax: Money
  /// One for each category and rate of the year, in order of appearance.
  package let taxes: [TaxLine]
  /// Those that have a document, in order.
  package let quarters: [TaxQuarter]

  /// Sums up the documents of `year`; those of other years are left out.
  ///
  /// - Complexity: O(n log n).
  package init(
    _ year: Int, documents: some Sequence<TaxedDocument>, currency: Currency
  ) throws(ArithmeticOverflow) {
    let documents = documents.filter { $0.date.month.year == year }.enumerated()
      .sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
    self.year = year
    self.documents = documents
    baseSubscription = try Money.sum(of: documents.lazy.map(\.baseFees), in: currency)
    usageCharges = try Money.sum(of: documents.lazy.map(\.usageCharges), in: currency)
    notItemised = try Money.sum(of: documents.lazy.map(\.notItemised), in: currency)
    credited = try Money.sum(of: documents.lazy.map(\.credited), in: currency)
    totalCharges = try baseSubscription.adding(usageCharges).adding(notItemised).subtracting(credited)
    taxes = try Self.summed(documents.lazy.flatMap(\.taxes))
    applicableTax = try Money.sum(of: taxes.lazy.map(\.amount), in: currency)
    quarters = try Self.quarters(of: documents, currency)
  }

  /// The tax that credit notes take off, not negative.
  package func creditedTax() throws(ArithmeticOverflow) -> Money {
    var sum = Money.zero(totalCharges.currency)
    for document in documents where document.kind == .creditNote {
      sum = try sum.subtracting(document.tax())
    }
    return sum
  }

  /// The rate of the year; nil when there was none or more than one, or a document has none.
  package var taxRate: ExactDecimal? {
    guard taxes.count == 1, documents.allSatisfy({ !$0.taxes.isEmpty }) else { return nil }
    return taxes[0].treatment.rate.trimmed
  }

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
    of documents: [TaxedDocument], _ currency: Currency
  ) throws(ArithmeticOverflow) -> [TaxQuarter] {
    var quarters: [TaxQuarter] = []
    for quarter in 1...4 {
      let documents = documents.filter { $0.date.month.quarter == quarter }
      if documents.isEmpty { continue }
      var (charges, tax) = (Money.zero(currency), Money.zero(currency))
      for document in documents {
        charges = try charges.adding(document.charges())
        tax = try tax.adding(document.tax())
      }
      quarters.append(TaxQuarter(quarter: quarter, charges: charges, tax: tax))
    }
    return quarters
  }
}

package import FolioBilling
import FolioRating

/// From the invoice of one month to that of another: the change of the months' charges, and what invoices have beside
/// them.
///
/// An invoice's amount is its month's charges by all that is known now, what it has of the month beyond these, what it
/// charges for other months, and tax on top; so the four differences are that of the two amounts.
/// Credit notes are documents of their own and take nothing off.
package struct InvoiceBridge: Hashable, Sendable {
  /// The earlier month's invoice.
  package let from: Invoice
  /// The later month's invoice.
  package let to: Invoice
  /// What `BillBridge` explains.
  package let charges: Money
  /// Of lines for other months, such as usage that arrived after their invoices.
  package let otherMonths: Money
  /// What an invoice has of its own month beyond the month's charges as they are now: less than nothing where another
  /// invoice charges for a part, such as usage that arrived after this one.
  package let beyondCharges: Money
  /// Tax on top of the lines; zero where they contain it.
  package let tax: Money

  /// What the later invoice has beyond the earlier one, which the four parts sum to.
  package func change() throws(ArithmeticOverflow) -> Money {
    try to.document.amountDue.subtracting(from.document.amountDue)
  }
}

extension InvoiceBridge {
  /// Nil unless each month is on one invoice that is not void, over exactly the month, itemised, and taxed as the
  /// month's prices are.
  init?(from earlier: MonthFacts, to later: MonthFacts) throws(ArithmeticOverflow) {
    guard let before = try InvoiceParts(earlier), let after = try InvoiceParts(later) else { return nil }
    (from, to) = (before.invoice, after.invoice)
    charges = try after.charges.subtracting(before.charges)
    otherMonths = try after.otherMonths.subtracting(before.otherMonths)
    beyondCharges = try after.beyondCharges.subtracting(before.beyondCharges)
    tax = try after.tax.subtracting(before.tax)
  }
}

/// What the amount of a month's invoice is made of.
private struct InvoiceParts {
  let invoice: Invoice
  let charges: Money
  let otherMonths: Money
  let beyondCharges: Money
  let tax: Money

  init?(_ month: MonthFacts) throws(ArithmeticOverflow) {
    guard let charges = month.charges, let invoices = month.invoiced?.invoices, invoices.count == 1,
      let subtotal = invoices[0].document.comparableSubtotal(with: charges)
    else { return nil }
    let document = invoices[0].document
    let others = document.lines.filter { !$0.isServed(within: charges.period) }
    invoice = invoices[0]
    self.charges = charges.total
    otherMonths = try Money.sum(of: others.lazy.map(\.amount), in: charges.currency)
    beyondCharges = try subtotal.subtracting(otherMonths).subtracting(charges.total)
    tax = try document.amountDue.subtracting(subtotal)
  }
}

extension ChargeLine {
  fileprivate func isServed(within period: BillingPeriod) -> Bool {
    period.intersection(servicePeriod) == servicePeriod
  }
}

extension InvoiceDocument {
  /// The sum of the lines; nil where they are not all that a month's charges are compared with.
  fileprivate func comparableSubtotal(with charges: Charges) -> Money? {
    guard period == charges.period, currency == charges.currency, let subtotal, !lines.isEmpty,
      !lines.contains(where: { $0.kind == .notItemised }), Reconciliation.faults(in: self).isEmpty
    else { return nil }
    let isTaxed = taxes.contains { !$0.amount.isZero }
    return isTaxed && (amountDue == subtotal) != charges.pricesIncludeTax ? nil : subtotal
  }
}

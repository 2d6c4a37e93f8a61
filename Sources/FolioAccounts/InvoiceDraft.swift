package import FolioBilling
package import FolioRating

/// The invoice of a month as today's facts make it: what finalisation would freeze.
package struct InvoiceDraft {
  package let month: CalendarMonth
  package let customer: Customer
  /// The month's charges, then the corrections of what was invoiced before; their sum is not negative.
  package let charges: Charges
  /// Those of the lines that correct what was invoiced before, in order of months.
  package let corrections: [ChargeLine]
  /// What does not fit on this invoice and stays for a later one, in order of months.
  package let carriedOver: [CarriedCharge]
  package let taxes: [TaxLine]
  /// Those that were in force, in order of time.
  package let plans: [InvoicedPlan]
  /// By messages descending, then identifiers; what was not itemised is last.
  package let partners: [InvoicedPartner]
  /// Whether nothing of the month's usage is outstanding.
  package let isUsageComplete: Bool

  /// The most partners that a document names; the others share its last row.
  package static let partnersLimit = 10_000

  /// Nil when no plan was in force in the month, or none is known that could rate it.
  ///
  /// What invoices charge for the month already, other than one over it, is taken off.
  package init?(of month: CalendarMonth, from facts: AccountFacts) throws(ArithmeticOverflow) {
    guard let figures = facts.month(month), let own = figures.charges else { return nil }
    let corrections = try InvoiceCorrectionLines(for: own, from: facts)
    self.month = month
    self.corrections = corrections.lines
    customer = facts.statement.customer
    carriedOver = corrections.carriedOver
    charges = try own.adding(corrections.lines)
    taxes = try TaxCalculation.taxes(
      on: charges.lines, treatment: customer.tax, currency: charges.currency,
      pricesIncludeTax: charges.pricesIncludeTax)
    plans = Self.plans(of: figures.segments)
    partners = try figures.invoicedPartners(facts.partners, limit: Self.partnersLimit)
    isUsageComplete = figures.isComplete
  }

  private static func plans(of segments: [PlanSegment]) -> [InvoicedPlan] {
    segments.map(\.plan).reduce(into: []) { plans, version in
      let plan = InvoicedPlan(
        planID: version.planID, name: version.name, model: version.terms.model,
        baseFeeApplies: version.terms.baseFeeApplies)
      if !plans.contains(plan) { plans.append(plan) }
    }
  }
}

extension InvoiceDraft {
  package func tax() throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: taxes.lazy.map(\.amount), in: charges.currency)
  }

  /// What the customer is to pay, tax included.
  package func total() throws(ArithmeticOverflow) -> Money {
    charges.pricesIncludeTax ? charges.total : try charges.total.adding(tax())
  }

  /// The document that finalisation freezes; the customer's own facts give buyer, order number and tax.
  ///
  /// - Parameter taxReason: the wording for the customer's tax category where its own facts give none.
  package func document(
    number: String, created: Timestamp, seller: Party, paymentTermsDays: Int, paymentTerms: String? = nil,
    taxReason: String? = nil
  ) throws(ArithmeticOverflow) -> InvoiceDocument {
    let buyer = Party(
      name: customer.displayName, addressLines: customer.addressLines, country: customer.country,
      taxIDs: customer.taxIDs, email: customer.email)
    let tax = customer.tax.map {
      TaxTreatment(category: $0.category, rate: $0.rate, reason: $0.reason ?? taxReason)
    }
    return try InvoiceDrafting.makeDocument(
      charges,
      InvoiceParticulars(
        number: number, created: created, paymentTermsDays: paymentTermsDays, paymentTerms: paymentTerms,
        seller: seller, buyer: buyer, purchaseOrder: customer.purchaseOrder, tax: tax, plans: plans,
        partners: partners))
  }
}

/// A correction that waits for a later invoice.
package struct CarriedCharge: Hashable, Sendable {
  /// Whose usage it corrects.
  package let month: CalendarMonth
  package let amount: Money

  package init(month: CalendarMonth, amount: Money) {
    self.month = month
    self.amount = amount
  }
}

package import FolioBilling

/// What an invoice says beside its charges.
package struct InvoiceParticulars: Hashable, Sendable {
  package let number: String
  package let created: Timestamp
  /// Days until payment is due.
  package let paymentTermsDays: Int
  /// Terms of payment in the operator's words.
  package let paymentTerms: String?
  package let seller: Party?
  package let buyer: Party?
  package let purchaseOrder: String?
  package let tax: TaxTreatment?
  package let plans: [InvoicedPlan]
  package let partners: [InvoicedPartner]

  package init(
    number: String, created: Timestamp, paymentTermsDays: Int = 14, paymentTerms: String? = nil,
    seller: Party? = nil, buyer: Party? = nil, purchaseOrder: String? = nil, tax: TaxTreatment? = nil,
    plans: [InvoicedPlan] = [], partners: [InvoicedPartner] = []
  ) {
    self.number = number
    self.created = created
    self.paymentTermsDays = paymentTermsDays
    self.paymentTerms = paymentTerms
    self.seller = seller
    self.buyer = buyer
    self.purchaseOrder = purchaseOrder
    self.tax = tax
    self.plans = plans
    self.partners = partners
  }

  /// The last second of the day on which payment is due.
  package var dueDate: Timestamp {
    created.date.adding(days: paymentTermsDays + 1).start.adding(seconds: -1)
  }
}

/// Makes the document that finalisation freezes.
package enum InvoiceDrafting {
  /// An invoice over a month's charges, late usage and credits of earlier months added, with their tax.
  package static func makeDocument(
    _ charges: Charges, _ particulars: InvoiceParticulars
  ) throws(ArithmeticOverflow) -> InvoiceDocument {
    let taxes = try TaxCalculation.taxes(
      on: charges.lines, treatment: particulars.tax, currency: charges.currency,
      pricesIncludeTax: charges.pricesIncludeTax)
    let tax = try Money.sum(of: taxes.lazy.map(\.amount), in: charges.currency)
    return InvoiceDocument(
      number: particulars.number, currency: charges.currency,
      amountDue: charges.pricesIncludeTax ? charges.total : try charges.total.adding(tax),
      period: charges.period, created: particulars.created, dueDate: particulars.dueDate,
      seller: particulars.seller, buyer: particulars.buyer, purchaseOrder: particulars.purchaseOrder,
      lines: charges.lines, taxes: taxes, subtotal: charges.total, paymentTerms: particulars.paymentTerms,
      plans: particulars.plans, partners: particulars.partners)
  }
}

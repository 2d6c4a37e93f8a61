import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// What pages say about the charges of a month beside its lines.
struct ChargeWords {
  let month: MonthFacts
  /// The page that links go out from.
  let path: String
  let messages: MessageCatalog

  /// Whether the charges contain tax, in words; null where no plan rates the month.
  func taxBasis(of charges: Charges?) throws -> TemplateValue {
    guard let charges else { return .null }
    return try messages.sentence("tax_basis.\(charges.pricesIncludeTax ? "included" : "excluded")")
  }

  /// Why there are no charges.
  func unrated() throws -> TemplateValue { try messages.sentence("charges.\(reason)", ended) }

  /// The same beside a figure.
  func unratedNote() throws -> TemplateValue { try messages.sentence("usage.figures.\(reason)", ended) }

  /// Which of the reasons for no charges holds: the subscription is over, there is none, or its plan is not known.
  private var reason: String {
    if month.subscriptionEnded != nil { return "ended" }
    return month.isUnsubscribed ? "unsubscribed" : "unrated"
  }

  private var ended: KeyValuePairs<String, TemplateValue> { ["date": .date(month.subscriptionEnded)] }

  // MARK: Invoices of the month

  /// Each invoice with its total, and what usage has changed since.
  func invoiced() throws -> [TemplateValue] {
    guard let invoiced = month.invoiced else { return [] }
    let late = try late(invoiced)
    return try invoiced.invoices.map { invoice in
      let isTaxed = invoice.document.taxes.contains { !$0.amount.isZero }
      return try messages.sentence(
        isTaxed ? "charges.invoiced_with_tax" : "charges.invoiced",
        ["invoice": link(to: invoice), "total": .money(invoice.document.amountDue)])
    } + [late].compactMap(\.self)
  }

  private func late(_ invoiced: InvoicedMonth) throws -> TemplateValue? {
    guard let line = invoiced.late, !line.amount.isZero, let usage = invoiced.usage, let now = month.charges
    else { return nil }
    let quantity = line.quantity ?? 0
    return try messages.sentence(
      quantity == 0 ? "charges.late_amount" : "charges.late_messages", count: quantity == 0 ? nil : quantity,
      [
        "invoice": link(to: invoiced.invoices[0]), "invoiced": .money(usage.amount),
        "now": .money(now.total), "difference": .money(line.amount), "messages": .count(quantity),
        "tax_basis": try taxBasis(of: now),
      ])
  }

  /// The invoice's number as a link to its page.
  private func link(to invoice: Invoice) -> TemplateValue {
    .link(
      invoice.document.number, to: PortalPaths.address(of: PortalPaths.invoice(invoice.id), from: path))
  }

  // MARK: Partners

  /// What the cost of a partner is made of.
  func partnerBasis() throws -> TemplateValue {
    guard let charges = month.charges else { return try messages.sentence("usage.partners.basis.unrated") }
    if !charges.chargesMessages { return try messages.sentence("usage.partners.basis.fees") }
    guard let rate = try charges.singleRate(of: month.summary.totalMessages) else {
      return try messages.sentence("usage.partners.basis.shared")
    }
    return try messages.sentence("usage.partners.basis.rate", ["rate": .unitPrice(rate)])
  }
}

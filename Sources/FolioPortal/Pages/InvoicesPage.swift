import FolioAccounts
import FolioBilling
import Templating

/// The list of invoices, the newest first.
struct InvoicesPage {
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    let rows = InvoiceRows(asOf: facts.statement.asOf, messages: messages)
    return Page(
      path: PortalPaths.invoices, template: "pages/invoices", section: .invoices,
      heading: try messages.text("invoices.heading"), lead: try OpenInvoices(facts).lead(messages),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: feed,
      feedPath: PortalPaths.invoicesFeed,
      content: TemplateObject(["invoices": try rows.rows(facts.invoices, on: PortalPaths.invoices)]))
  }
}

/// What is still to be paid.
struct OpenInvoices {
  /// The newest first.
  let invoices: [Invoice]
  private let hasInvoices: Bool
  private let asOf: Timestamp
  private let currency: Currency

  init(_ facts: AccountFacts) throws {
    invoices = try facts.invoices.filter { try $0.status() == .open }
    hasInvoices = !facts.invoices.isEmpty
    asOf = facts.statement.asOf
    currency = facts.currency
  }

  /// How many are open, what is due, and what of it is overdue. Amounts of other currencies are not summed.
  func lead(_ messages: MessageCatalog) throws -> TemplateValue {
    if invoices.isEmpty {
      return try messages.sentence(hasInvoices ? "invoices.lead.settled" : "invoices.lead.none")
    }
    let count = Int64(invoices.count)
    guard invoices.allSatisfy({ $0.document.currency == currency }) else {
      return try messages.sentence("invoices.lead.count", count: count, ["count": .count(count)])
    }
    let (due, overdue) = (try remaining { _ in true }, try remaining { try $0.isOverdue(at: asOf) })
    return try messages.sentence(
      overdue.isZero ? "invoices.lead.open" : "invoices.lead.overdue", count: count,
      ["count": .count(count), "due": .money(due), "overdue": .money(overdue)])
  }

  private func remaining(of isIncluded: (Invoice) throws -> Bool) throws -> Money {
    let amounts = try invoices.filter(isIncluded).map { try $0.amountRemaining() }
    return try Money.sum(of: amounts, in: currency)
  }
}

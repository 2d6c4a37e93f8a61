import FolioAccounts
import FolioBilling
import Templating

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

  /// What is due and what of it is overdue; nil where there are amounts of other currencies, which are not summed.
  func sums() throws -> (due: Money, overdue: Money)? {
    guard invoices.allSatisfy({ $0.document.currency == currency }) else { return nil }
    return (try remaining { _ in true }, try remaining { try $0.isOverdue(at: asOf) })
  }

  /// How many are open, what is due, and what of it is overdue.
  func lead(_ messages: MessageCatalog) throws -> TemplateValue {
    if invoices.isEmpty {
      return try messages.sentence(hasInvoices ? "invoices.lead.settled" : "invoices.lead.none")
    }
    let count = Int64(invoices.count)
    guard let sums = try sums() else {
      return try messages.sentence("invoices.lead.count", count: count, ["count": .count(count)])
    }
    return try messages.sentence(
      sums.overdue.isZero ? "invoices.lead.open" : "invoices.lead.overdue", count: count,
      ["count": .count(count), "due": .money(sums.due), "overdue": .money(sums.overdue)])
  }

  private func remaining(of isIncluded: (Invoice) throws -> Bool) throws -> Money {
    let amounts = try invoices.filter(isIncluded).map { try $0.amountRemaining() }
    return try Money.sum(of: amounts, in: currency)
  }
}

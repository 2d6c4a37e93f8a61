import FolioAccounts
import FolioBilling
import Templating

/// What the overview warns of: payments that failed and were not made up for, invoices past their dates, and a card
/// that will not last.
struct PaymentWarnings {
  let facts: AccountFacts
  let messages: MessageCatalog

  /// In order of weight: failed payments, the newest first, then overdue invoices, then the card.
  func warnings() throws -> [TemplateValue] {
    let open = try facts.invoices.filter { try $0.status() == .open }
    let failed = open.compactMap { invoice in invoice.lastFailure.map { (invoice, $0) } }
    let overdue = try open.filter { invoice in
      try invoice.isOverdue(at: facts.statement.asOf) && invoice.lastFailure == nil
    }
    return try failed.map { try failure(of: $0, $1) } + overdue.map { try self.overdue($0) }
      + PaymentMethodRows(statement: facts.statement, messages: messages).warnings()
  }

  private func link(to invoice: Invoice) -> TemplateValue {
    .link(
      invoice.document.number,
      to: PortalPaths.address(of: PortalPaths.invoice(invoice.id), from: PortalPaths.overview))
  }

  private func failure(of invoice: Invoice, _ payment: Payment) throws -> TemplateValue {
    let reason = try payment.failureReason.map(PaymentWords(messages: messages).failure)
    let values: KeyValuePairs<String, TemplateValue> = [
      "amount": .money(payment.amount), "invoice": link(to: invoice), "reason": reason ?? .null,
      "retry": .day(of: payment.retryDate),
    ]
    let isComing = payment.retryDate.map { facts.statement.asOf < $0 } ?? false
    let key = (reason == nil ? "failed" : "failed_because") + (isComing ? "_retry" : "")
    return try messages.sentence("overview.payment.\(key)", values)
  }

  private func overdue(_ invoice: Invoice) throws -> TemplateValue {
    try messages.sentence(
      "overview.payment.overdue",
      [
        "amount": .money(try invoice.amountRemaining()), "invoice": link(to: invoice),
        "due": .day(of: invoice.document.dueDate),
      ])
  }
}

extension Invoice {
  /// The latest attempt where it failed; nil where a payment came after it. What has no time counts as the latest.
  fileprivate var lastFailure: Payment? {
    let failures = payments.filter { $0.outcome == .failed }
    guard let last = failures.last(where: { $0.at == nil }) ?? failures.last else { return nil }
    let successes = payments.filter { $0.outcome == .succeeded }.compactMap(\.at)
    guard let at = last.at, let paid = successes.max() else { return last }
    return paid < at ? last : nil
  }
}

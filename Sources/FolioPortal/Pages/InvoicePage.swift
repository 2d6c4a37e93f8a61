import FolioAccounts
import FolioBilling
import Templating

/// One invoice as it was frozen, and what happened to it since; made to be printed.
struct InvoicePage {
  let invoice: Invoice
  /// The invoice as its feed has it.
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private var document: InvoiceDocument { invoice.document }

  func page() throws -> Page {
    let state = try InvoiceState(invoice, at: facts.statement.asOf)
    return Page(
      path: PortalPaths.invoice(invoice.id), template: "pages/invoice", section: .invoices,
      heading: try messages.text("invoices.invoice.heading", ["number": .text(document.number)]),
      lead: try lead(state), asOf: lastChange(state), usage: .irrelevant,
      feed: feed, feedPath: PortalPaths.invoicesFeed,
      content: try content(state),
      charts: [
        ("partners", try InvoicePartnersFigure(document: document, messages: messages).figure())
      ])
  }

  /// The newest event of the invoice; being overdue is an event that the calendar brings.
  private func lastChange(_ state: InvoiceState) -> Timestamp {
    let events =
      [invoice.finalizedAt] + invoice.payments.compactMap(\.changedAt) + invoice.refunds.map(\.changedAt)
      + invoice.creditNotes.map(\.changedAt)
      + [invoice.void, invoice.writeOff].compactMap { $0?.changedAt }
      + (state == .overdue ? [document.dueDate] : [])
    return events.max() ?? invoice.finalizedAt
  }

  private func lead(_ state: InvoiceState) throws -> TemplateValue {
    let paidAt = try invoice.paidAt()
    let key = state == .paid && paidAt == nil ? "settled" : state.rawValue
    return try messages.sentence(
      "invoices.invoice.lead.\(key)",
      [
        "amount": .money(document.amountDue), "remaining": .money(try invoice.amountRemaining()),
        "due_date": .day(of: document.dueDate), "paid_at": .day(of: paidAt),
      ])
  }

  /// Lines lead to the days of months that have a page.
  private var links: ChargeLinks {
    ChargeLinks(path: PortalPaths.invoice(invoice.id)) { facts.month($0) != nil }
  }

  private func content(_ state: InvoiceState) throws -> TemplateObject {
    [
      .statusLabel: .text(try messages.text("invoices.status.\(state.rawValue)")),
      .statusClass: .text(state.styleClass),
      .period: .text(messages.printer.days(document.period)),
      .currency: .text(document.currency.code),
      .chargeRows: try ChargeRows(messages: messages, links: links).rows(
        document.lines),
      .planRules: .list(try document.plans.map(rule(of:))),
      .taxRows: .list(try document.taxes.map(taxRow)),
      .history: .list(try InvoiceHistory(invoice: invoice, messages: messages).rows()),
      .balance: .list(try balance()),
      .paymentTerms: .longText(document.paymentTerms),
    ]
  }

  /// How a plan charged, in words; `added` only says something of plans whose messages have a price.
  private func rule(of plan: InvoicedPlan) throws -> TemplateValue {
    let key =
      plan.model == .perPartner
      ? plan.model.rawValue : "\(plan.model.rawValue).\(plan.baseFeeApplies.rawValue)"
    return try messages.sentence("invoices.invoice.rules.\(key)", ["plan": .text(plan.name)])
  }

  private func taxRow(_ tax: TaxLine) throws -> TemplateValue {
    let category = tax.treatment.category
    let isIncluded = document.subtotal == document.amountDue && !tax.amount.isZero
    return .fields([
      .label: try messages.sentence(
        isIncluded ? "invoices.invoice.tax_included" : "invoices.invoice.tax",
        [
          "rate": .rate(tax.treatment.rate), "taxable": .money(tax.taxable),
          "category": try messages.sentence("invoices.tax.\(category.rawValue)"),
        ]),
      .reason: .longText(tax.treatment.reason),
      .amount: .money(tax.amount),
    ])
  }

  /// Amount − payments − credit notes + refunds, and what closes the gap to what is still due; rows that are
  /// nothing are left out.
  private func balance() throws -> [TemplateValue] {
    let terms: [(String, Money)] = [
      ("received", try invoice.amountPaid().negated()), ("credited", try invoice.amountCredited().negated()),
      ("refunded", try invoice.amountRefunded()),
    ]
    let sum = try Money.sum(of: [document.amountDue] + terms.map(\.1), in: document.currency)
    let closing = try invoice.amountRemaining().subtracting(sum)
    return try (terms + [(try closingCause(closing), closing)]).filter { !$0.1.isZero }.map { term in
      .fields([
        .label: .text(try messages.text("invoices.balance.\(term.0)")), .amount: .money(term.1),
      ])
    }
  }

  /// Why not all is due that the rows leave open, or less than nothing is.
  private func closingCause(_ closing: Money) throws -> String {
    switch try invoice.status() {
    case .void: "void"
    case .uncollectible: "written_off"
    case .open, .paid: closing.isNegative ? "not_due_again" : "overpaid"
    }
  }
}

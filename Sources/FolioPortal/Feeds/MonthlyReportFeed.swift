import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET reports/monthly`: a month on one sheet.
struct MonthlyReportFeed {
  let month: MonthFacts
  let statement: MonthStatement
  let facts: AccountFacts
  let messages: MessageCatalog

  func object() throws -> TemplateObject {
    let allocation = AllocationFeed(facts: facts, messages: messages)
    let summary = month.summary
    return TemplateObject([
      "year": .integer(Int64(month.month.year)),
      "month": .integer(Int64(month.month.month)),
      "customer_id": .text(facts.statement.customer.id.text),
      "currency": .text(facts.currency.lowercaseCode),
      "is_closed": .bool(month.isClosed),
      "usage_is_complete": .bool(month.isComplete),
      "usage": .fields([
        "total_messages": .count(summary.totalMessages), "inbound_messages": .count(summary.inboundMessages),
        "outbound_messages": .count(summary.outboundMessages),
        "active_partners": .count(summary.activePartners),
        "total_payload_size": .bytes(summary.totalBytes), "failed_messages": .count(summary.failedMessages),
        "success_rate": .percent(summary.successRate),
      ]),
      "charges": Self.charges(month.charges),
      "departments": .list(try allocation.departments(DepartmentCosts([month], in: facts.currency))),
      "invoiced": .money(statement.invoiced),
      "received": .money(statement.received),
      "refunded": .money(statement.refunded),
      "credited": .money(statement.credited),
      "invoiced_minor": .minor(statement.invoiced),
      "received_minor": .minor(statement.received),
      "refunded_minor": .minor(statement.refunded),
      "credited_minor": .minor(statement.credited),
      "invoices": .list(statement.invoices.map(Self.invoice)),
      "payments": .list(statement.payments.map(Self.payment)),
      "refunds": .list(statement.refunds.map(Self.refund)),
      "credit_notes": .list(statement.creditNotes.map(Self.creditNote)),
    ])
  }

  /// The sums of the month without its lines; null where no plan rates it.
  private static func charges(_ charges: Charges?) -> TemplateValue {
    guard let charges else { return .null }
    return .fields([
      "total": .money(charges.total), "base_fees": .money(charges.baseFees),
      "message_charges": .money(charges.messageChargesNet), "partner_fees": .money(charges.partnerFees),
      "other_charges": .money(charges.otherCharges), "total_minor": .minor(charges.total),
      "prices_include_tax": .bool(charges.pricesIncludeTax),
    ])
  }

  private static let invoiceFields = FieldNames("id", "number", "created", "amount_due", "amount_due_minor")
  private static let paymentFields = FieldNames("invoice_id", "number", "at", "amount", "amount_minor")

  private static func invoice(_ invoice: Invoice) -> TemplateValue {
    let document = invoice.document
    return invoiceFields.row(
      .text(invoice.id.text), .text(document.number), .day(of: document.created), .money(document.amountDue),
      .minor(document.amountDue))
  }

  private static func payment(_ entry: (invoice: Invoice, payment: Payment)) -> TemplateValue {
    paymentFields.row(
      .text(entry.invoice.id.text), .text(entry.invoice.document.number), .instant(entry.payment.at),
      .money(entry.payment.amount), .minor(entry.payment.amount))
  }

  private static func refund(_ entry: (invoice: Invoice, refund: Refund)) -> TemplateValue {
    paymentFields.row(
      .text(entry.invoice.id.text), .text(entry.invoice.document.number), .instant(entry.refund.refundedAt),
      .money(entry.refund.amount), .minor(entry.refund.amount))
  }

  private static func creditNote(_ entry: (invoice: Invoice, note: CreditNote)) -> TemplateValue {
    paymentFields.row(
      .text(entry.invoice.id.text), .text(entry.note.number), .instant(entry.note.issuedAt),
      .money(entry.note.amount), .minor(entry.note.amount))
  }
}

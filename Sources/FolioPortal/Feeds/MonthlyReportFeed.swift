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
    return [
      .year: .integer(Int64(month.month.year)),
      .month: .integer(Int64(month.month.month)),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .isClosed: .bool(month.isClosed),
      .usageIsComplete: .bool(month.isComplete),
      .usage: .fields([
        .totalMessages: .count(summary.totalMessages), .inboundMessages: .count(summary.inboundMessages),
        .outboundMessages: .count(summary.outboundMessages),
        .activePartners: .count(summary.activePartners),
        .totalPayloadSize: .bytes(summary.totalBytes), .failedMessages: .count(summary.failedMessages),
        .successRate: .percent(summary.successRate),
      ]),
      .charges: Self.charges(month.charges),
      .departments: .list(try allocation.departments(month.departmentCosts(in: facts.currency))),
      .invoiced: .money(statement.invoiced),
      .received: .money(statement.received),
      .refunded: .money(statement.refunded),
      .credited: .money(statement.credited),
      .invoicedMinor: .minor(statement.invoiced),
      .receivedMinor: .minor(statement.received),
      .refundedMinor: .minor(statement.refunded),
      .creditedMinor: .minor(statement.credited),
      .invoices: .list(statement.invoices.map(Self.invoice)),
      .payments: .list(statement.payments.map(Self.payment)),
      .refunds: .list(statement.refunds.map(Self.refund)),
      .creditNotes: .list(statement.creditNotes.map(Self.creditNote)),
    ]
  }

  /// The sums of the month without its lines; null where no plan rates it.
  private static func charges(_ charges: Charges?) -> TemplateValue {
    guard let charges else { return .null }
    return .fields([
      .total: .money(charges.total), .baseFees: .money(charges.baseFees),
      .messageCharges: .money(charges.messageChargesNet), .partnerFees: .money(charges.partnerFees),
      .otherCharges: .money(charges.otherCharges), .totalMinor: .minor(charges.total),
      .pricesIncludeTax: .bool(charges.pricesIncludeTax),
    ])
  }

  private static let invoiceFields = FieldNames(.id, .number, .created, .amountDue, .amountDueMinor)
  private static let paymentFields = FieldNames(.invoiceId, .number, .at, .amount, .amountMinor)

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

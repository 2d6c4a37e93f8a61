import FolioBilling
import Templating

/// `GET invoices`: what was invoiced, and what became of it; the newest first.
enum InvoicesFeed {
  /// The feed of invoices that `invoice(_:at:)` made.
  static func object(_ invoices: [TemplateObject]) -> TemplateObject {
    [.data: .list(invoices.map { .object($0) })]
  }

  private static let fields = documentedFields + amountFields + documentFields + historyFields

  /// One invoice with the API's fields first.
  static func invoice(_ invoice: Invoice, at asOf: Timestamp) throws -> TemplateObject {
    try fields.object(
      documented(invoice) + amounts(invoice, at: asOf) + document(invoice.document) + history(invoice))
  }

  private static let documentedFields = FieldNames(
    .id, .number, .status, .amountDue, .amountPaid, .currency, .periodStart, .periodEnd,
    .created, .dueDate, .paidAt)

  private static func documented(_ invoice: Invoice) throws -> [TemplateValue] {
    let document = invoice.document
    return [
      .text(invoice.id.text), .text(document.number), .text(try invoice.status().rawValue),
      .money(document.amountDue), .money(try invoice.amountPaid()), .text(document.currency.lowercaseCode),
      .day(of: document.period.start), .day(of: document.period.inclusiveEnd), .day(of: document.created),
      .day(of: document.dueDate), .day(of: try invoice.paidAt()),
    ]
  }

  private static let amountFields = FieldNames(
    .amountRemaining, .amountCredited, .amountRefunded, .amountDueMinor, .amountPaidMinor,
    .amountRemainingMinor, .amountCreditedMinor, .amountRefundedMinor, .isOverdue)

  private static func amounts(_ invoice: Invoice, at asOf: Timestamp) throws -> [TemplateValue] {
    let (remaining, credited) = (try invoice.amountRemaining(), try invoice.amountCredited())
    let refunded = try invoice.amountRefunded()
    return [
      .money(remaining), .money(credited), .money(refunded), .minor(invoice.document.amountDue),
      .minor(try invoice.amountPaid()), .minor(remaining), .minor(credited), .minor(refunded),
      .bool(try invoice.isOverdue(at: asOf)),
    ]
  }

  private static let documentFields = FieldNames(
    .seller, .buyer, .purchaseOrder, .subtotal, .lines, .taxes, .paymentTerms, .plans, .partners)

  private static func document(_ document: InvoiceDocument) throws -> [TemplateValue] {
    try [
      party(document.seller), party(document.buyer), .text(document.purchaseOrder), .money(document.subtotal),
      ChargeValues.lines(document.lines), .list(document.taxes.map(tax)), .text(document.paymentTerms),
      .list(document.plans.map(InvoiceBreakdownValues.plan)),
      .list(document.partners.map(InvoiceBreakdownValues.partner)),
    ]
  }

  private static let historyFields = FieldNames(
    .finalizedAt, .payments, .refunds, .creditNotes, .voidedAt, .voidReason, .writtenOffAt,
    .writeOffReason)

  private static func history(_ invoice: Invoice) -> [TemplateValue] {
    [
      .instant(invoice.finalizedAt), .list(invoice.payments.map(payment)),
      .list(invoice.refunds.map(refund)), .list(invoice.creditNotes.map(creditNote)),
      .instant(invoice.void?.at), .text(invoice.void?.reason), .instant(invoice.writeOff?.at),
      .text(invoice.writeOff?.reason),
    ]
  }

  private static let partyFields = FieldNames(.name, .addressLines, .country, .taxIds, .email)
  private static let taxIDFields = FieldNames(.type, .value)

  private static func party(_ party: Party?) -> TemplateValue {
    guard let party else { return .null }
    return partyFields.row(
      .text(party.name), .list(party.addressLines.map { .text($0) }), .text(party.country),
      .list(party.taxIDs.map { taxIDFields.row(.text($0.type), .text($0.value)) }), .text(party.email))
  }

  private static let taxFields = FieldNames(
    .category, .rate, .reason, .taxable, .amount, .taxableMinor, .amountMinor)

  private static func tax(_ tax: TaxLine) -> TemplateValue {
    taxFields.row(
      .text(tax.treatment.category.rawValue), .rate(tax.treatment.rate), .text(tax.treatment.reason),
      .money(tax.taxable), .money(tax.amount), .minor(tax.taxable), .minor(tax.amount))
  }

  private static let paymentFields = FieldNames(
    .outcome, .amount, .amountMinor, .at, .paymentMethod, .failureReason, .retryDate)

  private static func payment(_ payment: Payment) -> TemplateValue {
    paymentFields.row(
      .text(payment.outcome.rawValue), .money(payment.amount), .minor(payment.amount), .instant(payment.at),
      .text(payment.method), .text(payment.failureReason), .day(of: payment.retryDate))
  }

  private static let refundFields = FieldNames(.id, .amount, .amountMinor, .refundedAt, .reason)

  private static func refund(_ refund: Refund) -> TemplateValue {
    refundFields.row(
      .text(refund.id.text), .money(refund.amount), .minor(refund.amount), .instant(refund.refundedAt),
      .text(refund.reason))
  }

  private static let creditNoteFields = FieldNames(
    .id, .number, .amount, .amountMinor, .issuedAt, .reason, .isEffective)

  private static func creditNote(_ note: CreditNote) -> TemplateValue {
    creditNoteFields.row(
      .text(note.id.text), .text(note.number), .money(note.amount), .minor(note.amount),
      .instant(note.issuedAt), .text(note.reason), .bool(note.isEffective))
  }
}

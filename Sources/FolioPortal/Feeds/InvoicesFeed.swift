import FolioBilling
import Templating

/// `GET invoices`: what was invoiced, and what became of it; the newest first.
enum InvoicesFeed {
  static func object(_ facts: PortalFacts) throws -> TemplateObject {
    TemplateObject([
      "data": .list(try facts.invoices.map { .object(try invoice($0, at: facts.statement.asOf)) })
    ])
  }

  /// One invoice with the API's fields first.
  static func invoice(_ invoice: Invoice, at asOf: Timestamp) throws -> TemplateObject {
    try documented(invoice).adding(amounts(invoice, at: asOf)).adding(document(invoice.document)).adding(
      history(invoice))
  }

  private static func documented(_ invoice: Invoice) throws -> TemplateObject {
    let document = invoice.document
    return TemplateObject([
      "id": .text(invoice.id.text),
      "number": .text(document.number),
      "status": .text(try invoice.status().rawValue),
      "amount_due": .money(document.amountDue),
      "amount_paid": .money(try invoice.amountPaid()),
      "currency": .text(document.currency.lowercaseCode),
      "period_start": .day(of: document.period.start),
      "period_end": .day(of: document.period.inclusiveEnd),
      "created": .day(of: document.created),
      "due_date": .day(of: document.dueDate),
      "paid_at": .day(of: try invoice.paidAt()),
    ])
  }

  private static func amounts(
    _ invoice: Invoice, at asOf: Timestamp
  ) throws -> KeyValuePairs<String, TemplateValue> {
    let remaining = try invoice.amountRemaining()
    return [
      "amount_remaining": .money(remaining),
      "amount_credited": .money(try invoice.amountCredited()),
      "amount_refunded": .money(try invoice.amountRefunded()),
      "amount_due_minor": .minor(invoice.document.amountDue),
      "amount_paid_minor": .minor(try invoice.amountPaid()),
      "amount_remaining_minor": .minor(remaining),
      "amount_credited_minor": .minor(try invoice.amountCredited()),
      "amount_refunded_minor": .minor(try invoice.amountRefunded()),
      "is_overdue": .bool(try invoice.isOverdue(at: asOf)),
    ]
  }

  private static func document(_ document: InvoiceDocument) -> KeyValuePairs<String, TemplateValue> {
    [
      "seller": party(document.seller),
      "buyer": party(document.buyer),
      "purchase_order": .text(document.purchaseOrder),
      "subtotal": .money(document.subtotal),
      "lines": .list(document.lines.map(ChargeValues.line)),
      "taxes": .list(document.taxes.map(tax)),
      "payment_terms": .text(document.paymentTerms),
    ]
  }

  private static func history(_ invoice: Invoice) -> KeyValuePairs<String, TemplateValue> {
    [
      "finalized_at": .instant(invoice.finalizedAt),
      "payments": .list(invoice.payments.map(payment)),
      "refunds": .list(invoice.refunds.map(refund)),
      "credit_notes": .list(invoice.creditNotes.map(creditNote)),
      "voided_at": .instant(invoice.void?.at),
      "void_reason": .text(invoice.void?.reason),
      "written_off_at": .instant(invoice.writeOff?.at),
      "write_off_reason": .text(invoice.writeOff?.reason),
    ]
  }

  private static func party(_ party: Party?) -> TemplateValue {
    guard let party else { return .null }
    return .fields([
      "name": .text(party.name),
      "address_lines": .list(party.addressLines.map { .text($0) }),
      "country": .text(party.country),
      "tax_ids": .list(party.taxIDs.map { .fields(["type": .text($0.type), "value": .text($0.value)]) }),
      "email": .text(party.email),
    ])
  }

  private static func tax(_ tax: TaxLine) -> TemplateValue {
    .fields([
      "category": .text(tax.treatment.category.rawValue),
      "rate": .rate(tax.treatment.rate),
      "reason": .text(tax.treatment.reason),
      "taxable": .money(tax.taxable),
      "amount": .money(tax.amount),
      "taxable_minor": .minor(tax.taxable),
      "amount_minor": .minor(tax.amount),
    ])
  }

  private static func payment(_ payment: Payment) -> TemplateValue {
    .fields([
      "outcome": .text(payment.outcome.rawValue),
      "amount": .money(payment.amount),
      "amount_minor": .minor(payment.amount),
      "at": .instant(payment.at),
      "payment_method": .text(payment.method),
      "failure_reason": .text(payment.failureReason),
      "retry_date": .day(of: payment.retryDate),
    ])
  }

  private static func refund(_ refund: Refund) -> TemplateValue {
    .fields([
      "id": .text(refund.id.text),
      "amount": .money(refund.amount),
      "amount_minor": .minor(refund.amount),
      "refunded_at": .instant(refund.refundedAt),
      "reason": .text(refund.reason),
    ])
  }

  private static func creditNote(_ note: CreditNote) -> TemplateValue {
    .fields([
      "id": .text(note.id.text),
      "number": .text(note.number),
      "amount": .money(note.amount),
      "amount_minor": .minor(note.amount),
      "issued_at": .instant(note.issuedAt),
      "reason": .text(note.reason),
      "is_effective": .bool(note.isEffective),
    ])
  }
}

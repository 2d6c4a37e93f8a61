import FolioBilling
import Templating

/// What happened to an invoice, in order of time; what has no time comes last.
struct InvoiceHistory {
  private static let names = FieldNames(.at, .text, .note, .amount)

  let invoice: Invoice
  let messages: MessageCatalog

  private struct Entry {
    let at: Timestamp?
    let text: TemplateValue
    let note: TemplateValue
    let amount: Money?
  }

  func rows() throws -> [TemplateValue] {
    let entries =
      try [entry(invoice.finalizedAt, "finalized", nil, note: nil)] + invoice.payments.map(payment)
      + invoice.refunds.map { try entry($0.refundedAt, "refund", $0.amount, note: $0.reason) }
      + invoice.creditNotes.map(creditNote) + closings()
    let sorted = entries.enumerated().sorted { left, right in
      guard left.element.at != right.element.at else { return left.offset < right.offset }
      guard let first = left.element.at, let second = right.element.at else { return left.element.at != nil }
      return first < second
    }
    return sorted.map { row($0.element) }
  }

  private func row(_ entry: Entry) -> TemplateValue {
    Self.names.row(.day(of: entry.at), entry.text, entry.note, .money(entry.amount))
  }

  private func entry(_ at: Timestamp?, _ key: String, _ amount: Money?, note: String?) throws -> Entry {
    Entry(
      at: at, text: try messages.sentence("invoices.history.\(key)"), note: .longText(note), amount: amount)
  }

  private func payment(_ payment: Payment) throws -> Entry {
    if payment.outcome == .failed { return try failedPayment(payment) }
    let method = try payment.method.map(PaymentWords(messages: messages).method)
    let text =
      try method.map { try messages.sentence("invoices.history.paid_by", ["method": $0]) }
      ?? messages.sentence("invoices.history.paid")
    return Entry(at: payment.at, text: text, note: .null, amount: payment.amount)
  }

  private func failedPayment(_ payment: Payment) throws -> Entry {
    let reason = try payment.failureReason.map(PaymentWords(messages: messages).failure)
    let text =
      try reason.map { try messages.sentence("invoices.history.failed_because", ["reason": $0]) }
      ?? messages.sentence("invoices.history.failed")
    let note =
      try payment.retryDate.map { try messages.sentence("invoices.history.retry", ["date": .day(of: $0)]) }
      ?? .null
    return Entry(at: payment.at, text: text, note: note, amount: payment.amount)
  }

  private func creditNote(_ note: CreditNote) throws -> Entry {
    let key = note.isEffective ? "credit_note" : "credit_note_without_effect"
    return Entry(
      at: note.issuedAt,
      text: try messages.sentence("invoices.history.\(key)", ["number": .text(note.number)]),
      note: .longText(note.reason), amount: note.amount)
  }

  private func closings() throws -> [Entry] {
    let void = try invoice.void.map { try entry($0.at, "void", nil, note: $0.reason) }
    let writeOff = try invoice.writeOff.map { try entry($0.at, "write_off", nil, note: $0.reason) }
    return [void, writeOff].compactMap(\.self)
  }
}

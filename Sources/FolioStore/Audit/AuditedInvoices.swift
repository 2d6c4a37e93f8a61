import FolioBilling

/// What is known of an invoice: its frozen document, and what has happened so far.
struct AuditedInvoice {
  /// What makes one attempt to pay one effect, as in the table of payments.
  fileprivate struct PaymentKey: Hashable {
    let outcome: StoredOutcome
    let time: Timestamp?
    let minorUnits: Int64
  }

  let document: InvoiceDocument
  fileprivate var finalizedAt: Timestamp?
  fileprivate var payments: [PaymentKey: InvoicePayments.Row] = [:]
  fileprivate var refunds: [RefundID: Refund] = [:]
  fileprivate var creditNotes: [CreditNoteID: CreditNote] = [:]
  fileprivate var void: InvoiceClosing?
  fileprivate var writeOff: InvoiceClosing?

  init(_ document: InvoiceDocument) { self.document = document }

  /// The invoice as what is known makes it; order within a kind does not matter to its sums.
  private func invoice(_ id: InvoiceID) throws(ArithmeticOverflow) -> Invoice {
    let rows = InvoicePayments(rows: Array(payments.values))
    let notes = creditNotes.values.sorted { ($0.issuedAt, $0.id) < ($1.issuedAt, $1.id) }
    return Invoice(
      id: id, document: document, finalizedAt: finalizedAt ?? document.created,
      payments: try rows.payments(in: document.currency), refunds: Array(refunds.values),
      creditNotes: InvoiceFinalized.effective(notes, of: document.amountDue), void: void, writeOff: writeOff)
  }

  /// Status and balance; before the invoice is final only what was paid towards it.
  fileprivate func data(_ id: InvoiceID) throws(ArithmeticOverflow) -> AuditData {
    let invoice = try invoice(id)
    let isFinal = finalizedAt != nil
    return AuditData([
      (.status, isFinal ? .code(try invoice.status().rawValue) : nil),
      (.amountRemaining, isFinal ? .money(try invoice.amountRemaining()) : nil),
      (.amountPaid, .money(try invoice.amountPaid())),
      (.amountCredited, .money(try invoice.amountCredited())),
      (.amountRefunded, .money(try invoice.amountRefunded())),
    ])
  }
}

extension AuditState {
  /// Changes an invoice and gives what that comes to.
  fileprivate mutating func change(
    _ id: InvoiceID, details: AuditData, _ change: (inout AuditedInvoice) -> Void
  ) throws -> AuditDraft {
    let known = try invoice(id)
    var invoice = known
    change(&invoice)
    invoices[id] = invoice
    return AuditDraft(
      .invoice(id), name: invoice.document.number,
      isFirst: known.finalizedAt == nil && invoice.finalizedAt != nil, from: try known.data(id),
      to: try invoice.data(id), details: details)
  }

  /// An amount in an invoice's currency, as a detail and as money; no money where it has too many digits.
  fileprivate func amount(
    _ decimal: ExactDecimal, of id: InvoiceID
  ) throws(StoredValueError) -> (detail: AuditValue, money: Money?) {
    let money = amount(decimal, in: try invoice(id).document.currency)
    return (money.map { .money($0) } ?? .decimal(decimal), money)
  }
}

extension InvoiceFinalized {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    try Self.audited(invoiceID, in: &state, key)
  }

  /// An invoice is final once: what is said of it again changes nothing.
  static func audited(
    _ invoiceID: InvoiceID, in state: inout AuditState, _ key: EventKey
  ) throws -> AuditDraft {
    let frozen = try state.invoice(invoiceID).document
    let instant = try storedInstant(key.time)
    let details = AuditData([
      (.amount, .money(frozen.amountDue)), (.periodStart, .date(frozen.period.start.date)),
      (.periodEnd, .date(frozen.period.inclusiveEnd.date)), (.dueDate, .date(frozen.dueDate.date)),
    ])
    return try state.change(invoiceID, details: details) { invoice in
      invoice.finalizedAt = invoice.finalizedAt ?? instant
    }
  }
}

extension PaymentAttempted {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let (detail, money) = try state.amount(amount, of: invoiceID)
    let details = AuditData([
      (.amount, detail), (.isTotal, outcome == .stated ? .flag(true) : nil), (.paymentMethod, .text(method)),
      (.failureReason, .code(failureReason)),
      (.retryDate, .instant(retryDate)),
    ])
    return try state.change(invoiceID, details: details) { invoice in
      guard let money else { return }
      let key = AuditedInvoice.PaymentKey(
        outcome: outcome, time: naturalTime, minorUnits: money.minorUnits)
      invoice.payments[key] = InvoicePayments.Row(
        outcome: outcome, amount: money.minorUnits, at: at, method: method, failureReason: failureReason,
        retryDate: retryDate)
    }
  }
}

extension PaymentRefunded {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let (detail, money) = try state.amount(amount, of: invoiceID)
    let details = AuditData([
      (.amount, detail), (.refundID, .text(refundID.text)), (.reason, .text(reason)),
    ])
    return try state.change(invoiceID, details: details) { invoice in
      guard let money else { return }
      invoice.refunds[refundID] = Refund(id: refundID, amount: money, refundedAt: refundedAt, reason: reason)
    }
  }
}

extension CreditNoteIssued {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let (detail, money) = try state.amount(amount, of: invoiceID)
    let details = AuditData([
      (.amount, detail), (.creditNoteNumber, .text(number)), (.reason, .text(reason)),
    ])
    return try state.change(invoiceID, details: details) { invoice in
      guard let money else { return }
      invoice.creditNotes[creditNoteID] = CreditNote(
        id: creditNoteID, number: number, amount: money, issuedAt: issuedAt, reason: reason)
    }
  }
}

extension InvoiceClosed {
  func audited(in state: inout AuditState, _ key: EventKey) throws -> AuditDraft? {
    let closing = InvoiceClosing(at: at, reason: reason)
    return try state.change(invoiceID, details: AuditData([(.reason, .text(reason))])) { invoice in
      if kind == "void" { invoice.void = closing } else { invoice.writeOff = closing }
    }
  }
}

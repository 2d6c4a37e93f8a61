package import FolioBilling
import FolioRating
import FolioStore
import JSON

extension InvoiceCorrections {
  /// What a credit note says.
  package struct CreditNoteRequest: Sendable {
    package let invoice: InvoiceID
    package let amount: ExactDecimal
    package let reason: String?
    /// Nil makes one from the number.
    package let id: CreditNoteID?
    package let issueTime: IssueTime

    package init(
      invoice: InvoiceID, amount: ExactDecimal, reason: String? = nil, id: CreditNoteID? = nil,
      issueTime: IssueTime
    ) {
      self.invoice = invoice
      self.amount = amount
      self.reason = reason
      self.id = id
      self.issueTime = issueTime
    }
  }

  /// Issues a credit note with the next number of its series, never above what is left of the invoice.
  ///
  /// - Throws: `InvoicingError`, `DecimalError`.
  package func issueCreditNote(
    _ request: CreditNoteRequest, _ settings: InvoicingSettings
  ) throws -> RecordingOutcome<CreditNote> {
    try change(request.invoice, origin: "folio credit-note issue") { invoice, customer, log in
      let amount = try Money(positive: request.amount, currency: invoice.document.currency)
      if let known = try knownNote(request, amount, customer, log.reader) { return .known(known) }
      if invoice.void != nil { throw InvoicingError.invoiceIsVoid(invoice.id) }
      let left = try invoice.document.amountDue.subtracting(invoice.amountCredited())
      if amount.minorUnits > left.minorUnits {
        throw InvoicingError.aboveWhatCanBeCredited(invoice.id, amount: amount, left: left)
      }
      return .recorded(try issue(amount, request, invoice, customer, settings, log))
    }
  }

  /// The credit note that the request names, when it says the same.
  private func knownNote(
    _ request: CreditNoteRequest, _ amount: Money, _ customer: CustomerID, _ reader: StatementReader
  ) throws -> CreditNote? {
    guard let id = request.id else { return nil }
    for invoice in try reader.invoices(of: customer) {
      guard let note = invoice.creditNotes.first(where: { $0.id == id }) else { continue }
      let isSame =
        invoice.id == request.invoice && note.amount == amount
        && note.reason.map { Array($0.utf8) } == request.reason.map { Array($0.utf8) }
        && request.issueTime.agrees(with: note.issuedAt)
      guard isSame else { throw InvoicingError.otherCreditNote(id) }
      return note
    }
    return nil
  }

  private func issue(
    _ amount: Money, _ request: CreditNoteRequest, _ invoice: Invoice, _ customer: CustomerID,
    _ settings: InvoicingSettings, _ log: EventLog
  ) throws -> CreditNote {
    try settings.checkSeries(in: request.issueTime.instant.date.components.year)
    var numbers = DocumentNumbers(.creditNote, settings.creditNoteNumbers)
    let (number, date) = try numbers.next(at: request.issueTime, reading: log.reader)
    try invoice.checkIsNotAfter(date)
    let id = request.id ?? InvoiceIdentity.creditNote(number)
    let data = eventData([
      ("credit_note_id", .string(id.text)), ("invoice_id", .string(invoice.id.text)),
      ("number", .string(number)), ("amount", amount.json), ("issued_at", .string(date.text)),
      ("reason", request.reason.map { .string($0) }),
    ])
    let event = InvoiceIdentity.event("credit_note", invoice.id, id.text)
    try log.take(FolioEvent.make(.creditNoteIssued, event, at: date, of: customer, data, source: source))
    return CreditNote(id: id, number: number, amount: amount, issuedAt: date, reason: request.reason)
  }
}

extension IssueTime {
  /// Whether a document of that date may be the one meant.
  fileprivate func agrees(with date: Timestamp) -> Bool {
    switch self {
    case .exactly(let instant): instant == date
    case .now: true
    }
  }
}

extension InvoicingSettings {
  fileprivate func checkSeries(in year: Int) throws(InvoicingError) {
    let prefix = creditNoteNumbers.prefix(year: year)
    if prefix.utf8.elementsEqual(invoiceNumbers.prefix(year: year).utf8) {
      throw .seriesShared(prefix: prefix)
    }
  }
}

package import FolioBilling
import FolioRating
package import FolioStore
import JSON

/// Whether something changed.
package enum RecordingOutcome<Value: Sendable>: Sendable {
  case recorded(Value)
  /// The store says just that already: nothing changed.
  case known(Value)
}

/// What happens to an issued invoice by the operator's hand: one event each, checked in its own transaction.
package struct InvoiceCorrections {
  private let store: BillingStore
  let source: String
  private let receivedAt: Timestamp

  package init(store: BillingStore, source: String = commandSource, receivedAt: Timestamp) {
    self.store = store
    self.source = source
    self.receivedAt = receivedAt
  }

  /// Voids an invoice of which nothing was paid or credited.
  ///
  /// - Throws: `InvoicingError`.
  package func void(
    _ id: InvoiceID, at time: Timestamp, reason: String?
  ) throws -> RecordingOutcome<Invoice> {
    try change(id, origin: "folio invoice void") { invoice, customer, log in
      if invoice.void != nil { return .known(invoice) }
      let (paid, credited) = (try invoice.amountPaid(), try invoice.amountCredited())
      if !paid.isZero || !credited.isZero {
        throw InvoicingError.alreadySettledInPart(id, paid: paid, credited: credited)
      }
      try invoice.checkIsNotAfter(time)
      let data = eventData([
        ("invoice_id", .string(id.text)), ("voided_at", .string(time.text)),
        ("reason", reason.map { .string($0) }),
      ])
      try log.take(
        FolioEvent.make(
          .invoiceVoided, InvoiceIdentity.event("voided", id), at: time, of: customer, data, source: source))
      return .recorded(invoice)
    }
  }

  /// Records a payment; the same payment again (instant and amount) changes nothing.
  ///
  /// - Throws: `InvoicingError`, `DecimalError` for an amount that the invoice's currency does not have.
  package func recordPayment(
    of amount: ExactDecimal, for id: InvoiceID, paidAt: Timestamp, method: String?, allowsOverpayment: Bool
  ) throws -> RecordingOutcome<Invoice> {
    try change(id, origin: "folio payment record") { invoice, customer, log in
      let money = try Money(positive: amount, currency: invoice.document.currency)
      if invoice.hasPayment(of: money, at: paidAt) { return .known(invoice) }
      if invoice.void != nil { throw InvoicingError.invoiceIsVoid(id) }
      let due = try invoice.amountUnsettled()
      if money.minorUnits > due.minorUnits, !allowsOverpayment {
        throw InvoicingError.aboveWhatIsDue(id, amount: money, due: due)
      }
      let data = eventData([
        ("invoice_id", .string(id.text)), ("amount_paid", money.json),
        ("payment_method", method.map { .string($0) }), ("paid_at", .string(paidAt.text)),
      ])
      let event = InvoiceIdentity.event("payment", id, "\(paidAt.text) \(money.minorUnits)")
      try log.take(
        FolioEvent.make(.paymentSucceeded, event, at: paidAt, of: customer, data, source: source))
      return .recorded(invoice)
    }
  }

  /// Runs `body` on an invoice inside one write transaction.
  func change<Value>(
    _ id: InvoiceID, origin: String,
    _ body: (Invoice, CustomerID, EventLog) throws -> RecordingOutcome<Value>
  ) throws -> RecordingOutcome<Value> {
    try store.write(receivedAt: receivedAt, origin: origin) { log in
      guard let found = try log.reader.invoice(id) else { throw InvoicingError.unknownInvoice(id) }
      return try body(found.invoice, found.customer, log)
    }
  }
}

extension Money {
  init(positive amount: ExactDecimal, currency: Currency) throws {
    try self.init(amount, currency: currency)
    if minorUnits <= 0 { throw InvoicingError.amountNotPositive }
  }
}

extension Invoice {
  /// What neither payments nor credit notes have settled, whether or not it was written off.
  fileprivate func amountUnsettled() throws(ArithmeticOverflow) -> Money {
    try document.amountDue.subtracting(amountPaid()).subtracting(amountCredited())
      .greatest(.zero(document.currency))
  }

  fileprivate func hasPayment(of amount: Money, at instant: Timestamp) -> Bool {
    payments.contains { $0.outcome == .succeeded && $0.amount == amount && $0.at == instant }
  }

  func checkIsNotAfter(_ instant: Timestamp) throws(InvoicingError) {
    if instant < finalizedAt { throw .datedBeforeInvoice(id, finalizedAt: finalizedAt) }
  }
}

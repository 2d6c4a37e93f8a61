import FolioBilling
import SQLite

extension InvoiceFinalized {
  /// A customer's invoices with all that happened to them, in order of creation.
  static func load(of customer: CustomerID, from connection: Connection) throws -> [Invoice] {
    let payments = try loadPayments(of: customer, from: connection)
    let refunds = try loadRefunds(of: customer, from: connection)
    let notes = try loadCreditNotes(of: customer, from: connection)
    let closings = try loadClosings(of: customer, from: connection)
    return try connection.statement(
      """
      SELECT invoice_id, document, event_time FROM invoices
      WHERE customer_id = ? ORDER BY created, invoice_id
      """
    ).rows([.text(customer.text)]) { row in
      let id: InvoiceID = try storedIdentifier(row.text(0), "invoices.invoice_id")
      let document = try InvoiceDocument(storedFields("invoices.document", row.text(1)))
      return Invoice(
        id: id, document: document, finalizedAt: try storedInstant(row.integer(2)),
        payments: try (payments[id] ?? InvoicePayments()).payments(in: document.currency),
        refunds: (refunds[id] ?? []).map { $0(document.currency) },
        creditNotes: effective((notes[id] ?? []).map { $0(document.currency) }, of: document.amountDue),
        void: closings[id]?["void"], writeOff: closings[id]?["write_off"])
    }
  }

  /// Marks those credit notes that, in order of issue, still fit into the invoice.
  static func effective(_ notes: [CreditNote], of due: Money) -> [CreditNote] {
    var left = due.minorUnits
    return notes.map { note in
      let fits = note.amount.minorUnits <= left
      if fits { left -= note.amount.minorUnits }
      return CreditNote(
        id: note.id, number: note.number, amount: note.amount, issuedAt: note.issuedAt, reason: note.reason,
        isEffective: fits, recordedAt: note.recordedAt)
    }
  }

  /// A row whose amount waits for the invoice's currency.
  private typealias InCurrency<Value> = (Currency) -> Value

  private static func loadPayments(
    of customer: CustomerID, from connection: Connection
  ) throws -> [InvoiceID: InvoicePayments] {
    var payments: [InvoiceID: InvoicePayments] = [:]
    try connection.statement(
      """
      SELECT invoice_id, outcome, amount, at, method, failure_reason, retry_date, event_time FROM payments
      WHERE customer_id = ? ORDER BY invoice_id, natural_time, outcome, amount
      """
    ).forEach([.text(customer.text)]) { row in
      let id: InvoiceID = try storedIdentifier(row.text(0), "payments.invoice_id")
      payments[id, default: InvoicePayments()].rows.append(
        InvoicePayments.Row(
          outcome: try storedChoice(row.text(1), "payments.outcome"), amount: try row.integer(2),
          at: try row.optionalInteger(3).map(storedInstant), method: try row.optionalText(4),
          failureReason: try row.optionalText(5), retryDate: try row.optionalInteger(6).map(storedInstant),
          recordedAt: try storedEventTime(row.integer(7))))
    }
    return payments
  }

  private static func loadRefunds(
    of customer: CustomerID, from connection: Connection
  ) throws -> [InvoiceID: [InCurrency<Refund>]] {
    var refunds: [InvoiceID: [InCurrency<Refund>]] = [:]
    _ = try connection.statement(
      """
      SELECT invoice_id, refund_id, amount, refunded_at, reason, event_time FROM refunds
      WHERE customer_id = ? ORDER BY invoice_id, refunded_at, refund_id
      """
    ).rows([.text(customer.text)]) { row in
      let invoice: InvoiceID = try storedIdentifier(row.text(0), "refunds.invoice_id")
      let id: RefundID = try storedIdentifier(row.text(1), "refunds.refund_id")
      let (amount, at) = (try row.integer(2), try storedInstant(row.integer(3)))
      let (reason, recordedAt) = (try row.optionalText(4), try storedEventTime(row.integer(5)))
      refunds[invoice, default: []].append { currency in
        Refund(
          id: id, amount: Money(minorUnits: amount, currency: currency), refundedAt: at, reason: reason,
          recordedAt: recordedAt)
      }
    }
    return refunds
  }

  private static func loadCreditNotes(
    of customer: CustomerID, from connection: Connection
  ) throws -> [InvoiceID: [InCurrency<CreditNote>]] {
    var notes: [InvoiceID: [InCurrency<CreditNote>]] = [:]
    _ = try connection.statement(
      """
      SELECT invoice_id, credit_note_id, number, amount, issued_at, reason, event_time FROM credit_notes
      WHERE customer_id = ? ORDER BY invoice_id, issued_at, credit_note_id
      """
    ).rows([.text(customer.text)]) { row in
      let invoice: InvoiceID = try storedIdentifier(row.text(0), "credit_notes.invoice_id")
      let id: CreditNoteID = try storedIdentifier(row.text(1), "credit_notes.credit_note_id")
      let (number, amount) = (try row.text(2), try row.integer(3))
      let (at, reason) = (try storedInstant(row.integer(4)), try row.optionalText(5))
      let recordedAt = try storedEventTime(row.integer(6))
      notes[invoice, default: []].append { currency in
        CreditNote(
          id: id, number: number, amount: Money(minorUnits: amount, currency: currency), issuedAt: at,
          reason: reason, recordedAt: recordedAt)
      }
    }
    return notes
  }

  private static func loadClosings(
    of customer: CustomerID, from connection: Connection
  ) throws -> [InvoiceID: [String: InvoiceClosing]] {
    var closings: [InvoiceID: [String: InvoiceClosing]] = [:]
    _ = try connection.statement(
      "SELECT invoice_id, kind, at, reason, event_time FROM invoice_closings WHERE customer_id = ?"
    )
    .rows([.text(customer.text)]) { row in
      let id: InvoiceID = try storedIdentifier(row.text(0), "invoice_closings.invoice_id")
      closings[id, default: [:]][try row.text(1)] = InvoiceClosing(
        at: try storedInstant(row.integer(2)), reason: try row.optionalText(3),
        recordedAt: try storedEventTime(row.integer(4)))
    }
    return closings
  }
}

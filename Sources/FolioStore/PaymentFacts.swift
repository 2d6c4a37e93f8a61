import FolioBilling
import SQLite

/// `billing.payment_succeeded` and `billing.payment_failed`: one attempt to pay an invoice.
///
/// The natural key (invoice, outcome, instant, amount) makes one attempt one effect, whoever reports it.
struct PaymentAttempted: FactOfInvoice {
  let outcome: StoredOutcome
  let invoiceID: InvoiceID
  let amount: ExactDecimal
  /// The instant that tells attempts apart: `paid_at`, of a failed one `retry_date`, else `failed_at`.
  let naturalTime: Timestamp?
  let at: Timestamp?
  let method: String?
  let failureReason: String?
  let retryDate: Timestamp?

  init(succeeded fields: FieldReader, time: Timestamp?) throws(FieldError) {
    let isTotal = try fields.optionalBool("is_total") ?? false
    outcome = isTotal ? .stated : .succeeded
    invoiceID = try fields.identifier("invoice_id")
    amount = try fields.positiveDecimal("amount_paid")
    method = try fields.optionalText("payment_method", mostBytes: 64)
    at = try fields.optionalTimestamp("paid_at") ?? time
    naturalTime = isTotal ? nil : at
    if !isTotal, at == nil { throw fields.fail("paid_at", .timestamp) }
    (failureReason, retryDate) = (nil, nil)
  }

  init(failed fields: FieldReader, time: Timestamp?) throws(FieldError) {
    outcome = .failed
    invoiceID = try fields.identifier("invoice_id")
    amount = try fields.positiveDecimal("amount")
    method = try fields.optionalText("payment_method", mostBytes: 64)
    failureReason = try fields.optionalText("failure_reason", mostBytes: 256)
    retryDate = try fields.optionalTimestamp("retry_date")
    at = try fields.optionalTimestamp("failed_at") ?? time
    naturalTime = retryDate ?? at
  }

  var factTime: Timestamp? { at }

  func write(_ writer: FactWriter) throws {
    let customer = try owner(in: writer.connection)
    let due = try InvoiceFinalized.amountDue(of: invoiceID, in: writer.connection)
    let path = outcome == .failed ? "data.amount" : "data.amount_paid"
    let money = try money(amount, path, due.currency)
    try writer.keepLatest(
      in: "payments",
      key: [
        ("customer_id", .text(customer.text)), ("invoice_id", .text(invoiceID.text)),
        ("outcome", .text(outcome.rawValue)),
        ("natural_time", .integer(naturalTime?.nanosecondsSinceEpoch ?? 0)),
        ("amount", .integer(money.minorUnits)),
      ],
      [
        ("at", .instant(at)), ("method", .optional(method)), ("failure_reason", .optional(failureReason)),
        ("retry_date", .instant(retryDate)),
      ])
  }
}

/// What a row of payments says.
enum StoredOutcome: String {
  case succeeded
  case failed
  /// All that was paid so far, as a source states it without telling the payments apart.
  case stated
}

/// `billing.payment_refunded`: money given back.
struct PaymentRefunded: FactOfInvoice {
  let refundID: RefundID
  let invoiceID: InvoiceID
  let amount: ExactDecimal
  let refundedAt: Timestamp
  let reason: String?

  init(_ fields: FieldReader, time: Timestamp?) throws(FieldError) {
    refundID = try fields.identifier("refund_id")
    invoiceID = try fields.identifier("invoice_id")
    amount = try fields.positiveDecimal("amount")
    reason = try fields.optionalText("reason")
    guard let instant = try fields.optionalTimestamp("refunded_at") ?? time else {
      throw fields.fail("refunded_at", .timestamp)
    }
    refundedAt = instant
  }

  var factTime: Timestamp? { refundedAt }

  func write(_ writer: FactWriter) throws {
    let customer = try owner(in: writer.connection)
    let due = try InvoiceFinalized.amountDue(of: invoiceID, in: writer.connection)
    let money = try money(amount, "data.amount", due.currency)
    try writer.keepLatest(
      in: "refunds", key: [("customer_id", .text(customer.text)), ("refund_id", .text(refundID.text))],
      [
        ("invoice_id", .text(invoiceID.text)), ("amount", .integer(money.minorUnits)),
        ("refunded_at", .instant(refundedAt)), ("reason", .optional(reason)),
      ])
  }
}

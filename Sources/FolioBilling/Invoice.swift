/// An invoice as it was frozen, and what happened to it since.
///
/// A class, since pages and feeds hand invoices on and on, and a copy would retain each field of its own.
package final class Invoice: Hashable, Sendable {
  package let id: InvoiceID
  package let document: InvoiceDocument
  /// When it was finalised, by the event.
  package let finalizedAt: Timestamp
  /// Successful and failed attempts in order of time.
  package let payments: [Payment]
  package let refunds: [Refund]
  /// In order of issue.
  package let creditNotes: [CreditNote]
  package let void: InvoiceClosing?
  package let writeOff: InvoiceClosing?

  package init(
    id: InvoiceID, document: InvoiceDocument, finalizedAt: Timestamp, payments: [Payment] = [],
    refunds: [Refund] = [], creditNotes: [CreditNote] = [], void: InvoiceClosing? = nil,
    writeOff: InvoiceClosing? = nil
  ) {
    self.id = id
    self.document = document
    self.finalizedAt = finalizedAt
    self.payments = payments
    self.refunds = refunds
    self.creditNotes = creditNotes
    self.void = void
    self.writeOff = writeOff
  }

  package static func == (left: Invoice, right: Invoice) -> Bool {
    left === right
      || left.id == right.id && left.document == right.document && left.finalizedAt == right.finalizedAt
        && left.payments == right.payments && left.refunds == right.refunds
        && left.creditNotes == right.creditNotes && left.void == right.void
        && left.writeOff == right.writeOff
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// Everything that an invoice's document prints: no later event, configuration or rename changes it.
package struct InvoiceDocument: Hashable, Sendable {
  package let number: String
  package let currency: Currency
  /// The original amount, tax included.
  package let amountDue: Money
  package let period: BillingPeriod
  package let created: Timestamp
  package let dueDate: Timestamp
  package let seller: Party?
  package let buyer: Party?
  package let purchaseOrder: String?
  /// Empty when the source gave only the total.
  package let lines: [ChargeLine]
  package let taxes: [TaxLine]
  /// The sum of the lines; nil when the source gave only the total.
  package let subtotal: Money?
  /// Terms of payment in the operator's words.
  package let paymentTerms: String?
  /// The plans that made the lines, in order of time; empty where nobody said.
  package let plans: [InvoicedPlan]
  /// Whose messages and fees are behind the lines of the invoice's own period; empty where nobody said.
  package let partners: [InvoicedPartner]

  package init(
    number: String, currency: Currency, amountDue: Money, period: BillingPeriod, created: Timestamp,
    dueDate: Timestamp, seller: Party? = nil, buyer: Party? = nil, purchaseOrder: String? = nil,
    lines: [ChargeLine] = [], taxes: [TaxLine] = [], subtotal: Money? = nil, paymentTerms: String? = nil,
    plans: [InvoicedPlan] = [], partners: [InvoicedPartner] = []
  ) {
    self.number = number
    self.currency = currency
    self.amountDue = amountDue
    self.period = period
    self.created = created
    self.dueDate = dueDate
    self.seller = seller
    self.buyer = buyer
    self.purchaseOrder = purchaseOrder
    self.lines = lines
    self.taxes = taxes
    self.subtotal = subtotal
    self.paymentTerms = paymentTerms
    self.plans = plans
    self.partners = partners
  }
}

/// An attempt to pay an invoice.
package struct Payment: Hashable, Sendable {
  /// How the attempt ended.
  package enum Outcome: String, Sendable {
    case succeeded
    case failed
  }

  package let outcome: Outcome
  package let amount: Money
  /// When it was paid or tried; nil where the source did not say.
  package let at: Timestamp?
  /// `card_ending_4242`; nil when not said.
  package let method: String?
  /// `insufficient_funds`; only of a failed attempt.
  package let failureReason: String?
  /// When the next attempt is due; only of a failed attempt.
  package let retryDate: Timestamp?
  /// When the event that said so took place, nil where nothing dates it.
  package let recordedAt: Timestamp?

  package init(
    outcome: Outcome, amount: Money, at: Timestamp?, method: String? = nil, failureReason: String? = nil,
    retryDate: Timestamp? = nil, recordedAt: Timestamp? = nil
  ) {
    self.outcome = outcome
    self.amount = amount
    self.at = at
    self.method = method
    self.failureReason = failureReason
    self.retryDate = retryDate
    self.recordedAt = recordedAt
  }
}

/// Money given back after a payment.
package struct Refund: Hashable, Sendable {
  package let id: RefundID
  package let amount: Money
  package let refundedAt: Timestamp
  package let reason: String?
  /// When the event that said so took place, nil where nothing dates it.
  package let recordedAt: Timestamp?

  package init(
    id: RefundID, amount: Money, refundedAt: Timestamp, reason: String? = nil, recordedAt: Timestamp? = nil
  ) {
    self.id = id
    self.amount = amount
    self.refundedAt = refundedAt
    self.reason = reason
    self.recordedAt = recordedAt
  }
}

/// A correction of an invoice, numbered in its own series.
package struct CreditNote: Hashable, Sendable {
  package let id: CreditNoteID
  package let number: String
  package let amount: Money
  package let issuedAt: Timestamp
  package let reason: String?
  /// Whether it counts: notes that together would exceed their invoice do not, in order of issue.
  package let isEffective: Bool
  /// When the event that said so took place, nil where nothing dates it.
  package let recordedAt: Timestamp?

  package init(
    id: CreditNoteID, number: String, amount: Money, issuedAt: Timestamp, reason: String? = nil,
    isEffective: Bool = true, recordedAt: Timestamp? = nil
  ) {
    self.id = id
    self.number = number
    self.amount = amount
    self.issuedAt = issuedAt
    self.reason = reason
    self.isEffective = isEffective
    self.recordedAt = recordedAt
  }
}

/// The end of an invoice other than by payment.
package struct InvoiceClosing: Hashable, Sendable {
  package let at: Timestamp
  package let reason: String?
  /// When the event that said so took place, nil where nothing dates it.
  package let recordedAt: Timestamp?

  package init(at: Timestamp, reason: String? = nil, recordedAt: Timestamp? = nil) {
    self.at = at
    self.reason = reason
    self.recordedAt = recordedAt
  }
}

/// The state of an invoice, in the API's and the accountants' words.
package enum InvoiceStatus: String, Sendable, CaseIterable {
  case open
  case paid
  case void
  case uncollectible
}

extension Invoice {
  /// What was received: the sum of successful payments, gross.
  ///
  /// Money given back does not lower it; that stands beside it as `amountRefunded()`, on pages and in feeds.
  package func amountPaid() throws(ArithmeticOverflow) -> Money {
    try Money.sum(
      of: payments.lazy.filter { $0.outcome == .succeeded }.map(\.amount), in: document.currency)
  }

  /// What of the payments was given back.
  package func amountRefunded() throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: refunds.lazy.map(\.amount), in: document.currency)
  }

  package func amountCredited() throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: creditNotes.lazy.filter(\.isEffective).map(\.amount), in: document.currency)
  }

  /// What is still to be paid: never negative, and nothing once the invoice is void.
  ///
  /// A refund alone does not reopen an invoice that was paid or credited in full.
  package func amountRemaining() throws(ArithmeticOverflow) -> Money {
    let zero = Money.zero(document.currency)
    if void != nil || writeOff != nil { return zero }
    return try document.amountDue.subtracting(amountPaid()).subtracting(amountCredited()).greatest(zero)
  }

  /// The state; a successful payment in full beats whatever else happened but a void.
  package func status() throws(ArithmeticOverflow) -> InvoiceStatus {
    if void != nil { return .void }
    let settled = try amountPaid().adding(amountCredited())
    if settled.minorUnits >= document.amountDue.minorUnits { return .paid }
    return writeOff == nil ? .open : .uncollectible
  }

  /// When the payment that settled the invoice was made; nil while it is not settled by payments.
  package func paidAt() throws(ArithmeticOverflow) -> Timestamp? {
    guard try status() == .paid else { return nil }
    return payments.filter { $0.outcome == .succeeded }.compactMap(\.at).max()
  }

  /// Whether it is open and its due date has passed.
  package func isOverdue(at instant: Timestamp) throws(ArithmeticOverflow) -> Bool {
    try status() == .open && document.dueDate < instant
  }
}

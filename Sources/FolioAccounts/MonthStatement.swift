package import FolioBilling

/// What was invoiced, received and given back in a calendar month, by the dates of documents and payments.
package struct MonthStatement {
  package let month: CalendarMonth
  /// Dated in the month, void ones left out; in order of creation.
  package let invoices: [Invoice]
  /// Successful payments dated in the month with their invoices, in order of time; money received stays received when
  /// its invoice is voided later.
  package let payments: [(invoice: Invoice, payment: Payment)]
  /// Money given back in the month with its invoices, in order of time.
  package let refunds: [(invoice: Invoice, refund: Refund)]
  /// Effective credit notes issued in the month with their invoices, in order of issue.
  package let creditNotes: [(invoice: Invoice, note: CreditNote)]
  /// Tax included, in the customer's currency.
  package let invoiced: Money
  /// Refunds not taken off.
  package let received: Money
  package let refunded: Money
  package let credited: Money
  /// When it last changed, by what is in here and by the voids that took something out; nil when nothing ever was.
  package let changedAt: Timestamp?

  package init(_ month: CalendarMonth, of facts: AccountFacts) throws(ArithmeticOverflow) {
    let period = month.period
    let dated = facts.statement.invoices.filter { $0.isDated(in: period) }
    let valid = dated.filter { $0.void == nil }
    let invoices = valid.filter { period.contains($0.document.created) }
    let payments = dated.flatMap { invoice in
      invoice.payments(receivedIn: period).map { (invoice: invoice, payment: $0) }
    }
    let refunds = dated.flatMap { invoice in
      invoice.refunds(in: period).map { (invoice: invoice, refund: $0) }
    }
    let notes = valid.flatMap { invoice in
      invoice.creditNotes(issuedIn: period).map { (invoice: invoice, note: $0) }
    }
    let currency = facts.currency
    let ours = { (invoice: Invoice) in invoice.document.currency == currency }
    self.month = month
    self.invoices = invoices
    self.payments = payments.enumerated().sorted { left, right in
      (left.element.payment.at ?? period.start, left.offset)
        < (right.element.payment.at ?? period.start, right.offset)
    }.map(\.element)
    self.refunds = refunds.sorted { $0.refund.refundedAt < $1.refund.refundedAt }
    creditNotes = notes
    invoiced = try Money.sum(of: invoices.filter(ours).map(\.document.amountDue), in: currency)
    received = try Money.sum(of: payments.filter { ours($0.invoice) }.map(\.payment.amount), in: currency)
    refunded = try Money.sum(of: refunds.filter { ours($0.invoice) }.map(\.refund.amount), in: currency)
    credited = try Money.sum(of: notes.filter { ours($0.invoice) }.map(\.note.amount), in: currency)
    changedAt = dated.compactMap { $0.lastChange(in: period) }.max()
  }
}

extension Invoice {
  /// Whether the document, money or a credit note has its date in the period.
  fileprivate func isDated(in period: BillingPeriod) -> Bool {
    period.contains(document.created) || payments.contains { $0.at.map(period.contains) ?? false }
      || refunds.contains { period.contains($0.refundedAt) }
      || creditNotes.contains { period.contains($0.issuedAt) }
  }

  fileprivate func payments(receivedIn period: BillingPeriod) -> [Payment] {
    payments.filter { $0.outcome == .succeeded && $0.at.map(period.contains) ?? false }
  }

  fileprivate func refunds(in period: BillingPeriod) -> [Refund] {
    refunds.filter { period.contains($0.refundedAt) }
  }

  fileprivate func creditNotes(issuedIn period: BillingPeriod) -> [CreditNote] {
    creditNotes.filter { $0.isEffective && period.contains($0.issuedAt) }
  }

  /// When what has a date in the period last changed, be it that a void took it away, as it does with documents but not
  /// with money; nil where nothing has.
  fileprivate func lastChange(in period: BillingPeriod) -> Timestamp? {
    let money =
      payments(receivedIn: period).compactMap(\.changedAt) + refunds(in: period).map(\.changedAt)
    let own = period.contains(document.created) ? [finalizedAt] : []
    let documents = (own + creditNotes(issuedIn: period).map(\.changedAt)).max()
    return (money + [documents.map { max($0, void?.changedAt ?? $0) }].compactMap(\.self)).max()
  }
}

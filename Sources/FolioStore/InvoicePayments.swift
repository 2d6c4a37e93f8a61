import FolioBilling

/// The payments of one invoice as the store keeps them, before the invoice's currency is known.
struct InvoicePayments {
  /// A row of the table of payments; the amount is in minor units.
  struct Row {
    let outcome: StoredOutcome
    let amount: Int64
    let at: Timestamp?
    let method: String?
    let failureReason: String?
    let retryDate: Timestamp?
    /// When the event that said so took place; nil where nobody asks for it.
    var recordedAt: Timestamp?
  }

  /// In order of time.
  var rows: [Row] = []

  /// The payments and attempts, with one more for what a source states beyond the payments told one by one.
  func payments(in currency: Currency) throws(ArithmeticOverflow) -> [Payment] {
    var payments = rows.filter { $0.outcome != .stated }.map { $0.payment(in: currency) }
    guard let stated = rows.filter({ $0.outcome == .stated }).max(by: { $0.amount < $1.amount }) else {
      return payments
    }
    let told = try Money.sum(
      of: payments.lazy.filter { $0.outcome == .succeeded }.map(\.amount), in: currency)
    let rest = try Money(minorUnits: stated.amount, currency: currency).subtracting(told)
    if rest.minorUnits > 0 {
      payments.append(
        Payment(
          outcome: .succeeded, amount: rest, at: stated.at, method: stated.method,
          recordedAt: stated.recordedAt))
    }
    return payments
  }
}

extension InvoicePayments.Row {
  fileprivate func payment(in currency: Currency) -> Payment {
    Payment(
      outcome: outcome == .failed ? .failed : .succeeded,
      amount: Money(minorUnits: amount, currency: currency),
      at: at, method: method, failureReason: failureReason, retryDate: retryDate, recordedAt: recordedAt)
  }
}

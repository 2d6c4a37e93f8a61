package import FolioBilling

/// What has been invoiced for a month, on whichever invoices.
package struct InvoicedUsage: Hashable, Sendable {
  package let month: CalendarMonth
  /// Sum of the lines, before tax as the lines are.
  package let amount: Money
  /// Messages on the lines.
  package let quantity: Int64

  package init(month: CalendarMonth, amount: Money, quantity: Int64) {
    self.month = month
    self.amount = amount
    self.quantity = quantity
  }

  /// Adds up the frozen lines whose service lies in the month, late usage on later invoices included.
  ///
  /// Void invoices do not count. Gives nil when nothing was invoiced, or when an invoice of the month, or a
  /// line, is not itemised, has another currency or charges for more than the month: then there is nothing to
  /// compare with.
  package init?(
    of month: CalendarMonth, in invoices: [Invoice], currency: Currency
  ) throws(ArithmeticOverflow) {
    let documents = invoices.lazy.filter { $0.void == nil }.map(\.document)
    let ofMonth = documents.filter { month.period.intersection($0.period) != nil }
    guard ofMonth.allSatisfy({ !$0.lines.isEmpty }) else { return nil }
    let lines = Array(documents.flatMap(\.lines)).filter {
      month.period.intersection($0.servicePeriod) != nil
    }
    let isComparable = lines.allSatisfy {
      $0.serves(month) && $0.kind != .notItemised && $0.amount.currency == currency
    }
    guard !lines.isEmpty, isComparable else { return nil }
    self.month = month
    amount = try Money.sum(of: lines.lazy.map(\.amount), in: currency)
    quantity = try lines.messageQuantity(in: month)
  }
}

/// Usage of an invoiced month that arrived after its invoice.
package enum LateUsage {
  /// The line for the next invoice: what the month costs by all that is known now, less what was invoiced.
  ///
  /// It depends on what has arrived and not on the order of arrival. Gives nil when neither amount nor
  /// quantity differs. `charges` are as rated, without lines of other months.
  package static func adjustment(
    now charges: Charges, invoiced: InvoicedUsage
  ) throws(ArithmeticOverflow) -> ChargeLine? {
    precondition(charges.month == invoiced.month, "a month is compared with itself")
    let amount = try charges.total.subtracting(invoiced.amount)
    let (quantity, overflowed) = try charges.messageQuantity().subtractingReportingOverflow(invoiced.quantity)
    if overflowed { throw ArithmeticOverflow() }
    if amount.isZero && quantity == 0 { return nil }
    return ChargeLine(
      kind: .lateUsage, planName: charges.lines.first?.planName, servicePeriod: charges.period,
      quantity: quantity, gross: amount, amount: amount)
  }
}

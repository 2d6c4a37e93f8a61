import FolioBilling
import FolioInvoicing
import FolioStore

/// What becomes of one invoice of the demo, by its customer's habit.
struct DemoPayments {
  let customer: DemoCustomer
  let invoice: IssuedInvoice

  private var amount: Money { invoice.document.amountDue }
  private var month: CalendarMonth { invoice.document.period.start.date.month }

  /// In order of time.
  func deeds() throws -> [DemoDeed] {
    if amount.isZero { return [] }
    var (left, deeds): (Money, [DemoDeed]) = (amount, [])
    for (place, turn) in customer.company.habit.turns(after: month).enumerated() {
      deeds += try self.deeds(of: turn, place, &left)
    }
    return deeds
  }

  /// - Parameter left: what is still to be paid.
  private func deeds(of turn: DemoTurn, _ place: Int, _ left: inout Money) throws -> [DemoDeed] {
    switch turn {
    case .paid(let day):
      defer { left = .zero(amount.currency) }
      return [try payment(of: left, place, day)]
    case .paidPart(let percent, let day):
      return [try payment(of: taking(percent, from: &left), place, day)]
    case .failed(let reason, let day, let retry):
      return [try failure(of: left, reason, place, day, retry: retry)]
    case .credited(let percent, let day, let reason):
      let part = try ExactDecimal(taking(percent, from: &left).decimalText)
      return [deed(day, .creditNote(part, reason: reason))]
    case .refunded(let percent, let day, let reason):
      return [try refund(of: amount.scaled(by: percent, over: 100), day, reason)]
    case .voided(let day, let reason, let order):
      let corrected = try customer.updated(at: instant(day), purchaseOrder: order)
      return [deed(day, .event(corrected)), deed(day, .voiding(customer.id, month, reason: reason))]
    case .writtenOff(let day, let reason):
      return [try event(.invoiceWrittenOff, "written_off", day, [("reason", text(reason))])]
    }
  }

  /// Some per cent of the amount, which are then no longer left.
  private func taking(_ percent: Int64, from left: inout Money) throws(ArithmeticOverflow) -> Money {
    let part = try amount.scaled(by: percent, over: 100)
    left = try left.subtracting(part)
    return part
  }

  /// Office hours of the day.
  private func instant(_ day: Int64) -> Timestamp {
    invoice.document.created.adding(seconds: day * 86_400 + 9 * 3_600)
  }

  private func deed(_ day: Int64, _ kind: DemoDeed.Kind) -> DemoDeed {
    DemoDeed(invoice: invoice.id, at: instant(day), kind: kind)
  }
}

extension DemoPayments {
  private func event(
    _ type: EventType, _ name: String, _ day: Int64, _ data: DemoMembers
  ) throws(FieldError) -> DemoDeed {
    let made = try customer.maker.make(
      type, name + "_" + month.text, at: instant(day), [("invoice_id", text(invoice.id.text))] + data)
    return deed(day, .event(made))
  }

  private var method: DemoMembers {
    [("payment_method", text((customer.company.methods.first ?? .invoice).paymentText))]
  }

  private func payment(of amount: Money, _ place: Int, _ day: Int64) throws(FieldError) -> DemoDeed {
    try event(
      .paymentSucceeded, "payment_\(place + 1)", day,
      [("amount_paid", amount.json)] + method + [("paid_at", text(instant(day).text))])
  }

  private func failure(
    of amount: Money, _ reason: String, _ place: Int, _ day: Int64, retry: Int64
  ) throws(FieldError) -> DemoDeed {
    try event(
      .paymentFailed, "failure_\(place + 1)", day,
      [("amount", amount.json)] + method
        + [("failure_reason", text(reason)), ("retry_date", text(instant(retry).date.start.text))])
  }

  private func refund(of amount: Money, _ day: Int64, _ reason: String) throws(FieldError) -> DemoDeed {
    try event(
      .paymentRefunded, "refund", day,
      [
        ("refund_id", text("re_\(month.text)_" + customer.id.text)), ("amount", amount.json),
        ("reason", text(reason)),
      ])
  }
}

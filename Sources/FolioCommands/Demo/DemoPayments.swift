import FolioBilling
import FolioInvoicing
import FolioStore

/// How the customers of the demo pay.
struct DemoPayments {
  let customer: DemoCustomer
  let invoice: IssuedInvoice

  private var due: Money { invoice.document.amountDue }
  private var month: CalendarMonth { invoice.document.period.start.date.month }

  /// Most invoices are paid within days; the fourth of each ten customers has paid half of the last ones, the fifth
  /// leaves the last two open, the seventh needs a second attempt, and the sixth got a credit note once.
  func deeds() throws -> [DemoDeed] {
    if due.isZero { return [] }
    let isRecent = month >= DemoCalendar.month("2026-04")
    switch customer.index % DemoCompany.all.count {
    case 3 where isRecent: return [try payment(of: due.split(across: [1, 1])[0], 1)]
    case 4 where isRecent: return []
    case 5 where month == DemoCalendar.month("2026-02"):
      let credit = try due.scaled(by: 1, over: 10)
      return [try creditNote(credit), try payment(of: due.subtracting(credit), 1)]
    case 6:
      let isLast = month == DemoCalendar.month("2026-05")
      return [try failure()] + (isLast ? [] : [try payment(of: due, 1, daysLater: 4)])
    default: return [try payment(of: due, 1)]
    }
  }

  private func instant(daysLater days: Int64 = 0) -> Timestamp {
    invoice.document.created.adding(seconds: (2 + days) * 86_400 + 9 * 3_600)
  }

  private func deed(_ type: EventType, _ name: String, at instant: Timestamp, _ data: DemoMembers) throws
    -> DemoDeed
  {
    let members = [("invoice_id", text(invoice.id.text))] + data
    let event = try customer.maker.make(type, name + "_" + month.text, at: instant, members)
    return DemoDeed(invoice: invoice.id, at: instant, kind: .event(event))
  }

  private func payment(of amount: Money, _ part: Int, daysLater days: Int64 = 0) throws -> DemoDeed {
    let instant = instant(daysLater: days)
    return try deed(
      .paymentSucceeded, "payment_\(part)", at: instant,
      [
        ("amount_paid", amount.json), ("payment_method", text("card_ending_4242")),
        ("paid_at", text(instant.text)),
      ])
  }

  private func failure() throws -> DemoDeed {
    let instant = instant()
    return try deed(
      .paymentFailed, "failure", at: instant,
      [
        ("amount", due.json), ("failure_reason", text("insufficient_funds")),
        ("retry_date", text(instant.adding(seconds: 21 * 86_400).date.start.text)),
      ])
  }

  private func creditNote(_ amount: Money) throws -> DemoDeed {
    DemoDeed(
      invoice: invoice.id, at: instant().adding(seconds: -3_600),
      kind: .creditNote(
        try ExactDecimal(amount.decimalText), reason: "Messages of 3 February were sent twice by the platform"
      ))
  }
}

import FolioBilling

/// How a customer of the demo settles its invoices.
struct DemoHabit {
  /// What follows each invoice, in order of time.
  let usual: [DemoTurn]
  /// What follows the invoices of certain months instead, `2026-05`.
  var exceptions: [String: [DemoTurn]] = [:]

  func turns(after month: CalendarMonth) -> [DemoTurn] { exceptions[month.text] ?? usual }
}

/// One thing that happens to an invoice, so many days after its date.
enum DemoTurn {
  /// All that is left is paid.
  case paid(day: Int64)
  /// Some per cent of the amount are paid.
  case paidPart(percent: Int64, day: Int64)
  case failed(reason: String, day: Int64, retry: Int64)
  case credited(percent: Int64, day: Int64, reason: String)
  case refunded(percent: Int64, day: Int64, reason: String)
  /// Voided, and its month invoiced anew.
  case voided(day: Int64, reason: String, purchaseOrder: String)
  case writtenOff(day: Int64, reason: String)
}

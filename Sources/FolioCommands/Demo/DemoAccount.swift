import FolioBilling
import FolioStore

/// A customer of the demo whose facts are written day by day, in the order in which they became known.
struct DemoAccount {
  let customer: DemoCustomer
  private var usage: DemoUsage
  /// Facts that are still to come, in order of time.
  private var pending: ArraySlice<ReceivedEvent>

  init(_ customer: DemoCustomer, seed: Int64) throws(FieldError) {
    self.customer = customer
    usage = DemoUsage(customer.company, DemoRandom(seed: seed, stream: customer.index))
    pending = try customer.masterData()[...]
  }

  /// What became known on a day.
  mutating func facts(on day: CalendarDate) throws(FieldError) -> [ReceivedEvent] {
    if day.month < customer.firstMonth { return [] }
    var events: [ReceivedEvent] = []
    while let event = pending.first, event.time.map({ $0 < day.adding(days: 1).start }) ?? true {
      events.append(event)
      pending.removeFirst()
    }
    let growth = day.daysSinceEpoch - customer.firstMonth.firstDay.daysSinceEpoch
    let readings = usage.readings(on: day, before: DemoCalendar.asOf, growthDays: growth)
    if !readings.isEmpty { events.append(customer.maker.usage(readings, on: day)) }
    if let complete = completeness(on: day) { events.append(try customer.watermark(complete)) }
    return events
  }

  /// Through when usage is known to be complete: at the end of each month, and at last.
  private func completeness(on day: CalendarDate) -> Timestamp? {
    let end = day.adding(days: 1).start
    if end > DemoCalendar.asOf { return DemoCalendar.asOf }
    return end == day.month.period.end ? end : nil
  }
}

extension DemoCustomer {
  /// Says through when usage is complete.
  fileprivate func watermark(_ instant: Timestamp) throws(FieldError) -> ReceivedEvent {
    try maker.make(
      .usageWatermark, "watermark_" + instant.date.text, at: instant,
      [("complete_through", text(instant.text))])
  }
}

import FolioBilling
import FolioStore

/// A customer of the demo whose facts are written day by day, in the order in which they became known.
struct DemoAccount {
  let customer: DemoCustomer
  private var usage: DemoUsage
  private var alerts: DemoAlerts
  /// Facts that are still to come, in order of time.
  private var pending: ArraySlice<ReceivedEvent>

  init(_ customer: DemoCustomer, seed: Int64) throws(FieldError) {
    self.customer = customer
    usage = DemoUsage(
      customer.company.traffic, since: customer.start, customer.isOneOfMany ? .coarse : .fine,
      DemoRandom(seed: seed, stream: customer.index))
    alerts = DemoAlerts(customer)
    pending = try customer.masterData()[...]
  }

  /// Writes what became known on a day, and the alerts that went off by it.
  mutating func write(_ day: CalendarDate, to log: EventLog) throws {
    if day < customer.start.date { return }
    try log.take(facts(on: day))
    if let instant = alerts.instant(on: day) { try log.take(alerts.raised(at: instant, log.reader)) }
  }

  private mutating func facts(on day: CalendarDate) throws(FieldError) -> [ReceivedEvent] {
    var events: [ReceivedEvent] = []
    while let event = pending.first, event.time.map({ $0 < day.adding(days: 1).start }) ?? true {
      events.append(event)
      pending.removeFirst()
    }
    let readings = usage.readings(on: day)
    if !readings.isEmpty { events.append(customer.maker.usage(readings, on: day)) }
    for instant in completeness(on: day) { events.append(try watermark(instant)) }
    return events
  }

  /// Through when usage is known to be complete: at looks at alerts, at the end of each month, and at last.
  private func completeness(on day: CalendarDate) -> [Timestamp] {
    let (last, end) = (customer.company.traffic.completeThrough, day.adding(days: 1).start)
    if end > last { return day.start < last ? [last] : [] }
    return [alerts.instant(on: day), end == day.month.period.end ? end : nil].compactMap(\.self)
  }

  private func watermark(_ instant: Timestamp) throws(FieldError) -> ReceivedEvent {
    try customer.maker.make(
      .usageWatermark, "watermark_\(instant.hour.hoursSinceEpoch)", at: instant,
      [("complete_through", text(instant.text))])
  }
}

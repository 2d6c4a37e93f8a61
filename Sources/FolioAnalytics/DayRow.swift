package import FolioBilling

/// A day's usage.
package struct DayRow: Hashable, Sendable {
  /// Nil for what the source did not itemise.
  package let date: CalendarDate?
  /// Nil when the messages are stated and not itemised, as are `outbound` and `failed`.
  package let inbound: Int64?
  package let outbound: Int64?
  package let messages: Int64
  package let bytes: Int64
  package let failed: Int64?
}

extension DayRow {
  var counts: UsageCounts { UsageCounts(messages: messages, bytes: bytes) }

  /// The itemised and the stated days of a month.
  static func rows(of usage: MonthUsage) throws(ArithmeticOverflow) -> [DayRow] {
    var stated: [CalendarDate: StatedDayUsage] = [:]
    for day in usage.stated?.days ?? [] { stated[day.date] = day }
    var rows: [DayRow] = []
    rows.reserveCapacity(usage.days.count)
    for day in usage.days {
      rows.append(DayRow(day, try day.total(), stated.removeValue(forKey: day.date)))
    }
    rows += stated.values.map { day in
      DayRow(DayUsage(date: day.date, inbound: UsageCounts(), outbound: UsageCounts()), UsageCounts(), day)
    }
    return rows.sorted { $0.sortKey < $1.sortKey }
  }

  static func remainder(_ messages: Int64, _ bytes: Int64) -> [DayRow] {
    if messages == 0 && bytes == 0 { return [] }
    return [DayRow(date: nil, inbound: nil, outbound: nil, messages: messages, bytes: bytes, failed: nil)]
  }

  private init(_ day: DayUsage, _ itemised: UsageCounts, _ stated: StatedDayUsage?) {
    date = day.date
    messages = max(itemised.messages, stated?.messages ?? 0)
    bytes = max(itemised.bytes, stated?.bytes ?? 0)
    let isItemised = messages == itemised.messages
    inbound = isItemised ? day.inbound.messages : nil
    outbound = isItemised ? day.outbound.messages : nil
    failed = isItemised ? itemised.failed : nil
  }

  private var sortKey: Int { date?.daysSinceEpoch ?? .max }
}

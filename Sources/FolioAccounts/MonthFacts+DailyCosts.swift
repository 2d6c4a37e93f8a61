import FolioAnalytics
package import FolioBilling
import FolioRating

/// What the running month had cost by the end of a day.
package struct DailyCost: Hashable, Sendable {
  package let date: CalendarDate
  /// Fees of the whole month and the messages of its days so far.
  package let total: Money
  /// Whether usage of the day is not complete, so that the total is of a part of it.
  package let isPartial: Bool
}

extension MonthFacts {
  /// The cost by the end of each day through which usage is complete, from the first of the month, and the cost to date.
  ///
  /// Fees are in from the first day, since no day earns them; so the last total is the month's to date. Empty where no
  /// plan rates the month, or its source stated messages without days.
  ///
  /// - Throws: as `init`.
  /// - Complexity: O(n) for n days, each rated, once.
  package func dailyCosts() throws -> [DailyCost] {
    try dailyCostsOnce { try derivedDailyCosts() }
  }

  private func derivedDailyCosts() throws -> [DailyCost] {
    guard let charges = toDate.charges, let completeThrough,
      summary.dayRows.allSatisfy({ $0.date != nil })
    else { return [] }
    var rows = summary.dayRows[...]
    var (costs, counts): ([DailyCost], UsageCounts) = ([], UsageCounts())
    for date in month.days where date.start < completeThrough {
      let end = date.adding(days: 1).start
      if end > completeThrough { break }
      if let row = rows.first, row.date == date {
        rows.removeFirst()
        counts = try counts.adding(row.usageCounts)
      }
      let cost = try Self.rate(
        counts, toDate.hours.filter { $0.hour.end <= end }, summary, segments, charges.currency,
        activePartners: toDate.activePartners)
      costs.append(DailyCost(date: date, total: cost?.total ?? charges.total, isPartial: false))
    }
    return costs + partialDay(after: costs.last?.date, charges.total, completeThrough)
  }

  /// The day that is not over, if usage of it has been received; or the cost to date in place of the last day's.
  private func partialDay(after last: CalendarDate?, _ total: Money, _ through: Timestamp) -> [DailyCost] {
    let next = last.map { $0.adding(days: 1) } ?? month.days[0]
    guard next.month == month, next.start < through else { return [] }
    return [DailyCost(date: next, total: total, isPartial: true)]
  }
}

extension DayRow {
  fileprivate var usageCounts: UsageCounts {
    UsageCounts(messages: messages, failed: failed ?? 0, bytes: bytes)
  }
}

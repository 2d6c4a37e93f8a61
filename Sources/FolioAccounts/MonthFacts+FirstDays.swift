import FolioAnalytics
package import FolioBilling

/// What was exchanged in the first whole days of a month.
package struct FirstDays: Hashable, Sendable {
  package let period: BillingPeriod
  /// How many days.
  package let count: Int
  package let messages: Int64
}

extension MonthFacts {
  /// The days through which usage is complete; nil for none, and where messages are not known by the day.
  package var wholeDays: FirstDays? {
    guard let completeThrough else { return nil }
    let seconds = completeThrough.secondsSinceEpoch - month.period.start.secondsSinceEpoch
    return firstDays(Int(seconds / 86_400))
  }

  /// The first days, at most all of them; nil for none, and where messages are not known by the day.
  package func firstDays(_ count: Int) -> FirstDays? {
    guard count > 0, summary.dayRows.allSatisfy({ $0.date != nil }) else { return nil }
    let last = month.days[min(count, month.dayCount) - 1]
    let sum = summary.dayRows.reduce(into: Int64(0)) { sum, row in
      if let date = row.date, date <= last { sum += row.messages }
    }
    let period = BillingPeriod(start: month.period.start, end: last.adding(days: 1).start)
    return FirstDays(period: period, count: min(count, month.dayCount), messages: sum)
  }
}

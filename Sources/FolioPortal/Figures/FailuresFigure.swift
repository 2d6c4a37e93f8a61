import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import Templating

/// Failed messages for each 10,000 of a day, from zero: a line near 100 % of success would hide them or make too much
/// of them.
struct FailuresFigure {
  let month: MonthFacts
  /// Below the days of the month.
  let labels: [ChartLabel?]
  let messages: MessageCatalog

  private var printer: LocalePrinter { messages.printer }

  /// A day of which failures are known.
  private struct Day {
    let date: CalendarDate
    let messages: Int64
    let failed: Int64

    /// Tenths of failed messages for each 10,000, rounded half up; nil where nothing was exchanged.
    var tenths: Int64? {
      guard messages > 0 else { return nil }
      return Int64((Int128(failed) * 200_000 + Int128(messages)) / (Int128(messages) * 2))
    }
  }

  private var days: [Day] {
    month.summary.dayRows.compactMap { row in
      guard let date = row.date, let failed = row.failed else { return nil }
      return Day(date: date, messages: row.messages, failed: failed)
    }
  }

  /// Nil where no day's failures are known.
  func figure() throws -> Figure? {
    let days = days
    if days.isEmpty { return nil }
    return Figure(
      id: "failures", title: try messages.text("usage.failures.title"), subtitle: try subtitle(days),
      chart: try chart(days), table: try table(days))
  }

  private func subtitle(_ days: [Day]) throws -> TemplateValue {
    guard let worst = worst(of: days), let tenths = worst.tenths else {
      return try messages.sentence("usage.failures.none")
    }
    return try messages.sentence(
      "usage.failures.worst",
      ["date": .date(worst.date), "rate": .decimal(tenths, scale: 1)])
  }

  /// The day with the greatest rate, of equals the first; nil where nothing failed.
  private func worst(of days: [Day]) -> Day? {
    var worst: Day?
    for day in days where (day.tenths ?? 0) > worst?.tenths ?? 0 { worst = day }
    return worst
  }

  private func chart(_ days: [Day]) throws -> TemplateValue {
    let worst = worst(of: days)
    let (dates, known) = (month.month.days, byDate(days))
    let columns = try dates.indices.map { index in
      try column(of: dates[index], known[index], labels[index], isWorst: dates[index] == worst?.date)
    }
    let finding = try worst.map { day in
      try messages.text(
        "usage.failures.finding", ["date": .date(day.date), "rate": .decimal(day.tenths ?? 0, scale: 1)])
    }
    let description = try ChartDescription(
      id: "failures", title: messages.text("usage.failures.title"),
      finding: finding ?? messages.text("usage.failures.none"))
    let chart = ColumnChart(description, columns: columns, seriesClass: .bad)
    return .chart {
      chart.render(direction: messages.chartDirection, tickLabel: { printer.tenths($0) }, into: &$0)
    }
  }

  /// What is known of each day of the month.
  private func byDate(_ days: [Day]) -> [Day?] {
    let first = month.month.firstDay.daysSinceEpoch
    var known = [Day?](repeating: nil, count: month.month.dayCount)
    for day in days where known.indices.contains(day.date.daysSinceEpoch - first) {
      known[day.date.daysSinceEpoch - first] = day
    }
    return known
  }

  private func column(
    of date: CalendarDate, _ day: Day?, _ label: ChartLabel?, isWorst: Bool
  ) throws -> ColumnChart.Column {
    guard let day, let tenths = day.tenths else {
      return ColumnChart.Column(parts: nil, label: label, tip: "")
    }
    let tip = try messages.text(
      "usage.failures.tip", count: day.failed,
      ["date": .date(date), "failed": .count(day.failed), "messages": .count(day.messages)])
    return ColumnChart.Column(
      parts: [tenths], label: label, valueLabel: isWorst ? printer.tenths(tenths) : nil, tip: tip)
  }

  private func table(_ days: [Day]) throws -> FigureTable {
    FigureTable(
      columns: [
        try messages.column("date", "usage.columns.day"),
        try messages.column("messages", "usage.columns.messages"),
        try messages.column("failed_messages", "usage.columns.failed"),
        try messages.column("failed_per_10000", "usage.columns.failure_rate"),
      ],
      rows: days.map { day in
        FigureRow(values: [
          .date(day.date), .count(day.messages), .count(day.failed),
          day.tenths.map { .decimal($0, scale: 1) } ?? .null,
        ])
      })
  }
}

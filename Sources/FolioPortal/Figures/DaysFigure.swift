import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import Templating

/// Messages of each day of a month by direction; a day without a figure is a gap.
struct DaysFigure {
  let month: MonthFacts
  /// Below the days of the month.
  let labels: [ChartLabel?]
  let messages: MessageCatalog

  private var printer: LocalePrinter { messages.printer }

  /// The days that have a figure of their own.
  private let dated: [DayRow]

  init(month: MonthFacts, labels: [ChartLabel?], messages: MessageCatalog) {
    (self.month, self.labels, self.messages) = (month, labels, messages)
    dated = month.summary.dayRows.filter { $0.date != nil }
  }

  func figure() throws -> Figure {
    Figure(
      id: "days", title: try messages.text("usage.days.title"), subtitle: try subtitle(), key: try key(),
      chart: try chart(), empty: dated.isEmpty ? try messages.sentence("usage.days.none") : .null,
      table: dated.isEmpty ? FigureTable(columns: [], rows: []) : try table())
  }

  // MARK: Words

  /// The average of the days that have a figure, and which day had most.
  private func subtitle() throws -> TemplateValue {
    guard let average, let highest else { return .null }
    return try messages.sentence(
      "usage.days.sub", count: highest.row.messages,
      [
        "average": .count(average), "highest": .count(highest.row.messages), "date": .date(highest.date),
      ])
  }

  /// Rounded half up; nil where no day has a figure.
  private var average: Int64? {
    guard let count = Int64(exactly: dated.count), count > 0 else { return nil }
    let sum = dated.reduce(into: Int128(0)) { $0 += Int128($1.messages) }
    return Int64(clamping: (sum + Int128(count) / 2) / Int128(count))
  }

  /// The day with most messages, of equals the first.
  private var highest: (date: CalendarDate, row: DayRow)? {
    var found: (date: CalendarDate, row: DayRow)?
    for row in dated {
      if let date = row.date, row.messages > found?.row.messages ?? -1 { found = (date, row) }
    }
    return found
  }

  private func key() throws -> [FigureKey] {
    var key: [FigureKey] = []
    if dated.contains(where: { $0.inbound != nil }) {
      key.append(FigureKey(style: "k1", label: try messages.text("usage.columns.inbound")))
      key.append(FigureKey(style: "k2", label: try messages.text("usage.columns.outbound")))
    }
    if dated.contains(where: { $0.inbound == nil }) {
      key.append(FigureKey(style: "k3", label: try messages.text("usage.columns.undirected")))
    }
    return key
  }

  // MARK: Picture

  private func chart() throws -> TemplateValue {
    guard let highest else { return .null }
    let days = month.month.days
    let rows = rows
    let columns = try days.indices.map { try column(of: days[$0], rows[$0], labels[$0]) }
    let count = Int64(rows.count { $0 != nil })
    let finding = try messages.text(
      "usage.days.finding", count: count,
      [
        "days": .count(count), "highest": .count(highest.row.messages),
        "date": .date(highest.date),
      ])
    let description = ChartDescription(
      id: "days", title: try messages.text("usage.days.title"), finding: finding)
    let chart = ColumnChart(description, columns: columns, average: average)
    return .chart {
      chart.render(direction: messages.chartDirection, tickLabel: printer.grouped, into: &$0)
    }
  }

  /// The row of each day of the month; nil where a day has none.
  private var rows: [DayRow?] {
    let first = month.month.firstDay.daysSinceEpoch
    var rows = [DayRow?](repeating: nil, count: month.month.dayCount)
    for row in dated {
      guard let date = row.date, rows.indices.contains(date.daysSinceEpoch - first) else { continue }
      rows[date.daysSinceEpoch - first] = row
    }
    return rows
  }

  private func column(of date: CalendarDate, _ row: DayRow?, _ label: ChartLabel?) throws
    -> ColumnChart.Column
  {
    guard let row else {
      return ColumnChart.Column(parts: month.partsWithoutFigure(on: date), label: label, tip: "")
    }
    let tip = try messages.text(
      "usage.days.tip", count: row.messages, ["date": .date(date), "messages": .count(row.messages)])
    let parts: [Int64] = row.inbound.map { [$0, row.outbound ?? 0] } ?? [0, 0, row.messages]
    return ColumnChart.Column(parts: parts, label: label, tip: tip)
  }

  // MARK: Numbers

  private func table() throws -> FigureTable {
    let summary = month.summary
    return FigureTable(
      columns: [
        try messages.column("date", "usage.columns.day"),
        try messages.column("inbound_messages", "usage.columns.inbound"),
        try messages.column("outbound_messages", "usage.columns.outbound"),
        try messages.column("failed_messages", "usage.columns.failed"),
        try messages.column("messages", "usage.columns.messages"),
        try messages.column("payload_bytes", "usage.columns.payload"),
      ],
      rows: try summary.dayRows.map(row),
      total: [
        .text(try messages.text("usage.total")), .count(summary.inboundMessages),
        .count(summary.outboundMessages), .count(summary.failedMessages), .count(summary.totalMessages),
        .bytes(summary.totalBytes),
      ])
  }

  private func row(_ row: DayRow) throws -> FigureRow {
    let day: TemplateValue =
      if let date = row.date { .date(date) } else { .text(try messages.text("usage.not_itemised")) }
    return FigureRow(values: [
      day, .count(row.inbound), .count(row.outbound), .count(row.failed), .count(row.messages),
      .bytes(row.bytes),
    ])
  }
}

extension MonthFacts {
  /// What a chart draws for a day without a figure: nothing was exchanged, it is not over, or nobody knows.
  func partsWithoutFigure(on date: CalendarDate) -> [Int64]? {
    guard let completeThrough else { return nil }
    return date.adding(days: 1).start <= completeThrough ? [0] : []
  }
}

import FolioAccounts
import Charting
import FolioAnalytics
import FolioBilling
import FolioRating
import Markup
import Templating

/// Charts of usage and cost, each with a title and a finding in words.
struct UsageCharts {
  let messages: MessageCatalog
  private var printer: LocalePrinter { messages.printer }

  init(messages: MessageCatalog) { self.messages = messages }

  // MARK: Messages per day

  /// Messages of each day by direction; a day without a figure is a gap. Null when no day has one.
  func days(of month: MonthFacts) throws -> TemplateValue {
    var rows: [CalendarDate: DayRow] = [:]
    for row in month.summary.dayRows { if let date = row.date { rows[date] = row } }
    guard let highest = rows.values.max(by: Self.isBelow),
      let date = highest.date
    else { return .null }
    let columns = try month.month.days.map { try column(of: $0, rows[$0]) }
    let description = ChartDescription(
      id: "days", title: try messages.text("usage.days.title"),
      finding: try messages.text(
        "usage.days.finding", count: Int64(rows.count),
        ["days": .count(Int64(rows.count)), "highest": .count(highest.messages), "date": .date(date)]))
    return render(ColumnChart(description, columns: columns), label: printer.grouped)
  }

  /// By messages; of two alike the later day is below.
  private static func isBelow(_ left: DayRow, _ right: DayRow) -> Bool {
    guard left.messages == right.messages, let first = left.date, let second = right.date else {
      return left.messages < right.messages
    }
    return first > second
  }

  private func column(of date: CalendarDate, _ row: DayRow?) throws -> ColumnChart.Column {
    let day = date.components.day
    let label = day % 7 == 1 ? ChartLabel(printer.dayAndMonth(date)) : nil
    guard let row else { return ColumnChart.Column(parts: nil, label: label, tip: "") }
    let tip = try messages.text(
      "usage.days.tip", count: row.messages, ["date": .date(date), "messages": .count(row.messages)])
    guard let inbound = row.inbound, let outbound = row.outbound else {
      return ColumnChart.Column(parts: [0, 0, row.messages], label: label, tip: tip)
    }
    return ColumnChart.Column(parts: [inbound, outbound], label: label, tip: tip)
  }

  // MARK: Messages so far

  /// The running month's messages as a rising line, whole days only; null when no day has a figure.
  func soFar(_ month: MonthFacts, projected: Int64?) throws -> TemplateValue {
    guard let through = month.completeThrough, month.summary.dayRows.allSatisfy({ $0.date != nil }),
      !month.summary.dayRows.isEmpty
    else { return .null }
    let dayCount = Int(
      min(through.secondsSinceEpoch - month.month.period.start.secondsSinceEpoch, month.month.period.seconds)
        / 86_400)
    guard dayCount > 0 else { return .null }
    let totals = cumulative(month.summary.dayRows, of: month.month.days.prefix(dayCount))
    let labels = [0, 7, 14, 21, 28].map {
      ($0, ChartLabel(printer.dayAndMonth(month.month.days[min($0, month.month.dayCount - 1)])))
    }
    let description = ChartDescription(
      id: "sofar", title: try messages.text("overview.so_far.title"),
      finding: try finding(soFar: month.toDate.counts.messages, projected))
    let chart = CumulativeChart(
      description, totals: totals.map { $0 }, spanCount: month.month.dayCount, projected: projected,
      labels: Dictionary(labels) { first, _ in first })
    var buffer = ByteBuffer()
    chart.render(tickLabel: printer.grouped, into: &buffer)
    return .markup(buffer.bytes)
  }

  private func cumulative(_ rows: [DayRow], of days: some Sequence<CalendarDate>) -> [Int64] {
    var messages: [CalendarDate: Int64] = [:]
    for row in rows { if let date = row.date { messages[date] = row.messages } }
    var total: Int64 = 0
    return days.map { day in
      total += messages[day] ?? 0
      return total
    }
  }

  private func finding(soFar: Int64, _ projected: Int64?) throws -> String {
    guard let projected else {
      return try messages.text("overview.so_far.finding", count: soFar, ["messages": .count(soFar)])
    }
    return try messages.text(
      "overview.so_far.finding_projected", count: soFar,
      ["messages": .count(soFar), "projected": .count(projected)])
  }

  // MARK: Cost per month

  /// Charges of months with the running one marked and its projection outlined; null when none is rated.
  func costs(of months: [MonthFacts], projected: Money?) throws -> TemplateValue {
    guard let last = months.last,
      let highest = months.compactMap(\.toDate.charges).max(by: { $0.total.minorUnits < $1.total.minorUnits })
    else { return .null }
    let columns = try months.enumerated().map { index, month in
      try column(
        of: month, projected: month.month == last.month && !month.isClosed ? projected : nil,
        isLabelEssential: (months.count - 1 - index) % 2 == 0 || months.count <= 6)
    }
    let description = ChartDescription(
      id: "costs",
      title: try messages.text(
        "overview.costs.title", count: Int64(months.count), ["months": .count(Int64(months.count))]),
      finding: try messages.text(
        "overview.costs.finding", ["highest": .money(highest.total), "month": .month(highest.month)]))
    let step = AxisTicks(covering: highest.total.greatest(projected ?? .zero(highest.currency)).minorUnits)
      .step
    return render(ColumnChart(description, columns: columns)) { value in
      printer.axisMoney(Money(minorUnits: value, currency: highest.currency), step: step)
    }
  }

  private func column(
    of month: MonthFacts, projected: Money?, isLabelEssential: Bool
  ) throws -> ColumnChart.Column {
    let tip = try messages.text(
      month.isClosed ? "overview.costs.tip" : "overview.costs.tip_so_far",
      ["month": .month(month.month), "charges": .money(month.toDate.charges?.total)])
    return ColumnChart.Column(
      parts: month.toDate.charges.map { [$0.total.minorUnits] }, projected: projected?.minorUnits,
      isPartial: !month.isClosed,
      label: ChartLabel(printer.shortMonth(month.month), isEssential: isLabelEssential),
      tip: tip)
  }

  private func render(_ chart: ColumnChart, label: (Int64) -> String) -> TemplateValue {
    var buffer = ByteBuffer()
    chart.render(tickLabel: label, into: &buffer)
    return .markup(buffer.bytes)
  }
}

import Charting
import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// The charges of the last twelve months; the running one so far, with its projection as an outline.
struct MonthCostsFigure {
  static let monthsLimit = 12

  let facts: AccountFacts
  /// Of the running month; nil for none.
  let projected: Money?
  /// The page that the figure stands on.
  let path: String
  let messages: MessageCatalog

  private var printer: LocalePrinter { messages.printer }

  private var months: [MonthFacts] { Array(facts.months.suffix(Self.monthsLimit)) }

  /// Nil where no month is rated.
  func figure() throws -> Figure? {
    let months = months
    guard let highest = highest(of: months) else { return nil }
    return Figure(
      id: "costs", title: try messages.text("overview.costs.heading"),
      subtitle: try subtitle(months), chart: try chart(months, highest), table: try table(months))
  }

  private func subtitle(_ months: [MonthFacts]) throws -> TemplateValue {
    guard let running = months.last, !running.isClosed else { return .null }
    return try messages.sentence(
      projected == nil ? "overview.costs.sub_no_projection" : "overview.costs.sub",
      ["month": .month(running.month), "projected": .money(projected)])
  }

  private func highest(of months: [MonthFacts]) -> (month: CalendarMonth, total: Money)? {
    var found: (month: CalendarMonth, total: Money)?
    for month in months {
      guard let total = month.toDate.charges?.total else { continue }
      if total.minorUnits > found?.total.minorUnits ?? .min { found = (month.month, total) }
    }
    return found
  }

  private func chart(_ months: [MonthFacts], _ highest: (month: CalendarMonth, total: Money)) throws
    -> TemplateValue
  {
    let totals = months.map { reached(by: $0)?.minorUnits }
    let texts = ChartLabels.values(totals) { index in
      reached(by: months[index]).map(printer.money) ?? ""
    }
    let labels = ChartLabels.columns(months.map { printer.shortMonth($0.month) })
    let columns = try months.indices.map { try column(of: months[$0], labels[$0], texts[$0]) }
    let description = ChartDescription(
      id: "costs",
      title: try messages.text(
        "overview.costs.title", count: Int64(months.count), ["months": .count(Int64(months.count))]),
      finding: try messages.text(
        "overview.costs.finding", ["highest": .money(highest.total), "month": .month(highest.month)]))
    let top = max(highest.total.minorUnits, projected?.minorUnits ?? 0)
    let chart = ColumnChart(description, columns: columns)
    return .chart {
      chart.render(
        direction: messages.chartDirection,
        tickLabel: printer.axis(of: highest.total.currency, covering: top), into: &$0)
    }
  }

  /// What the column of a month goes up to: the projection of the running one.
  private func reached(by month: MonthFacts) -> Money? {
    month.isClosed ? month.toDate.charges?.total : projected ?? month.toDate.charges?.total
  }

  private func column(of month: MonthFacts, _ label: ChartLabel?, _ text: String?) throws
    -> ColumnChart.Column
  {
    let total = month.toDate.charges?.total
    let tip = try messages.text(
      month.isClosed ? "overview.costs.tip" : "overview.costs.tip_so_far",
      ["month": .month(month.month), "charges": .money(total)])
    return ColumnChart.Column(
      parts: total.map { [$0.minorUnits] }, projected: month.isClosed ? nil : projected?.minorUnits,
      isPartial: !month.isClosed, label: label, valueLabel: text, tip: tip)
  }

  /// The newest month first, as people look for them.
  private func table(_ months: [MonthFacts]) throws -> FigureTable {
    FigureTable(
      columns: [
        try messages.column("month", "usage.columns.month"),
        try messages.column("messages", "usage.columns.messages"),
        try messages.column("charges", "usage.columns.charges"),
      ],
      rows: try months.reversed().map { month in
        FigureRow(
          values: [
            .month(month.month), .count(month.toDate.counts.messages), .money(month.toDate.charges?.total),
          ],
          target: PortalPaths.usage(month.month),
          note: month.isClosed ? .null : .text(try messages.text("usage.running")))
      })
  }
}

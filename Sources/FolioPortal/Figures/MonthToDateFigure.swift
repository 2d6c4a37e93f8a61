import Charting
import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// What the running month costs day by day, where it is going, and the budget that it has to stay below.
struct MonthToDateFigure {
  let facts: AccountFacts
  /// Nil before a day of usage.
  let projected: Money?
  let range: ProjectionRange?
  /// The monthly budget that leaves least; nil for none.
  let budget: BudgetStatus?
  let messages: MessageCatalog

  private var printer: LocalePrinter { messages.printer }

  /// Nil where the month is not rated day by day.
  func figure() throws -> Figure? {
    let days = try facts.current.dailyCosts()
    guard let last = days.last else { return nil }
    return Figure(
      id: "cost",
      title: try messages.text(budget == nil ? "overview.cost.title" : "overview.cost.title_budget"),
      subtitle: try subtitle(), key: try key(), chart: try chart(days, last), table: try table(days))
  }

  private func subtitle() throws -> TemplateValue {
    guard let range, projected != nil else { return try messages.sentence("overview.cost.sub") }
    return try messages.sentence(
      "overview.cost.sub_range", count: range.months,
      ["low": .money(range.low), "high": .money(range.high), "months": .count(range.months)])
  }

  private func key() throws -> [FigureKey] {
    var key = [FigureKey(style: "kl", label: try messages.text("overview.cost.key.actual"))]
    if projected != nil {
      key.append(FigureKey(style: "kp", label: try messages.text("overview.cost.key.projected")))
    }
    if range != nil {
      key.append(FigureKey(style: "kr", label: try messages.text("overview.cost.key.range")))
    }
    if budget != nil {
      key.append(FigureKey(style: "kb", label: try messages.text("overview.cost.key.budget")))
    }
    return key
  }

  private func chart(_ days: [DailyCost], _ last: DailyCost) throws -> TemplateValue {
    let month = facts.current.month
    let limits = try budget.map { status in
      CumulativeChart.Limit(
        status.budget.amount.minorUnits,
        label: try messages.text("overview.cost.budget", ["amount": .money(status.budget.amount)]))
    }
    let labels = [0, 7, 14, 21, 28].filter { $0 < month.dayCount }.reduce(into: [Int: String]()) {
      $0[$1] = printer.dayAndMonth(month.days[$1])
    }
    let chart = CumulativeChart(
      ChartDescription(
        id: "cost", title: try messages.text("overview.cost.title"), finding: try finding(last)),
      totals: days.map(\.total.minorUnits), start: nil, spanCount: month.dayCount,
      projected: projected?.minorUnits,
      range: range.map {
        min($0.low.minorUnits, $0.high.minorUnits)...max($0.low.minorUnits, $0.high.minorUnits)
      },
      limits: limits.map { [$0] } ?? [], labels: ChartLabels.points(labels, spanCount: month.dayCount),
      lastLabel: printer.money(last.total), projectedLabel: projected.map(printer.money))
    let reached = [last.total, projected, range?.high, budget?.budget.amount].compactMap { $0?.minorUnits }
    return .chart {
      chart.render(
        direction: messages.chartDirection,
        tickLabel: printer.axis(of: facts.currency, covering: reached.max() ?? 0), into: &$0)
    }
  }

  private func finding(_ last: DailyCost) throws -> String {
    guard let projected else {
      return try messages.text(
        "overview.cost.finding", ["charges": .money(last.total), "date": .date(last.date)])
    }
    return try messages.text(
      "overview.cost.finding_projected",
      ["charges": .money(last.total), "date": .date(last.date), "projected": .money(projected)])
  }

  private func table(_ days: [DailyCost]) throws -> FigureTable {
    FigureTable(
      columns: [
        try messages.column("date", "usage.columns.day"),
        try messages.column("charges_to_date", "overview.cost.to_date"),
      ],
      rows: try days.map { day in
        FigureRow(
          values: [.date(day.date), .money(day.total)],
          note: day.isPartial ? .text(try messages.text("usage.running")) : .null)
      })
  }
}

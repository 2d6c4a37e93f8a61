import Charting
import FolioAccounts
import FolioBilling
import Templating

/// A month's messages as a stack of parts.
struct MonthColumn {
  let month: MonthFacts
  let parts: [Int64]

  /// Months of one account, whose sums are within 64 bits.
  fileprivate var total: Int64 { parts.reduce(0, +) }
}

/// Messages of months as columns, the running month marked.
struct MonthColumns {
  let messages: MessageCatalog

  private var printer: LocalePrinter { messages.printer }

  /// One column a month; nil when nothing is above zero.
  func chart(id: String, title: String, of months: [MonthColumn]) throws -> TemplateValue? {
    guard let highest = months.max(by: { $0.total < $1.total }), highest.total > 0 else { return nil }
    let finding = try messages.text(
      "usage.trends.finding", ["messages": .count(highest.total), "month": .month(highest.month.month)])
    let labels = ChartLabels.columns(months.map { printer.shortMonth($0.month.month) })
    let texts = ChartLabels.values(months.map(\.total)) { printer.grouped(months[$0].total) }
    let columns = try months.indices.map { try column(of: months[$0], labels[$0], texts[$0]) }
    let chart = ColumnChart(ChartDescription(id: id, title: title, finding: finding), columns: columns)
    return .chart {
      chart.render(direction: messages.chartDirection, tickLabel: printer.grouped, into: &$0)
    }
  }

  private func column(of month: MonthColumn, _ label: ChartLabel?, _ text: String?) throws
    -> ColumnChart.Column
  {
    let tip = try messages.text(
      month.month.isClosed ? "usage.trends.tip" : "usage.trends.tip_so_far", count: month.total,
      ["month": .month(month.month.month), "messages": .count(month.total)])
    return ColumnChart.Column(
      parts: month.parts, isPartial: !month.month.isClosed, label: label, valueLabel: text, tip: tip)
  }
}

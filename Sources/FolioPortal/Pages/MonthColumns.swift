import Charting
import FolioAccounts
import FolioBilling
import Markup
import Templating

/// Messages of months as columns, the running month marked.
struct MonthColumns {
  let messages: MessageCatalog

  private var printer: LocalePrinter { messages.printer }

  /// One column a month, of the parts that `parts` gives for its index; null when nothing is above zero.
  func chart(
    id: String, title: String, of months: [MonthFacts], parts: (Int) -> [Int64]
  ) throws -> TemplateValue {
    let totals = months.indices.map { parts($0).reduce(0, +) }
    guard let highest = totals.max(), highest > 0, let index = totals.firstIndex(of: highest) else {
      return .null
    }
    let finding = try messages.text(
      "usage.trends.finding", ["messages": .count(highest), "month": .month(months[index].month)])
    let columns = try months.indices.map {
      try column(of: months[$0], parts($0), totals[$0], isEssential: isLabelled($0, of: months.count))
    }
    var buffer = ByteBuffer()
    ColumnChart(ChartDescription(id: id, title: title, finding: finding), columns: columns)
      .render(tickLabel: printer.grouped, into: &buffer)
    return .markup(buffer.bytes)
  }

  /// The last month, and every second before it where there are many.
  private func isLabelled(_ index: Int, of count: Int) -> Bool { count <= 6 || (count - 1 - index) % 2 == 0 }

  private func column(
    of month: MonthFacts, _ parts: [Int64], _ total: Int64, isEssential: Bool
  ) throws -> ColumnChart.Column {
    let tip = try messages.text(
      month.isClosed ? "usage.trends.tip" : "usage.trends.tip_so_far", count: total,
      ["month": .month(month.month), "messages": .count(total)])
    return ColumnChart.Column(
      parts: parts, isPartial: !month.isClosed,
      label: ChartLabel(printer.shortMonth(month.month), isEssential: isEssential), tip: tip)
  }
}

import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// Messages of the last twelve months by direction; the running one is not to be compared with whole ones.
struct VolumeFigure {
  let facts: AccountFacts
  let messages: MessageCatalog

  private var months: [MonthFacts] { Array(facts.months.suffix(TrendsFeed.monthsLimit)) }

  /// Nil where nothing was exchanged.
  func figure() throws -> Figure? {
    let columns = months.map { month in
      let summary = month.summary
      return MonthColumn(
        month: month, parts: [summary.inboundMessages, summary.outboundMessages, summary.undirectedMessages])
    }
    guard
      let chart = try MonthColumns(messages: messages).chart(
        id: "volume",
        title: messages.text(
          "usage.trends.title", count: Int64(months.count), ["months": .count(Int64(months.count))]),
        of: columns)
    else { return nil }
    return Figure(
      id: "volume", title: try messages.text("usage.trends.heading"),
      subtitle: try messages.sentence("usage.trends.sub"), key: try key(), chart: chart, table: try table())
  }

  private func key() throws -> [FigureKey] {
    let styles = [("k1", "inbound"), ("k2", "outbound"), ("k3", "undirected")]
    let isUndirected = months.contains { $0.summary.undirectedMessages > 0 }
    return try styles.prefix(isUndirected ? 3 : 2).map {
      FigureKey(style: $0.0, label: try messages.text("usage.columns.\($0.1)"))
    }
  }

  /// The feed's columns, the newest month first.
  private func table() throws -> FigureTable {
    FigureTable(
      columns: [
        try messages.column("month", "usage.columns.month"),
        try messages.column("inbound_messages", "usage.columns.inbound", isSecondary: true),
        try messages.column("outbound_messages", "usage.columns.outbound", isSecondary: true),
        try messages.column("messages", "usage.columns.messages"),
        try messages.column("failed_messages", "usage.columns.failed", isSecondary: true),
        try messages.column("payload_bytes", "usage.columns.payload", isSecondary: true),
        try messages.column("charges", "usage.columns.charges"),
      ],
      rows: try months.reversed().map { month in
        let summary = month.summary
        return FigureRow(
          values: [
            .month(month.month), .count(summary.inboundMessages), .count(summary.outboundMessages),
            .count(summary.totalMessages), .count(summary.failedMessages), .bytes(summary.totalBytes),
            .money(month.charges?.total),
          ],
          target: PortalPaths.usage(month.month),
          note: month.isClosed ? .null : .text(try messages.text("usage.running")))
      })
  }
}

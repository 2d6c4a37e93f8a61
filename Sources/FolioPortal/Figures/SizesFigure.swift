import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import Templating

/// How large the messages of the last 90 days were, by class, with a bar beside each share.
struct SizesFigure {
  let facts: AccountFacts
  let messages: MessageCatalog

  /// Nil where no source told sizes; the feed's whole per cents, which leave unknown sizes out.
  func figure() throws -> Figure? {
    guard let usage = facts.statement.recentUsage,
      let shares = SizeDistribution(messages: usage.messagesBySizeClass)
    else { return nil }
    let classes: [(SizeClass, Int64)] = [
      (.small, shares.small), (.medium, shares.medium), (.large, shares.large),
    ]
    return Figure(
      id: "sizes", title: try messages.text("savings.size_distribution"),
      subtitle: try messages.sentence("usage.sizes.sub"),
      table: FigureTable(
        columns: [
          try messages.column(nil, "savings.sizes.title"),
          try messages.column("messages", "usage.columns.messages"),
          try messages.column("share_percent", "savings.sizes.share"), .forMachines("size_class"),
        ],
        rows: try classes.map { try row(of: $0, usage.messagesBySizeClass[$0] ?? 0, percent: $1) }),
      isOpen: true)
  }

  private func row(of size: SizeClass, _ count: Int64, percent: Int64) throws -> FigureRow {
    FigureRow(
      values: [
        .text(try messages.text("savings.sizes.\(size.rawValue)")), .count(count), .wholePercent(percent),
        .text(size.rawValue),
      ],
      pictures: [2: BarCell(part: percent, of: 100).picture(messages)])
  }
}

extension BarCell {
  /// The bar as it stands in a cell.
  func picture(_ messages: MessageCatalog) -> TemplateValue {
    .picture { render(direction: messages.chartDirection, into: &$0) }
  }
}

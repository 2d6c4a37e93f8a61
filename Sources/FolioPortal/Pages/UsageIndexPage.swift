import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// The list of months, the newest first.
struct UsageIndexPage {
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.usageIndex, template: "pages/usage-index", section: .usage,
      heading: try messages.text("usage.index.heading"), lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages), feed: feed, feedPath: PortalPaths.trendsFeed,
      content: [
        .months: .list(facts.months.reversed().map(row)), .taxBasis: try taxBasis(),
      ],
      charts: [
        ("volume", try VolumeFigure(facts: facts, messages: messages).figure()),
        ("hours", try HoursFigure(facts: facts, messages: messages).figure()),
        ("sizes", try SizesFigure(facts: facts, messages: messages).figure()),
      ])
  }

  /// How the last month that is over compares with the one before; where there are none, since when there is usage.
  private func lead() throws -> TemplateValue {
    let whole = facts.months.filter { $0.isClosed && $0.isComplete }.suffix(2)
    if let last = whole.last, let before = whole.first, last.month.adding(months: -1) == before.month,
      let change = Comparison.change(last.summary.totalMessages, before: before.summary.totalMessages)
    {
      let word = ["up": "more", "down": "less"][change.word] ?? "same"
      return try messages.sentence(
        "usage.index.lead_\(word)",
        [
          "month": .month(last.month), "messages": .count(last.summary.totalMessages),
          "percent": .changePercent(tenths: change.tenths), "before": .month(before.month),
        ])
    }
    return try messages.sentence(
      "usage.index.lead", count: Int64(facts.months.count),
      ["months": .count(Int64(facts.months.count)), "first": .month(facts.months[0].month)])
  }

  /// Whether the charges of all months contain tax, in words; null where months differ or have no charges.
  private func taxBasis() throws -> TemplateValue {
    let charges = facts.months.compactMap(\.charges)
    guard let first = charges.first,
      charges.allSatisfy({ $0.pricesIncludeTax == first.pricesIncludeTax })
    else { return .null }
    return try ChargeWords(month: facts.current, path: PortalPaths.usageIndex, messages: messages)
      .taxBasis(of: first)
  }

  private static let names = FieldNames(
    .month, .href, .messages, .activePartners, .successRate, .payloadSize, .charges, .isRunning,
    .isComplete)

  private func row(_ month: MonthFacts) -> TemplateValue {
    let href = PortalPaths.address(of: PortalPaths.usage(month.month), from: PortalPaths.usageIndex)
    return Self.names.row(
      .month(month.month), .text(href), .count(month.summary.totalMessages),
      .count(month.summary.activePartners), .percent(month.summary.successRate),
      .bytes(month.summary.totalBytes), .money(month.charges?.total), .bool(!month.isClosed),
      .bool(month.isComplete || !month.isClosed))
  }
}

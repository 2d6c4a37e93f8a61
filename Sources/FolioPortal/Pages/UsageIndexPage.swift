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
      content: TemplateObject([
        "months": .list(facts.months.reversed().map(row)), "tax_basis": try taxBasis(),
        "volume_chart": try volume(),
      ]))
  }

  /// Messages of the last twelve months by direction; null when there are none.
  private func volume() throws -> TemplateValue {
    let months = Array(facts.months.suffix(TrendsFeed.monthsLimit))
    let title = try messages.text(
      "usage.trends.title", count: Int64(months.count), ["months": .count(Int64(months.count))])
    return try MonthColumns(messages: messages).chart(id: "volume", title: title, of: months) { index in
      let summary = months[index].summary
      return [summary.inboundMessages, summary.outboundMessages, summary.undirectedMessages]
    }
  }

  private func lead() throws -> TemplateValue {
    try messages.sentence(
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
    "month", "href", "messages", "active_partners", "success_rate", "payload_size", "charges", "is_running",
    "is_complete")

  private func row(_ month: MonthFacts) -> TemplateValue {
    let href = PortalPaths.address(of: PortalPaths.usage(month.month), from: PortalPaths.usageIndex)
    return Self.names.row(
      .month(month.month), .text(href), .count(month.summary.totalMessages),
      .count(month.summary.activePartners), .percent(month.summary.successRate),
      .bytes(month.summary.totalBytes), .money(month.charges?.total), .bool(!month.isClosed),
      .bool(month.isComplete || !month.isClosed))
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// A year month by month.
struct AnnualReportPage {
  let year: Int
  let months: [(facts: MonthFacts, statement: MonthStatement)]
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private var path: String { PortalPaths.annualReport(year) }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/report-annual", section: .reports,
      heading: try messages.text("reports.annual.heading", ["year": .integer(Int64(year))]), lead: try lead(),
      asOf: lastChanged,
      usage: UsageFreshness(
        isOver ? months.last?.facts.completeThrough : facts.statement.usageCompleteThrough),
      feed: feed, feedPath: PortalPaths.annualReportFeed(year),
      content: [
        .links: .list(
          months.map { .text(PortalPaths.address(of: PortalPaths.monthlyReport($0.facts.month), from: path)) }
        ),
        .rows: .list(rows()),
        .hasRefunds: .bool(months.contains { !$0.statement.refunds.isEmpty }),
        .reportsHref: .text(PortalPaths.address(of: PortalPaths.reports, from: path)),
      ])
  }

  private var isOver: Bool { year < facts.statement.asOf.date.month.year }

  private var lastChanged: Timestamp {
    guard isOver else { return facts.statement.asOf }
    let changes = months.flatMap { [$0.facts.lastChanged, $0.statement.changedAt].compactMap(\.self) }
    return changes.max() ?? facts.statement.asOf
  }

  private func lead() throws -> TemplateValue {
    var messageCount: Int64 = 0
    for month in months { messageCount = try messageCount.addingChecked(month.facts.summary.totalMessages) }
    let charges = try Money.sum(of: months.compactMap(\.facts.charges?.total), in: facts.currency)
    return try messages.sentence(
      isOver ? "reports.annual.lead.over" : "reports.annual.lead.running",
      [
        "messages": .count(messageCount), "charges": .money(charges), "year": .integer(Int64(year)),
      ])
  }

  /// The feed's months with the addresses of their reports.
  private func rows() -> [TemplateValue] {
    guard case .list(let rows)? = feed[.months] else { return [] }
    return zip(months, rows).map { month, row in
      .fields([
        .values: row,
        .href: .text(PortalPaths.address(of: PortalPaths.monthlyReport(month.facts.month), from: path)),
      ])
    }
  }
}

import FolioAccounts
import FolioBilling
import Templating

/// Where the monthly, annual and custom reports are.
struct ReportsPage {
  let reports: [CustomReport]
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.reports, template: "pages/reports", section: .reports,
      heading: try messages.text("reports.heading"), lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: TemplateObject(),
      feedPath: PortalPaths.feedsIndex,
      content: [
        .custom: .list(try reports.map(custom)),
        .years: .list(facts.years.reversed().map(year)),
        .months: .list(facts.months.reversed().map(month)),
      ])
  }

  private func lead() throws -> TemplateValue {
    let count = Int64(reports.count)
    if count == 0 { return try messages.sentence("reports.lead.standard") }
    return try messages.sentence("reports.lead.custom", count: count, ["count": .count(count)])
  }

  private func address(_ path: String) -> TemplateValue {
    .text(PortalPaths.address(of: path, from: PortalPaths.reports))
  }

  private func custom(_ report: CustomReport) throws -> TemplateValue {
    let words = ReportWords(messages: messages)
    return .fields([
      .name: .text(try words.name(of: report)), .id: .text(report.definition.id.text),
      .range: .text(words.range(of: report)), .href: address(PortalPaths.report(report.definition.id)),
    ])
  }

  private func year(_ year: Int) -> TemplateValue {
    .fields([.name: .integer(Int64(year)), .href: address(PortalPaths.annualReport(year))])
  }

  private func month(_ month: MonthFacts) -> TemplateValue {
    .fields([
      .name: .month(month.month), .href: address(PortalPaths.monthlyReport(month.month)),
      .isRunning: .bool(!month.isClosed),
    ])
  }
}

/// What pages call a custom report.
struct ReportWords {
  let messages: MessageCatalog

  /// The type in words where there are some, else as its source spelt it.
  func name(of report: CustomReport) throws -> String {
    let key = "reports.type.\(report.definition.reportType)"
    return messages.contains(key) ? try messages.text(key) : report.definition.reportType
  }

  /// The days of the range, the last one included.
  func range(of report: CustomReport) -> String {
    let (start, end) = (report.definition.start, report.definition.end)
    guard start <= end else { return messages.printer.date(start) }
    return messages.printer.days(BillingPeriod(start: start.start, end: end.adding(days: 1).start))
  }

  /// The months counted, from the first to the last; nil where there are none.
  func months(of report: CustomReport) -> String? {
    guard let first = report.months.first, let last = report.months.last else { return nil }
    let printer = messages.printer
    return first == last ? printer.month(first) : "\(printer.month(first)) – \(printer.month(last))"
  }
}

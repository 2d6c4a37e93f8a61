import FolioAccounts
import FolioBilling

extension PortalEdition {
  /// Reports: a page and a feed a month, a year, and a custom definition, and the list of them.
  ///
  /// - Throws: as `write`.
  func writeReports() throws {
    let statements = try facts.months.map { try MonthStatement($0.month, of: facts) }
    let months = Array(zip(facts.months, statements).map { (facts: $0, statement: $1) })
    for (month, statement) in months { try writeMonthlyReport(month, statement) }
    for year in facts.years {
      try writeAnnualReport(year, months.filter { $0.facts.month.year == year })
    }
    let reports = try facts.statement.reports.map { try CustomReport($0, facts) }
    for report in reports { try writeCustomReport(report) }
    let list = ReportsPage(reports: reports, facts: facts, messages: messages)
    try writer.write(list.page())
  }

  private func writeMonthlyReport(
    _ month: MonthFacts, _ statement: MonthStatement
  ) throws {
    let feed = try MonthlyReportFeed(
      month: month, statement: statement, facts: facts, messages: messages
    ).object()
    let path = PortalPaths.monthlyReportFeed(month.month)
    try writer.write(feed: feed, at: path, title: "feeds.report_monthly", period: month.month)
    let page = MonthlyReportPage(
      month: month, statement: statement, feed: feed, facts: facts, messages: messages)
    try writer.write(page.page())
  }

  private func writeAnnualReport(
    _ year: Int, _ months: [(facts: MonthFacts, statement: MonthStatement)]
  ) throws {
    let feed = try AnnualReportFeed(year: year, months: months, facts: facts).object()
    try writer.write(feed: feed, at: PortalPaths.annualReportFeed(year), title: "feeds.report_annual")
    let page = AnnualReportPage(year: year, months: months, feed: feed, facts: facts, messages: messages)
    try writer.write(page.page())
  }

  private func writeCustomReport(
    _ report: CustomReport
  ) throws {
    let feed = try CustomReportFeed(report: report, facts: facts, messages: messages).object()
    let id = report.definition.id
    try writer.write(feed: feed, at: PortalPaths.reportFeed(id), title: "feeds.report_custom")
    let page = CustomReportPage(report: report, feed: feed, facts: facts, messages: messages)
    try writer.write(page.page())
  }
}

import FolioAccounts
import FolioBilling

extension Portal {
  /// Reports: a page and a feed a month, a year, and a custom definition, and the list of them.
  ///
  /// - Throws: as `files`.
  func emitReports(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let statements = try facts.months.map { try MonthStatement($0.month, of: facts) }
    let months = Array(zip(facts.months, statements).map { (facts: $0, statement: $1) })
    for (month, statement) in months { try emitMonthlyReport(month, statement, emit, &index) }
    for year in facts.years {
      try emitAnnualReport(year, months.filter { $0.facts.month.year == year }, emit, &index)
    }
    let reports = try facts.statement.reports.map { try CustomReport($0, facts) }
    for report in reports { try emitCustomReport(report, emit, &index) }
    let list = ReportsPage(reports: reports, facts: facts, messages: messages)
    try emit(PortalPaths.reports, renderer.bytes(of: list.page()))
  }

  private func emitMonthlyReport(
    _ month: MonthFacts, _ statement: MonthStatement, _ emit: Emit, _ index: inout FeedsIndex
  ) throws {
    let feed = try MonthlyReportFeed(
      month: month, statement: statement, facts: facts, messages: messages
    ).object()
    let path = PortalPaths.monthlyReportFeed(month.month)
    try emitFeed(feed, path, title: "feeds.report_monthly", period: month.month, emit, &index)
    let page = MonthlyReportPage(
      month: month, statement: statement, feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.monthlyReport(month.month), renderer.bytes(of: page.page()))
  }

  private func emitAnnualReport(
    _ year: Int, _ months: [(facts: MonthFacts, statement: MonthStatement)], _ emit: Emit,
    _ index: inout FeedsIndex
  ) throws {
    let feed = try AnnualReportFeed(year: year, months: months, facts: facts).object()
    try emitFeed(feed, PortalPaths.annualReportFeed(year), title: "feeds.report_annual", emit, &index)
    let page = AnnualReportPage(year: year, months: months, feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.annualReport(year), renderer.bytes(of: page.page()))
  }

  private func emitCustomReport(
    _ report: CustomReport, _ emit: Emit, _ index: inout FeedsIndex
  ) throws {
    let feed = try CustomReportFeed(report: report, facts: facts, messages: messages).object()
    let id = report.definition.id
    try emitFeed(feed, PortalPaths.reportFeed(id), title: "feeds.report_custom", emit, &index)
    let page = CustomReportPage(report: report, feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.report(id), renderer.bytes(of: page.page()))
  }
}

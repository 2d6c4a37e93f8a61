import FolioAccounts
import FolioBilling

extension PortalEdition {
  /// Departments: a page a month and a year, and the list of them.
  ///
  /// - Throws: as `write`.
  func writeDepartments() throws {
    let feed = AllocationFeed(facts: facts, messages: messages)
    try writer.write(feed: feed.object(), at: PortalPaths.allocationFeed, title: "feeds.allocation")
    for month in facts.months {
      let page = try page(.month(month), of: [month], feed)
      try writer.write(page.page())
    }
    for year in facts.years {
      let page = try page(.year(year), of: facts.months(of: year), feed)
      try writer.write(page.page())
    }
    let latest = try page(.month(feed.latest), of: [feed.latest], feed)
    let list = DepartmentsIndexPage(latest: latest, facts: facts, messages: messages)
    try writer.write(list.page())
  }

  private func page(
    _ period: DepartmentsPage.Period, of months: [MonthFacts], _ feed: AllocationFeed
  ) throws -> DepartmentsPage {
    let costs = try DepartmentCosts(months, in: facts.currency)
    return DepartmentsPage(
      period: period, costs: costs, rows: try feed.departments(costs), facts: facts, messages: messages)
  }
}

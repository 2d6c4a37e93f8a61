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
      let page = try page(.month(month), month.departmentCosts(in: facts.currency), feed)
      try writer.write(page.page())
    }
    for year in facts.years {
      let page = try page(.year(year), facts.departmentCosts(of: year), feed)
      try writer.write(page.page())
    }
    let latest = try page(
      .month(feed.latest), feed.latest.departmentCosts(in: facts.currency), feed)
    let list = DepartmentsIndexPage(latest: latest, facts: facts, messages: messages)
    try writer.write(list.page())
  }

  private func page(
    _ period: DepartmentsPage.Period, _ costs: DepartmentCosts?, _ feed: AllocationFeed
  ) throws -> DepartmentsPage {
    DepartmentsPage(
      period: period, costs: costs, rows: try feed.departments(costs), facts: facts, messages: messages)
  }
}

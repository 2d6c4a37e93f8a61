import FolioAccounts
import FolioBilling

extension Portal {
  /// Departments: a page a month and a year, and the list of them.
  ///
  /// - Throws: as `files`.
  func emitDepartments(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let feed = AllocationFeed(facts: facts, messages: messages)
    try emitFeed(feed.object(), PortalPaths.allocationFeed, title: "feeds.allocation", emit, &index)
    for month in facts.months {
      let page = try page(.month(month), of: [month], feed)
      try emit(page.path, renderer.bytes(of: page.page()))
    }
    for year in facts.years {
      let page = try page(.year(year), of: facts.months(of: year), feed)
      try emit(page.path, renderer.bytes(of: page.page()))
    }
    let latest = try page(.month(feed.latest), of: [feed.latest], feed)
    let list = DepartmentsIndexPage(latest: latest, facts: facts, messages: messages)
    try emit(PortalPaths.departments, renderer.bytes(of: list.page()))
  }

  private func page(
    _ period: DepartmentsPage.Period, of months: [MonthFacts], _ feed: AllocationFeed
  ) throws -> DepartmentsPage {
    let costs = try DepartmentCosts(months, in: facts.currency)
    return DepartmentsPage(
      period: period, costs: costs, rows: try feed.departments(costs), facts: facts, messages: messages)
  }
}

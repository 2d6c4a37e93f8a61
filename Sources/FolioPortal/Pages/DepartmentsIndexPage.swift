import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// Departments of the latest month with messages, and where the other months and the years are.
struct DepartmentsIndexPage {
  /// The page of the latest month with messages.
  let latest: DepartmentsPage
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.departments, template: "pages/departments", section: .departments,
      heading: try messages.text("departments.heading"), lead: try latest.lead(),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages), feed: TemplateObject(),
      feedPath: PortalPaths.allocationFeed, content: try content(),
      charts: [("departments", try latest.figure(on: PortalPaths.departments, title: title()))])
  }

  private func title() throws -> String {
    try messages.text("departments.latest", ["period": .text(latest.periodText)])
  }

  private func content() throws -> TemplateObject {
    let sums = DepartmentSums(costs: latest.costs, messages: messages)
    let lists: TemplateObject = [
      .months: .list(try facts.months.reversed().map(row)),
      .years: .list(try facts.years.reversed().map(row)),
    ]
    return try sums.content() + lists
  }

  private static let names = FieldNames(.period, .href, .allocated, .unallocated, .cost, .charges)

  private func row(_ month: MonthFacts) throws -> TemplateValue {
    try row(
      .month(month.month), PortalPaths.departments(month.month),
      month.departmentCosts(in: facts.currency))
  }

  private func row(_ year: Int) throws -> TemplateValue {
    try row(
      .integer(Int64(year)), PortalPaths.departments(ofYear: year),
      facts.departmentCosts(of: year))
  }

  private func row(_ period: TemplateValue, _ path: String, _ costs: DepartmentCosts?) throws -> TemplateValue
  {
    let (cost, unallocated) = (try costs?.cost(), costs?.unallocated?.cost)
    return Self.names.row(
      period, .text(PortalPaths.address(of: path, from: PortalPaths.departments)),
      .money(try unallocated.flatMap { try cost?.subtracting($0) }), .money(unallocated), .money(cost),
      .money(costs?.identity.charges))
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET allocation`: what each department costs, by month and by year.
struct AllocationFeed {
  let facts: AccountFacts
  /// Nil leaves out what only words can say.
  let messages: MessageCatalog?

  /// The latest month that has messages, else the running one: what the answer's own fields are about.
  var latest: MonthFacts { facts.months.last { $0.summary.totalMessages > 0 } ?? facts.current }

  func object() throws -> TemplateObject {
    let latest = latest
    let costs = try latest.departmentCosts(in: facts.currency)
    let months = try facts.months.map { month in
      try period(.month(month.month), month.departmentCosts(in: facts.currency))
    }
    return [
      .allocationMethod: .text("partner_tagging"),
      .departments: .list(try departments(costs)),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .asOf: .instant(facts.statement.asOf),
      .period: .month(latest.month),
      .reconciliation: ChargeValues.reconciliation(costs?.identity),
      .months: .list(months),
      .years: .list(try years()),
    ]
  }

  private func years() throws -> [TemplateValue] {
    try facts.years.map { year in
      try period(.integer(Int64(year)), facts.departmentCosts(of: year))
    }
  }

  private static let periodFields = FieldNames(.period, .departments, .reconciliation)

  private func period(_ name: TemplateValue, _ costs: DepartmentCosts?) throws -> TemplateValue {
    Self.periodFields.row(
      name, .list(try departments(costs)), ChargeValues.reconciliation(costs?.identity))
  }

  private static let fields = FieldNames(
    .department, .partners, .messageCount, .cost, .costMinor, .messageCharges, .partnerFees,
    .share,
    .isUnallocated)

  /// Rows of departments; none where no plan rates the time.
  func departments(_ costs: DepartmentCosts?) throws -> [TemplateValue] {
    guard let costs else { return [] }
    let shares = Shares.percents(of: costs.departments.map(\.cost.minorUnits))
    return try zip(costs.departments, shares).map { department, share in
      Self.fields.row(
        .text(try department.department ?? messages?.text("departments.unallocated")),
        .list(department.partnerIDs.map { .text($0.text) }), .count(department.messages),
        .money(department.cost), .minor(department.cost), .money(department.messageCharges),
        .money(department.partnerFees), share, .bool(department.department == nil))
    }
  }
}

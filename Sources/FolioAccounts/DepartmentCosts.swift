package import FolioBilling
package import FolioRating

/// What the departments of a customer cost in some months together.
package struct DepartmentCosts: Hashable, Sendable {
  /// In order of the names' bytes; Unallocated is last and always there.
  package let departments: [DepartmentCost]
  /// How the costs and the charges of the months belong together.
  package let identity: ReconcilingIdentity
  /// Months whose charges are not known, because nobody defined their plan.
  package let unratedMonths: [CalendarMonth]

  /// Adds up months; nil when none of them has charges.
  package init?(_ months: some Sequence<MonthFacts>, in currency: Currency) throws(ArithmeticOverflow) {
    let months = Array(months)
    let allocations = months.compactMap(\.allocation)
    if allocations.isEmpty { return nil }
    unratedMonths = months.filter { $0.unratedPlan != nil }.map(\.month)
    identity = try ReconcilingIdentity(sumOf: allocations.map(\.identity), in: currency)
    departments = try DepartmentCost.sums(of: allocations.map(\.departments), in: currency)
  }

  /// What belongs to no department.
  package var unallocated: DepartmentCost? { departments.last }

  /// The messages of all departments, Unallocated included.
  package func messages() throws(ArithmeticOverflow) -> Int64 {
    var sum: Int64 = 0
    for department in departments { sum = try sum.addingChecked(department.messages) }
    return sum
  }

  /// What all departments cost together, Unallocated included.
  package func cost() throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: departments.lazy.map(\.cost), in: identity.charges.currency)
  }
}

extension MonthFacts {
  /// What the departments cost in the month; nil when it has no charges. Derived once.
  package func departmentCosts(in currency: Currency) throws -> DepartmentCosts? {
    try departmentCostsOnce { try DepartmentCosts(CollectionOfOne(self), in: currency) }
  }
}

extension AccountFacts {
  /// The calendar years of the account, in order.
  package var years: [Int] { Array(months[0].month.year...current.month.year) }

  /// The months of a calendar year.
  package func months(of year: Int) -> [MonthFacts] { months.filter { $0.month.year == year } }

  /// What the departments cost in a year of the account; nil when none of its months has charges. Derived once.
  package func departmentCosts(of year: Int) throws -> DepartmentCosts? {
    try departmentCostsOnce { try departmentCostsByYear() }[year]
  }

  private func departmentCostsByYear() throws -> [Int: DepartmentCosts] {
    var costs: [Int: DepartmentCosts] = [:]
    for year in years { costs[year] = try DepartmentCosts(months(of: year), in: currency) }
    return costs
  }
}

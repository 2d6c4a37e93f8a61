import FolioAccounts
import FolioBilling
import FolioRating
import Testing

@Suite struct PlanComparisonTests {
  private func perPartner(_ fee: String, id: String = "plan_partner") throws -> PlanVersion {
    let dollars = try currency("USD")
    return PlanVersion(
      planID: try PlanID(id), name: "Per partner", effectiveAt: try instant("2023-01-01T00:00:00Z"),
      terms: PlanTerms(
        model: .perPartner, currency: dollars, baseFee: try usd("0.00"),
        partnerFee: UnitPrice(try ExactDecimal(fee), currency: dollars)))
  }

  private func comparison(
    _ usage: [MonthUsage], _ plans: [PlanVersion], subscriptions: [Subscription]? = nil,
    asOf: String = "2024-04-10T00:00:00Z"
  ) throws -> PlanComparison? {
    try PlanComparison(facts(usage, plans: plans, subscriptions: subscriptions, asOf: asOf))
  }

  private func quarter() throws -> [MonthUsage] {
    try [("2024-01", 16_840), ("2024-02", 20_000), ("2024-03", 2_000)].map {
      try usage($0.0, [("prt_a", Int64($0.1) - 1), ("prt_b", 1)])
    }
  }

  @Test func `plans are rated month by month on the closed months, the cheapest first`() throws {
    let comparison = try #require(try comparison(quarter(), [plan(), perPartner("300")]))
    #expect(comparison.months.map(\.text) == ["2024-01", "2024-02", "2024-03"])
    #expect(comparison.plans.map(\.plan.planID.text) == ["plan_partner", "plan_a"])
    #expect(comparison.plans[1].charges.map(\.total.decimalText) == ["842.00", "1000.00", "299.00"])
    #expect(comparison.plans[0].charges.map(\.total.decimalText) == ["600.00", "600.00", "600.00"])
    #expect(comparison.current?.total == (try usd("2141.00")))
    #expect(comparison.cheaperPlans.map(\.plan.name) == ["Per partner"])
    #expect(try comparison.monthly(usd("341.00")) == usd("113.67"))
  }

  @Test func `where the current plan is the cheapest nothing is cheaper`() throws {
    let comparison = try #require(try comparison(quarter(), [plan(), perPartner("1000")]))
    #expect(comparison.cheaperPlans.isEmpty && comparison.plans[0].isCurrent)
  }

  @Test
  func `what is not offered, of another currency or yet to come is left out, but for the plan in force`()
    throws
  {
    func version(_ base: PlanVersion, offered: Bool, from: String = "2023-01-01T00:00:00Z") throws
      -> PlanVersion
    {
      PlanVersion(
        planID: base.planID, name: base.name, effectiveAt: try instant(from), terms: base.terms,
        isOffered: offered)
    }
    let plans = try [
      version(plan(), offered: false), version(plan("plan_old"), offered: false),
      version(plan("plan_next"), offered: true, from: "2024-05-01T00:00:00Z"),
      plan("plan_euro", in: "EUR"), perPartner("10"),
    ]
    let comparison = try #require(try comparison(quarter(), plans))
    #expect(comparison.plans.map(\.plan.planID.text) == ["plan_partner", "plan_a"])
  }

  @Test func `a plan whose prices contain tax is named and not compared`() throws {
    let comparison = try #require(
      try comparison(quarter(), [plan(), plan("plan_gross", rate: "0.01", pricesIncludeTax: true)]))
    #expect(comparison.plans.map(\.plan.planID.text) == ["plan_a"])
    #expect(comparison.uncomparable.map(\.planID.text) == ["plan_gross"])
  }

  @Test func `an offered plan whose charges no amount can hold is named, and stops nobody`() throws {
    let plans = try [plan(), plan("plan_absurd", rate: "90000000000000")]
    let comparison = try #require(try comparison(quarter(), plans))
    #expect(comparison.plans.map(\.plan.planID.text) == ["plan_a"])
    #expect(comparison.uncomparable.map(\.planID.text) == ["plan_absurd"])
  }

  @Test func `a month in which the plan changed is rated under each plan as one`() throws {
    let changed = try subscription([
      ("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-02-11T00:00:00Z"),
    ])
    let comparison = try #require(
      try comparison(quarter(), [plan(), plan("plan_b", base: "0", rate: "0.04")], subscriptions: [changed]))
    #expect(comparison.current?.plan.planID.text == "plan_b")
    #expect(comparison.plans.map { $0.charges[1].total.decimalText } == ["800.00", "1000.00"])
    #expect(comparison.plans.map { $0.charges[1].lines.count } == [1, 2])
  }

  @Test func `at most twelve months count, none before the first has closed`() throws {
    let months = try (0..<15).map { try usage(month("2023-01").adding(months: $0).text, messages: 10_000) }
    let old = try subscription([("plan_a", "2023-01-01T00:00:00Z")])
    let comparison = try #require(try comparison(months, [plan()], subscriptions: [old]))
    #expect(comparison.months.map(\.text).first == "2023-04" && comparison.months.count == 12)
    #expect(try self.comparison([], [plan()], asOf: "2024-01-20T00:00:00Z") == nil)
  }
}

import FolioAccounts
import FolioBilling
import FolioRating
import Testing

/// A month of days, each with as many messages as `messages` says for its number; nil for no figure.
private func days(of text: String, _ messages: (Int) -> Int64?) throws -> MonthUsage {
  let days = try month(text).days.compactMap { date in
    messages(date.components.day).map {
      DayUsage(date: date, inbound: UsageCounts(messages: $0), outbound: UsageCounts())
    }
  }
  let total = days.reduce(into: Int64(0)) { $0 += $1.inbound.messages }
  return MonthUsage(
    month: try month(text),
    partners: [
      PartnerUsage(
        partnerID: try PartnerID("prt_a"), inbound: UsageCounts(messages: total), outbound: UsageCounts())
    ], days: days)
}

/// 1,000 messages a day, and 500 by the noon at which the facts end.
private func may() throws -> MonthUsage {
  try days(of: "2024-05") { $0 < 16 ? 1_000 : $0 == 16 ? 500 : nil }
}

private let noon = "2024-05-16T12:00:00Z"

@Suite struct DailyCostTests {
  @Test func `fees are in from the first day, and the last total is the month's to date`() throws {
    let facts = try facts([may()], asOf: noon)
    let costs = try facts.current.dailyCosts()
    #expect(costs.count == 16)
    #expect(costs.prefix(5).allSatisfy { $0.total.decimalText == "299.00" && !$0.isPartial })
    #expect(costs[5].total.decimalText == "300.00" && costs[14].total.decimalText == "750.00")
    #expect(costs[15].isPartial && costs[15].date.text == "2024-05-16")
    #expect(costs[15].total == facts.current.toDate.charges?.total)
    #expect(costs[15].total.decimalText == "775.00")
  }

  @Test func `a month that is over ends with its charges`() throws {
    let facts = try facts([days(of: "2024-04") { _ in 1_000 }])
    let april = try #require(facts.month(month("2024-04")))
    let costs = try april.dailyCosts()
    #expect(costs.count == 30 && costs.allSatisfy { !$0.isPartial })
    #expect(costs.last?.total == april.charges?.total)
  }

  @Test func `a month without days, and one without a plan, has no course`() throws {
    #expect(try facts([usage("2024-05", messages: 10)], asOf: noon).current.dailyCosts().isEmpty)
    #expect(try facts([may()], plans: [], asOf: noon).current.dailyCosts().isEmpty)
  }

  @Test func `the first days are those through which usage is complete`() throws {
    let facts = try facts([may()], asOf: noon)
    let days = try #require(facts.current.wholeDays)
    #expect(days.count == 15 && days.messages == 15_000)
    #expect(days.period.inclusiveEnd.date.text == "2024-05-15")
    #expect(facts.current.firstDays(40)?.count == 31 && facts.current.firstDays(0) == nil)
  }
}

@Suite struct ProjectionRangeTests {
  private func earlier() throws -> [MonthUsage] {
    [
      try days(of: "2024-01") { _ in 1_000 }, try days(of: "2024-02") { $0 <= 15 ? 1_000 : 2_000 },
      try days(of: "2024-03") { $0 <= 15 ? 2_000 : 1_000 }, try days(of: "2024-04") { _ in 1_000 },
    ]
  }

  @Test func `the range is where earlier months ended against what the same days pointed to`() throws {
    let range = try #require(try facts(earlier() + [may()], asOf: noon).projectionRange())
    // 31,000 are projected. March ended with 46,000 where 62,000 were, February with 43,000 where 29,000 were.
    #expect(range.low.decimalText == "1150.00", "23,000 messages")
    #expect(range.high.decimalText == "2298.30", "45,966 messages")
    #expect(range.months == 4)
  }

  @Test func `the range never ends below what is spent`() throws {
    let fading = try ["2024-02", "2024-03", "2024-04"].map { month in
      try days(of: month) { $0 <= 15 ? 1_000 : 0 }
    }
    let range = try #require(try facts(fading + [may()], asOf: noon).projectionRange())
    #expect(range.low.decimalText == "775.00" || range.low.minorUnits > 77_500)
  }

  @Test func `fewer than three whole months, a first day and a part of a month have no range`() throws {
    #expect(
      try facts(Array(earlier().suffix(2)) + [may()], subscriptions: [since("2024-03-01")], asOf: noon)
        .projectionRange() == nil)
    #expect(try facts(earlier() + [may()], asOf: "2024-05-01T12:00:00Z").projectionRange() == nil)
    let part = try facts(earlier() + [may()], subscriptions: [since("2024-05-03")], asOf: noon)
    #expect(try part.projectionRange() == nil)
  }

  private func since(_ day: String) throws -> Subscription {
    try subscription([("plan_a", day + "T00:00:00Z")])
  }
}

@Suite struct BudgetCourseTests {
  private func status(_ amount: String, _ period: BudgetPeriod, _ usage: [MonthUsage]) throws -> BudgetStatus
  {
    let budget = Budget(
      id: try BudgetID("bud_a"), name: "Budget", amount: try usd(amount), period: period,
      alertThresholds: [50, 75, 90], hasHardLimit: false)
    let statement = Statement(
      customer: try customer(), asOf: try instant(noon), usageCompleteThrough: try instant(noon),
      subscriptions: [try subscription()], plans: [try plan()], usage: usage, budgets: [budget])
    return try #require(try AccountFacts(statement).budgetStatuses().first)
  }

  @Test func `a mark that is reached has the day by whose end it was`() throws {
    let status = try status("700.00", .monthly, [may()])
    #expect(status.thresholds.map(\.reachedOn?.text) == ["2024-05-07", "2024-05-11", "2024-05-13"])
    #expect(status.thresholds.allSatisfy { $0.expectedOn == nil })
  }

  @Test func `a mark that is not has the day on which the pace reaches it, if that is in the month`() throws {
    // 775.00 are spent and 1,550.00 projected: 225.00 more take 4.5 of the 15.5 days that are left.
    let status = try status("2000.00", .monthly, [may()])
    #expect(status.thresholds.map(\.expectedOn?.text) == ["2024-05-21", "2024-05-31", nil])
    #expect(status.thresholds.allSatisfy { $0.reachedOn == nil && !$0.isReached })
  }

  @Test func `the months of a quarter add up`() throws {
    // April came to 1,500.00; 50 % of 3,000.00 was reached on its last day.
    let april = try days(of: "2024-04") { _ in 1_000 }
    let status = try status("3000.00", .quarterly, [april, may()])
    #expect(status.thresholds.map(\.reachedOn?.text) == ["2024-04-30", "2024-05-15", nil])
    #expect(status.thresholds[2].expectedOn?.text == "2024-05-25")
  }
}

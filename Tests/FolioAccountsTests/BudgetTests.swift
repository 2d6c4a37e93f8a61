import FolioAccounts
import FolioBilling
import Testing

@Suite struct BudgetTests {
  private func budget(_ amount: String, _ period: BudgetPeriod, marks: [Int64] = [50, 75, 90]) throws
    -> Budget
  {
    Budget(
      id: try BudgetID("bud_a"), name: "Monthly AS2 Budget", amount: try usd(amount), period: period,
      alertThresholds: marks, hasHardLimit: true)
  }

  private func status(
    _ budget: Budget, _ usage: [MonthUsage], asOf: String, alerts: [AlertOccurrence] = [],
    plans: [PlanVersion]? = nil
  ) throws -> BudgetStatus {
    let statement = Statement(
      customer: try customer(), asOf: try instant(asOf), usageCompleteThrough: try instant(asOf),
      subscriptions: [try subscription()], plans: try plans ?? [plan()], usage: usage, budgets: [budget],
      alertOccurrences: alerts)
    return try #require(try AccountFacts(statement).budgetStatuses().first)
  }

  @Test func `S7: 1,500.00 of 2,000.00 is 75 %, and 500.00 is left`() throws {
    let status = try status(
      budget("2000.00", .monthly), [usage("2024-01", messages: 30_000)], asOf: "2024-01-23T12:00:00Z")
    #expect(status.spent == (try usd("1500.00")))
    #expect(status.percentUsed == 75)
    #expect(try status.remaining() == usd("500.00"))
    #expect(status.thresholds.map(\.isReached) == [true, true, false])
    #expect(status.thresholds.map(\.amount?.decimalText) == ["1000.00", "1500.00", "1800.00"])
    #expect(status.period.inclusiveEnd.text == "2024-01-31T23:59:59Z")
    #expect(!status.isExceeded)
  }

  @Test func `a mark above what an amount can be has none, and stops nobody`() throws {
    let status = try status(
      budget("92233720368547758.07", .monthly, marks: [50, 101]), [usage("2024-01", messages: 100)],
      asOf: "2024-01-23T12:00:00Z")
    #expect(status.thresholds.map(\.amount?.decimalText) == ["46116860184273879.04", nil])
    #expect(status.thresholds.map(\.isReached) == [false, false])
  }

  @Test func `a quarter and a year hold the months so far and project the running one`() throws {
    let months = try [("2024-04", 10_000), ("2024-05", 10_000)].map {
      try usage($0.0, messages: Int64($0.1))
    }
    let quarter = try status(budget("1000.00", .quarterly), months, asOf: "2024-05-16T12:00:00Z")
    #expect(quarter.period.start.text == "2024-04-01T00:00:00Z")
    #expect(quarter.period.end.text == "2024-07-01T00:00:00Z")
    #expect(quarter.spent == (try usd("1000.00")) && !quarter.isExceeded)
    #expect(quarter.projected == (try usd("1500.00")))
    let year = try status(budget("1000.00", .annual), months, asOf: "2024-05-16T12:00:00Z")
    // January to March had no messages: three base fees of 299.00 more.
    #expect(year.spent == (try usd("1897.00")) && year.isExceeded)
    #expect(year.percentUsed == 189)
  }

  @Test func `an alert marks its threshold when it names the budget and lies in the period`() throws {
    func alert(_ name: String, _ percent: Int64, _ at: String?) throws -> AlertOccurrence {
      AlertOccurrence(
        type: "billing.budget_alert", subject: name, limit: try usd("2000.00"),
        currentUsage: try usd("1500.00"), thresholdPercentage: percent, at: try at.map(instant))
    }
    let alerts = try [
      alert("Another", 50, "2024-01-10T00:00:00Z"), alert("Monthly AS2 Budget", 90, nil),
      alert("Monthly AS2 Budget", 75, "2023-12-30T00:00:00Z"),
      alert("Monthly AS2 Budget", 50, "2024-01-12T00:00:00Z"),
    ]
    let status = try status(
      budget("2000.00", .monthly), [usage("2024-01", messages: 30_000)], asOf: "2024-01-23T12:00:00Z",
      alerts: alerts)
    #expect(status.thresholds.map(\.alertedAt?.text) == ["2024-01-12T00:00:00Z", nil, nil])
  }

  @Test func `without the plan nothing is known to be spent`() throws {
    let status = try status(
      budget("2000.00", .monthly), [usage("2024-01", messages: 30)], asOf: "2024-01-23T12:00:00Z", plans: [])
    #expect(status.spent == nil && status.percentUsed == nil && !status.isExceeded)
    #expect(status.thresholds.allSatisfy { !$0.isReached })
  }
}

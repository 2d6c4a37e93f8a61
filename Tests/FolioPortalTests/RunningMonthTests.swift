import FolioBilling
import FolioPortal
import Testing

@Suite struct RunningMonthTests {
  private func statement(
    asOf: String = "2024-01-16T12:00:00Z", through: String? = "2024-01-16T12:00:00Z",
    beyond: UsageCounts = UsageCounts(), subscriptions: [Subscription]? = nil, usage: [MonthUsage]? = nil
  ) throws -> Statement {
    Statement(
      customer: try Samples.customer(), asOf: try at(asOf), usageCompleteThrough: try through.map(at),
      usageBeyondCompletion: beyond, subscriptions: try subscriptions ?? [Samples.subscription()],
      plans: [try Samples.plan()], usage: try usage ?? [Samples.usage("2024-01", messages: 8_420)])
  }

  private func subscription(from start: String, canceled end: String? = nil) throws -> Subscription {
    Subscription(
      id: try SubscriptionID("sub_a"), startedAt: try at(start),
      changes: [SubscriptionChange(effectiveAt: try at(start), planID: try PlanID("plan_enterprise"))],
      cancellation: try end.map { SubscriptionCancellation(canceledAt: try at($0), atPeriodEnd: false) })
  }

  @Test func `messages after the instant of completeness wait, and the month's page keeps them`() throws {
    let later = UsageCounts(messages: 580, failed: 0, bytes: 580_000)
    let fixture = try PortalFixture(
      statement(beyond: later, usage: [Samples.usage("2024-01", messages: 9_000)]))
    let current = fixture.text("feeds/usage/current.json")
    for field in [
      "\"messages\": 8420,", "\"estimated_charges\": 421.00", "\"estimated_monthly_messages\": 16840",
      "\"estimated_monthly_charges\": 842.00",
    ] { #expect(current.contains(field), "\(field)") }
    #expect(
      fixture.text("index.html").contains("<b>8,420</b>") && fixture.text("index.html").contains("$842.00"))
    #expect(fixture.text("feeds/usage/2024-01.json").contains("\"total_messages\": 9000"))
    #expect(fixture.text("usage/2024-01.html").contains("complete through 16 Jan 2024 12:00"))
  }

  @Test func `hours that are not over are not rated`() throws {
    let hours = try [
      ("2024-01-12T00:00:00Z", 3_000), ("2024-01-16T11:00:00Z", 4_000), ("2024-01-16T12:00:00Z", 900),
    ]
    .map { HourUsage(hour: try at($0.0).hour, counts: UsageCounts(messages: Int64($0.1))) }
    let sample = try Samples.usage("2024-01", messages: 7_900)
    let usage = MonthUsage(
      month: sample.month, partners: sample.partners, days: sample.days, hours: hours)
    let text = try PortalFixture(
      statement(
        beyond: UsageCounts(messages: 900), subscriptions: [subscription(from: "2024-01-11T00:00:00Z")],
        usage: [usage])
    ).text("feeds/usage/current.json")
    #expect(text.contains("\"messages\": 7000,") && text.contains("\"estimated_charges\": 350.00"))
  }

  @Test(
    arguments: [
      ("2024-01-11T00:00:00Z", nil, "32149"), ("2024-01-16T00:00:00Z", nil, "null"),
      ("2024-01-01T00:00:00Z", "2024-01-21T00:00:00Z", "10865"),
      ("2024-01-01T00:00:00Z", "2024-01-11T00:00:00Z", "8420"),
    ] as [(String, String?, String)])
  func `a projection runs from where the subscription begins to where it ends`(
    start: String, end: String?, messages: String
  ) throws {
    let text = try PortalFixture(statement(subscriptions: [subscription(from: start, canceled: end)]))
      .text("feeds/usage/current.json")
    #expect(text.contains("\"estimated_monthly_messages\": \(messages)"), "\(text)")
  }

  @Test func `messages outside the subscription do not grow`() throws {
    let hours = try [("2024-01-05T00:00:00Z", 420), ("2024-01-12T00:00:00Z", 8_000)]
      .map { HourUsage(hour: try at($0.0).hour, counts: UsageCounts(messages: Int64($0.1))) }
    let sample = try Samples.usage("2024-01", messages: 8_420)
    let usage = MonthUsage(month: sample.month, partners: sample.partners, days: sample.days, hours: hours)
    let text = try PortalFixture(
      statement(subscriptions: [subscription(from: "2024-01-11T00:00:00Z")], usage: [usage])
    ).text("feeds/usage/current.json")
    #expect(text.contains("\"estimated_monthly_messages\": 30965"))
  }

  @Test(arguments: [nil, "2023-12-10T00:00:00Z"])
  func `who has canceled is not behind`(canceled: String?) throws {
    let fixture = try PortalFixture(
      statement(
        through: "2023-12-10T00:00:00Z",
        subscriptions: [subscription(from: "2023-11-01T00:00:00Z", canceled: canceled)],
        usage: [Samples.usage("2023-11", messages: 10)]))
    let isBehind = canceled == nil
    #expect(fixture.text("index.html").contains("Usage has been received through") == isBehind)
    #expect(fixture.text("feeds/usage/current.json").contains("\"usage_is_behind\": \(isBehind)"))
    #expect(fixture.text("usage/2023-12.html").contains("not been received to its end") == isBehind)
    #expect(fixture.text("feeds/usage/2023-12.json").contains("\"usage_is_complete\": \(!isBehind)"))
  }

  @Test func `a closed month without a subscription is complete`() throws {
    let fixture = try PortalFixture(
      statement(
        asOf: "2024-03-02T00:00:00Z", through: "2024-01-10T00:00:00Z",
        subscriptions: [subscription(from: "2024-01-01T00:00:00Z", canceled: "2024-01-10T00:00:00Z")]))
    #expect(fixture.text("feeds/usage/2024-02.json").contains("\"usage_is_complete\": true"))
    #expect(!fixture.text("usage/index.html").contains("usage incomplete"))
  }

  @Test func `nothing is listed where no invoice is open and no plan rates the month`() throws {
    let statement = Statement(
      customer: try Samples.customer(), asOf: try at("2024-02-16T00:00:00Z"),
      invoices: [try Samples.paidInvoice()])
    let fixture = try PortalFixture(statement)
    #expect(!fixture.text("index.html").contains("<caption class=\"vh\">Invoices</caption>"))
    #expect(fixture.text("index.html").contains("Nothing is due: no invoice is open."))
    #expect(fixture.text("feeds/usage/current.json").contains("\"lines\": null"))
  }
}

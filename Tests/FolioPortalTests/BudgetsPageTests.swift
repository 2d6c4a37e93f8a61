import FolioBilling
import JSON
import Testing

@Suite struct BudgetsPageTests {
  private func statement(budget amount: String? = "2000.00", messages: Int64 = 30_000) throws -> Statement {
    let budgets = try amount.map {
      [
        Budget(
          id: try BudgetID("bud_1"), name: "Monthly <AS2> Budget", amount: try usd($0), period: .monthly,
          alertThresholds: [50, 75, 90], hasHardLimit: true)
      ]
    }
    let alert = AlertRule(
      id: try AlertID("al_1"), type: "budget_threshold", threshold: try usd("1000.00"),
      notificationEmail: "finance@corp.example", webhookURL: "https://corp.example/hook?token=secret")
    let occurrence = AlertOccurrence(
      type: "billing.usage.threshold_reached", subject: "monthly_budget", limit: try usd("1000.00"),
      currentUsage: try usd("1050.00"), period: try month("2024-01"))
    return Statement(
      customer: try Samples.customer("S7"), asOf: try at("2024-01-23T12:00:00Z"),
      usageCompleteThrough: try at("2024-01-23T12:00:00Z"), subscriptions: [try Samples.subscription()],
      plans: [try Samples.plan()], usage: [try Samples.usage("2024-01", messages: messages)],
      budgets: budgets ?? [], alerts: amount == nil ? [] : [alert],
      alertOccurrences: amount == nil ? [] : [occurrence])
  }

  @Test func `the page opens with the tightest budget, and page, feed and overview say one sum`() throws {
    let fixture = try PortalFixture(statement())
    let page = fixture.text("budgets/index.html")
    #expect(page.contains("<strong>$1,500.00</strong> of <strong>$2,000.00</strong> is used of"))
    #expect(page.contains("Monthly &lt;AS2&gt; Budget") && page.contains(": 75\u{A0}%."))
    #expect(fixture.text("index.html").contains("$1,500.00"))
    let feed = fixture.text("feeds/budgets.json")
    for field in [
      #""spent": 1500.00"#, #""percent_used": 75"#, #""remaining": 500.00"#, #""hard_limit": true"#,
    ] {
      #expect(feed.contains(field), "\(field)")
    }
    #expect(page.contains("reached in January 2024"))
  }

  @Test func `who is told of an alert stays out of page and feed`() throws {
    let fixture = try PortalFixture(statement())
    for path in ["budgets/index.html", "feeds/budgets.json"] {
      let text = fixture.text(path)
      #expect(!text.contains("secret") && !text.contains("corp.example"), "\(path)")
    }
    #expect(fixture.text("budgets/index.html").contains("webhook"))
  }

  @Test func `an exceeded budget is told by how much, and no budget has an honest page`() throws {
    let over = try PortalFixture(statement(budget: "1000.00"))
    #expect(over.text("budgets/index.html").contains("is exceeded by <strong>$500.00</strong>"))
    let none = try PortalFixture(statement(budget: nil))
    #expect(none.text("budgets/index.html").contains("No budget is set."))
    #expect(none.text("budgets/index.html").contains("No alert has gone off."))
  }
}

import FolioBilling
import FolioPortal
import JSON
import Testing

@Suite struct FigureTests {
  // MARK: The bridge

  /// January with one partner; February with more of it and a new one.
  private func twoMonths() throws -> Statement {
    let counts = { (messages: Int64) in UsageCounts(messages: messages) }
    let february = MonthUsage(
      month: try month("2024-02"),
      partners: [
        PartnerUsage(partnerID: try PartnerID("prt_a"), inbound: counts(10_000), outbound: counts(0)),
        PartnerUsage(partnerID: try PartnerID("prt_b"), inbound: counts(600), outbound: counts(0)),
      ])
    return Statement(
      customer: try Samples.customer(), asOf: try at("2024-03-02T00:00:00Z"),
      usageCompleteThrough: try at("2024-03-02T00:00:00Z"), subscriptions: [try Samples.subscription()],
      plans: [try Samples.plan()],
      partners: [Partner(id: try PartnerID("prt_b"), name: "Globex <b> Supply")],
      usage: [try Samples.usage("2024-01", messages: 8_420), february])
  }

  @Test func `the bill's change is a table that sums, names who caused it, and is in the feed and two CSVs`()
    throws
  {
    let portal = try PortalFixture(twoMonths())
    let page = portal.text("usage/2024-02.html")
    for words in [
      "February 2024 came to $530.00, <strong>$109.00</strong> more than January 2024.", "+$79.00", "+$30.00",
      "<bdi>Globex &lt;b&gt; Supply</bdi>", "<figure class=\"card\" id=\"change\">", "✓ agrees",
    ] { #expect(page.contains(words), "\(words)") }
    #expect(!page.contains("Price: other terms"), "prices did not change")
    #expect(
      portal.text("exports/figures/usage/2024-02-change.csv")
        == "amount,step\r\n421.00,charges_2024-01\r\n79.00,volume\r\n30.00,partners_in\r\n530.00,charges_2024-02\r\n"
    )
    #expect(
      portal.text("exports/figures/usage/2024-02-changepartners.csv").contains(
        "Globex <b> Supply,0,600,,,,30.00,prt_b\r\n"))
    let feed = portal.text("feeds/usage/2024-02.json")
    #expect(feed.contains("\"change\": 109.00,") && feed.contains("\"change_minor\": 10900,"))
    #expect(portal.text("feeds/usage/2024-01.json").contains("\"bill_change\": null"))
    #expect(portal.text("feeds/usage/2024-03.json").contains("\"bill_change\": null"), "a part of a month")
  }

  @Test func `the overview says in short why the last bill changed`() throws {
    let page = try PortalFixture(twoMonths()).text("index.html")
    #expect(page.contains("Why did my bill change?") && page.contains("href=\"usage/2024-02.html#change\""))
    #expect(page.contains("<strong>$109.00</strong> more than January 2024."))
  }

  @Test func `a page that compares two months is dated by the later of their changes`() throws {
    let sample = try twoMonths()
    let late = MonthUsage(
      month: try month("2024-01"), partners: sample.usage[0].partners, days: sample.usage[0].days,
      changedAt: try at("2024-03-01T09:30:00Z"))
    let statement = Statement(
      customer: sample.customer, asOf: sample.asOf, usageCompleteThrough: sample.usageCompleteThrough,
      subscriptions: sample.subscriptions, plans: sample.plans, partners: sample.partners,
      usage: [late, sample.usage[1]])
    #expect(try PortalFixture(statement).text("usage/2024-02.html").contains("Data as of 1 Mar 2024 09:30"))
  }

  // MARK: Hours

  private func hours() throws -> Statement {
    let sample = try Samples.monthToDate()
    let end = sample.asOf
    let recent = RecentUsage(
      period: BillingPeriod(start: end.adding(seconds: -90 * 86_400), end: end), partners: [],
      messagesByHourOfWeek: (0..<168).map { $0 == 9 ? 600 : $0 == 6 * 24 + 23 ? 1 : 0 },
      messagesBySizeClass: [.small: 1, .large: 2])
    return Statement(
      customer: sample.customer, asOf: end, usageCompleteThrough: end, subscriptions: sample.subscriptions,
      plans: sample.plans, usage: sample.usage, recentUsage: recent)
  }

  @Test func `the hours of the week are 24 rows of shaded numbers, in the language's week`() throws {
    let portal = try PortalFixture(hours(), languages: ["en", "ar"])
    let page = portal.text("usage/index.html")
    #expect(
      page.contains(
        "<bdi>09:00</bdi></th><td class=\"n q6\">600</td><td class=\"n q0\">0</td>"), "Monday comes first")
    #expect(page.contains("Most in the hour from <bdi>09:00</bdi> on <bdi>Monday</bdi>: 600 messages"))
    #expect(
      portal.text("ar/usage/index.html").contains(
        "<bdi>23:00</bdi></th><td class=\"n q1\">1</td><td class=\"n q0\">0</td>"), "Sunday comes first")
    let csv = portal.text("exports/figures/usage/index-hours.csv")
    #expect(csv.hasPrefix("hour,monday,tuesday,wednesday,thursday,friday,saturday,sunday\r\n00:00,0,"))
    #expect(csv.contains("\r\n23:00,0,0,0,0,0,0,1\r\n"))
    guard case .object(let feed) = try portal.json("feeds/analytics/trends.json"),
      case .object(let week)? = feed["hours_of_week"], case .object(let days)? = week["messages"],
      case .array(let monday)? = days["monday"]
    else {
      Issue.record("the feed has no hours")
      return
    }
    #expect(monday.count == 24 && monday[9] == .number(JSONNumber(600)))
  }

  // MARK: The month against its budget

  @Test(arguments: [
    ("2000.00", "ends at <strong>$842.00</strong>, <strong>$1,158.00</strong> under the $2,000.00 budget."),
    ("500.00", "ends at <strong>$842.00</strong>, <strong>$342.00</strong> over the $500.00 budget."),
    ("400.00", "<strong>$421.00</strong> so far, <strong>$21.00</strong> over the $400.00 budget."),
  ])
  func `the overview opens with where the month ends against its budget`(amount: String, words: String) throws
  {
    let sample = try Samples.monthToDate()
    let budget = Budget(
      id: try BudgetID("bud_a"), name: "AS2", amount: try usd(amount), period: .monthly,
      alertThresholds: [50], hasHardLimit: false)
    let statement = Statement(
      customer: sample.customer, asOf: sample.asOf, usageCompleteThrough: sample.asOf,
      subscriptions: sample.subscriptions, plans: sample.plans, usage: sample.usage, budgets: [budget])
    let page = try PortalFixture(statement).text("index.html")
    #expect(page.contains(words))
    #expect(page.contains("class=\"limit\""), "the budget is a line in the picture")
  }

  @Test func `a stuck feed shows no projection`() throws {
    let sample = try Samples.monthToDate()
    let statement = Statement(
      customer: sample.customer, asOf: try at("2024-01-20T00:00:00Z"), usageCompleteThrough: sample.asOf,
      subscriptions: sample.subscriptions, plans: sample.plans, usage: sample.usage)
    let page = try PortalFixture(statement).text("index.html")
    #expect(!page.contains("class=\"prj\"") && !page.contains("class=\"est\"") && !page.contains("$842.00"))
  }

  // MARK: Invoices

  @Test func `open invoices are summed by how long they have been due`() throws {
    let portal = try PortalFixture(Samples.busy())
    let csv = portal.text("exports/figures/invoices/index-ageing.csv")
    #expect(csv.hasPrefix("invoices,remaining,days_past_due\r\n"))
    let rows = csv.split(separator: "\r\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.map { String($0[2]) } == ["current", "to30", "to60", "to90", "over90"])
    let sum = try rows.reduce(into: try usd("0.00")) { $0 = try $0.adding(try usd(String($1[1]))) }
    #expect(portal.text("invoices/index.html").contains("<strong>\(LocaleText.dollars(sum))</strong> is due"))
  }

  @Test func `a row of the list is found by the invoice's number`() throws {
    let page = try PortalFixture(Samples.busy()).text("invoices/index.html")
    #expect(page.contains("<tr id=\"AS2-2024-001\">") || page.contains("<tr id=\"AS2-2023-012\">"))
  }
}

private enum LocaleText {
  /// An amount as English prints it, below a million.
  static func dollars(_ money: Money) -> String {
    let text = money.decimalText
    guard text.utf8.count > 6 else { return "$" + text }
    return "$" + text.dropLast(6) + "," + text.suffix(6)
  }
}

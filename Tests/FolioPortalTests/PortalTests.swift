import FolioAccounts
import FolioBilling
import FolioPortal
import Testing

@Suite struct PortalTests {
  private func portal(_ statement: Statement) throws -> Portal {
    try Portal(
      statement: statement, settings: PortalFixture.settings, languages: [PortalFixture.messages()],
      library: PortalFixture.library())
  }

  @Test func `plans that nobody defined are named once`() throws {
    let ids = [("sub_a", "2023-11-01T00:00:00Z", "plan_z"), ("sub_b", "2024-01-01T00:00:00Z", "plan_b")]
    let subscriptions = try ids.map { id, start, plan in
      Subscription(
        id: try SubscriptionID(id), startedAt: try at(start),
        changes: [SubscriptionChange(effectiveAt: try at(start), planID: try PlanID(plan))])
    }
    let portal = try portal(
      Statement(
        customer: Samples.customer(), asOf: at("2024-02-02T00:00:00Z"), subscriptions: subscriptions))
    #expect(portal.unratedPlans.map(\.text) == ["plan_b", "plan_z"])
    #expect(try self.portal(Samples.busy()).unratedPlans.isEmpty)
  }

  @Test func `partners that differ in letter case alone have a page each`() throws {
    let partners = try ["Acme", "ACME"].map { Partner(id: try PartnerID($0), name: "The \($0)") }
    let fixture = try PortalFixture(
      Statement(customer: Samples.customer(), asOf: at("2024-02-02T00:00:00Z"), partners: partners))
    #expect(fixture.text("partners/ACME.html").contains("The ACME"))
    #expect(fixture.text("partners/-2-Acme.html").contains("The Acme"))
    #expect(fixture.text("partners/index.html").contains("../partners/-2-Acme.html"))
  }

  @Test func `months begin with the first that has usage or a subscription`() throws {
    let never = Subscription(
      id: try SubscriptionID("sub_a"), startedAt: try at("2020-01-01T00:00:00Z"),
      changes: [
        SubscriptionChange(effectiveAt: try at("2020-01-01T00:00:00Z"), planID: try PlanID("plan_enterprise"))
      ],
      cancellation: SubscriptionCancellation(canceledAt: try at("2020-01-01T00:00:00Z"), atPeriodEnd: false))
    let fixture = try PortalFixture(
      Statement(
        customer: Samples.customer(), asOf: at("2024-02-02T00:00:00Z"),
        subscriptions: [never, Samples.subscription()], plans: [Samples.plan()],
        usage: [MonthUsage(month: month("2021-05"))]))
    #expect(fixture.pages.filter { $0.hasPrefix("usage/2") } == ["usage/2024-01.html", "usage/2024-02.html"])
  }

  @Test func `a portal of more than a hundred years is refused`() throws {
    let usage = [try Samples.usage("1970-01", messages: 1)]
    #expect(throws: AccountError.tooManyMonths(count: 1_201, limit: 1_200)) {
      try portal(Statement(customer: Samples.customer(), asOf: at("2070-01-01T00:00:00Z"), usage: usage))
    }
    _ = try portal(Statement(customer: Samples.customer(), asOf: at("2069-12-01T00:00:00Z"), usage: usage))
  }

  @Test(arguments: [("AS2aaS", true), ("AS2aaS billing", false)])
  func `the header says once that it is about billing`(name: String, isAdded: Bool) throws {
    let settings = PortalSettings(serviceName: name, stylesheet: "a.css", icon: "a.svg")
    let page = try PortalFixture(Samples.monthToDate(), settings: settings).text("index.html")
    #expect(page.contains("<b>\(name)</b> Billing</p>") == isAdded)
    #expect(page.contains("<b>\(name)</b></p>") == !isAdded)
  }

  @Test func `a notice is harmless to see and keeps its lines`() throws {
    let marks = String(repeating: "\u{301}", count: 200)
    let split = String(repeating: "\u{301}\u{200E}", count: 200)
    let body =
      "# One\r\n\r\nab\u{202E}cd\u{9B}31m e\u{301} e\(marks) e\(split)\u{1B}[2J\n\n* two\n\t* three\n"
    let page = try PortalFixture(Samples.hostile(notice: body)).text("index.html")
    let scalars = page.unicodeScalars
    #expect(!scalars.contains { $0.value == 0x202E || $0.value == 0x1B || (0x80...0x9F).contains($0.value) })
    #expect(page.contains("<h2>One</h2>") && page.contains("abcd31m") && page.contains("<li>three"))
    #expect(scalars.split { $0.value != 0x301 }.map(\.count).max() ?? 0 <= 119)
    let notice = page.split(separator: "<h2>One</h2>").last?.split(separator: "</div>").first ?? ""
    #expect(notice.unicodeScalars.split { $0.value != 0x301 }.map(\.count).max() == 6)
  }
}

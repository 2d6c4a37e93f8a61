import FolioBilling
import JSON
import Testing

@Suite struct AnalyticsPageTests {
  private func busy() throws -> PortalFixture { try PortalFixture(Samples.busyWithRecentUsage()) }

  private func value(_ feed: JSONValue, _ names: String...) -> JSONValue? {
    names.reduce(into: Optional(feed)) { value, name in
      guard case .object(let object)? = value else { return value = nil }
      value = object[name]
    }
  }

  @Test func `every partner has a page that the list leads to`() throws {
    let fixture = try busy()
    let list = fixture.text("partners/index.html")
    for partner in try Samples.busy().partners {
      #expect(fixture.files["partners/\(partner.id.text).html"] != nil)
      #expect(list.contains("href=\"../partners/\(partner.id.text).html\""))
    }
  }

  @Test func `the 90 days, their partners and their base fees make the charges on page and feed`() throws {
    let fixture = try busy()
    let feed = try fixture.json("feeds/analytics/partners.json")
    guard case .array(let rows)? = value(feed, "partner_metrics"),
      case .number(let gross)? = value(feed, "cost_breakdown", "gross_message_charges")
    else { throw MissingFigure() }
    let sum = rows.reduce(Int64(0)) { sum, row in
      if case .number(let cost)? = value(row, "cost_minor") { sum + (cost.integer ?? 0) } else { sum }
    }
    #expect(decimalText(coefficient: sum, scale: 2) == gross.text)
    guard case .number(let total)? = value(feed, "cost_breakdown", "total") else { throw MissingFigure() }
    let printed = "$" + total.text.dropLast(6) + "," + total.text.suffix(6)
    #expect(fixture.text("partners/index.html").contains(printed), "\(printed)")
  }

  @Test func `without usage and without a plan the pages say why, and what happens next`() throws {
    let fixture = try PortalFixture(
      Statement(customer: Samples.customer("New"), asOf: at("2024-01-16T12:00:00Z")))
    #expect(fixture.text("partners/index.html").contains("Partners appear here with their first message."))
    #expect(
      fixture.text("departments/index.html").contains("as soon as a plan gives usage a price."))
    #expect(fixture.text("savings/index.html").contains("as soon as a month has been completed"))
    #expect(try value(fixture.json("feeds/optimization.json"), "current_monthly_cost") == .null)
  }

  @Test func `the cheapest plan is told so, a cheaper one is named with its saving and arithmetic`() throws {
    let alone = try busy()
    #expect(alone.text("savings/index.html").contains("No other plan is offered"))
    let cheap = try Samples.plan(rate: "0.04", id: "plan_cheap", name: "Cheap & <Cheerful>")
    let offered = try PortalFixture(Samples.busyWithRecentUsage(plans: [Samples.plan(), cheap]))
    let page = offered.text("savings/index.html")
    #expect(page.contains("less a month than"))
    #expect(page.contains("Cheap &amp; &lt;Cheerful&gt;") && page.contains("× $0.04 ="))
    let dear = try Samples.plan(base: "5000.00", id: "plan_dear", name: "Dear")
    let cheapest = try PortalFixture(Samples.busyWithRecentUsage(plans: [Samples.plan(), dear]))
    #expect(cheapest.text("savings/index.html").contains("Your plan is the cheapest of these"))
  }

  @Test func `departments of a closed month keep their bytes while a later month moves`() throws {
    let now = try busy()
    let later = try PortalFixture(Samples.busyWithRecentUsage(asOf: "2024-01-20T10:00:00Z"))
    let closed = now.pages.filter { $0.hasPrefix("departments/2023-") || $0 == "departments/2022.html" }
    #expect(closed.count == 13)
    for path in closed { #expect(now.files[path] == later.files[path], "\(path)") }
    #expect(now.files["departments/2024-01.html"] != later.files["departments/2024-01.html"])
  }

  @Test func `trends have a row a month with volume, bytes, success rate and cost`() throws {
    let feed = try busy().json("feeds/analytics/trends.json")
    guard case .array(let rows)? = value(feed, "data"), let last = rows.last else { throw MissingFigure() }
    #expect(rows.count == 12)
    #expect(value(last, "month") == .string("2024-01"))
    #expect(value(last, "is_closed") == .bool(false))
    for name in ["message_volume", "payload_size", "success_rate", "cost"] {
      guard case .number? = value(last, name) else { throw MissingFigure() }
    }
  }

  /// A partner that only stated figures name in the running month, and one that they named before the 90 days.
  private func stated() throws -> PortalFixture {
    let usage = try [("2023-06", "prt_old", "Old & Co."), ("2024-01", "prt_new", "New & Co.")].map {
      let row = StatedPartnerUsage(
        partnerID: try PartnerID($0.1), name: $0.2, messages: 200, bytes: 0, successRate: nil)
      return MonthUsage(
        month: try month($0.0),
        stated: StatedUsage(
          month: try month($0.0), messages: 200, inboundMessages: 200, outboundMessages: 0,
          totalPartners: 1, activePartners: 1, bytes: 0, partners: [row], days: []))
    }
    let end = try at("2024-01-16T12:00:00Z")
    let report = ReportDefinition(
      id: try ReportID("rep_1"), reportType: "partner_utilization", start: try day("2023-06-01"),
      end: try day("2024-01-31"), groupBy: ["partner"], includeMetrics: ["message_count"])
    return try PortalFixture(
      Statement(
        customer: Samples.customer(), asOf: end, usageCompleteThrough: end,
        subscriptions: [Samples.subscription()], plans: [Samples.plan()], usage: usage,
        recentUsage: RecentUsage(
          period: BillingPeriod(start: end.adding(seconds: -90 * 86_400), end: end), partners: [],
          messagesByHourOfWeek: Array(repeating: 0, count: 168), messagesBySizeClass: [:]),
        reports: [report]))
  }

  @Test func `partners stated for the running month have their messages on every page about partners`() throws
  {
    let fixture = try stated()
    let page = fixture.text("partners/index.html")
    #expect(page.contains("<bdi>New &amp; Co.</bdi>") && !page.contains("Not itemised by the source"))
    #expect(!page.contains("prt_new</bdi>"))
    let partner = fixture.text("partners/prt_new.html")
    #expect(!partner.contains("No message was exchanged") && partner.contains("$10.00"))
  }

  @Test func `a name that a source stated is said wherever the partner is`() throws {
    let fixture = try stated()
    for path in [
      "partners/index.html", "partners/prt_old.html", "usage/2023-06.html", "reports/custom/rep_1.html",
    ] { #expect(fixture.text(path).contains("<bdi>Old &amp; Co.</bdi>"), "\(path)") }
    let report = fixture.text("feeds/reports/custom/rep_1.json")
    #expect(report.contains("\"partner_name\": \"Old & Co.\"") && report.contains("\"New & Co.\""))
    let departments = fixture.text("departments/2024-01.html")
    #expect(departments.contains("<bdi>New &amp; Co.</bdi>"))
  }

  @Test(arguments: [nil, "2024-01-15"])
  func `a partner in a department for a part of the month is not called without one`(from: String?) throws {
    let id = try PartnerID("prt_a")
    let days = try ["2024-01-10", "2024-01-20"].map {
      PartnerDayUsage(partnerID: id, date: try day($0), counts: UsageCounts(messages: 50))
    }
    let sample = try Samples.usage("2024-01", messages: 100)
    let tags = try from.map { [DepartmentTag(from: try day($0), department: "Sales")] } ?? []
    let statement = Statement(
      customer: try Samples.customer(), asOf: try at("2024-02-01T00:00:00Z"),
      usageCompleteThrough: try at("2024-02-01T00:00:00Z"), subscriptions: [try Samples.subscription()],
      plans: [try Samples.plan()], partners: [Partner(id: id, name: "A", departments: tags)],
      usage: [
        MonthUsage(
          month: sample.month, partners: sample.partners, days: sample.days,
          partnerDays: from == nil ? [] : days)
      ])
    let page = try PortalFixture(statement).text("departments/2024-01.html")
    #expect(page.contains("1 partner without a department") == (from == nil))
    #expect(page.contains("1 partner not in a department all the time") == (from != nil))
  }

  private struct MissingFigure: Error {}
}

extension Samples {
  /// The busy customer with the readings of its last 90 days, all on the last day of each month's part.
  static func busyWithRecentUsage(plans: [PlanVersion]? = nil, asOf: String? = nil) throws -> Statement {
    let busy = try busy()
    let end = try at("2024-01-16T14:00:00Z")
    let months = try ["2023-11", "2023-12", "2024-01"].map(month)
    let partners = busy.partners.map { partner in
      let counts = months.map { month in
        let row = busy.usage(in: month).partners.first { $0.partnerID == partner.id }
        let messages = (row?.inbound.messages ?? 0) + (row?.outbound.messages ?? 0)
        return RecentMonth(month: month, counts: UsageCounts(messages: messages, bytes: messages * 139_264))
      }
      return RecentPartnerUsage(
        partnerID: partner.id, months: counts, lastThirtyDays: 300, thirtyDaysBefore: 200)
    }
    let period = BillingPeriod(start: end.adding(seconds: -90 * 86_400), end: end)
    return Statement(
      customer: busy.customer, asOf: try asOf.map(at) ?? busy.asOf,
      usageCompleteThrough: busy.usageCompleteThrough, subscriptions: busy.subscriptions,
      plans: plans ?? busy.plans, partners: busy.partners, usage: busy.usage,
      recentUsage: RecentUsage(
        period: period, partners: partners,
        messagesByHourOfWeek: [50] + Array(repeating: 1, count: 23) + Array(repeating: 0, count: 144),
        messagesBySizeClass: [.small: 45, .medium: 35, .large: 20]), invoices: busy.invoices)
  }
}

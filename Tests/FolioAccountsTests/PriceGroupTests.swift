import FolioAccounts
import FolioBilling
import FolioRating
import Testing

@Suite struct PriceGroupTests {
  private func hour(_ text: String, _ messages: Int64, of partner: String, failed: Int64 = 0) throws
    -> PartnerHourUsage
  {
    PartnerHourUsage(
      partnerID: try PartnerID(partner),
      usage: HourUsage(
        hour: try instant(text).hour, counts: UsageCounts(messages: messages, failed: failed)))
  }

  private func january(_ hours: [PartnerHourUsage]) throws -> MonthUsage {
    let partners = Dictionary(grouping: hours, by: \.partnerID).map { id, rows in
      PartnerUsage(
        partnerID: id,
        inbound: UsageCounts(
          messages: rows.reduce(0) { $0 + $1.usage.counts.messages },
          failed: rows.reduce(0) { $0 + $1.usage.counts.failed }), outbound: UsageCounts())
    }
    return MonthUsage(
      month: try month("2024-01"), partners: partners.sorted { $0.partnerID < $1.partnerID },
      hours: hours.map(\.usage).sorted { $0.hour < $1.hour }, partnerHours: hours)
  }

  private func costs(
    _ usage: MonthUsage, _ subscription: Subscription, _ plans: [PlanVersion]
  ) throws -> [String] {
    let facts = try facts([usage], plans: plans, subscriptions: [subscription], asOf: "2024-02-01T00:00:00Z")
    let allocation = try #require(facts.months[0].allocation)
    #expect(Reconciliation.faults(in: allocation) == [])
    return allocation.partners.map(\.messageCharges.decimalText)
  }

  @Test func `messages of a trial draw no share of what is charged after it`() throws {
    let usage = try january([
      hour("2024-01-05T09:00:00Z", 100, of: "prt_in_trial"),
      hour("2024-01-20T09:00:00Z", 100, of: "prt_charged"),
    ])
    let trial = Subscription(
      id: try SubscriptionID("sub_a"), startedAt: try instant("2024-01-01T00:00:00Z"),
      trialEndsAt: try instant("2024-01-16T00:00:00Z"),
      changes: [
        SubscriptionChange(effectiveAt: try instant("2024-01-01T00:00:00Z"), planID: try PlanID("plan_a"))
      ])
    #expect(try costs(usage, trial, [plan(base: "0", rate: "1.00")]) == ["100.00", "0.00"])
  }

  @Test func `after a change of plan each message costs its partner the rate of its hour`() throws {
    let usage = try january([
      hour("2024-01-05T09:00:00Z", 100, of: "prt_a"), hour("2024-01-20T09:00:00Z", 100, of: "prt_b"),
    ])
    let changed = try subscription([
      ("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-01-16T00:00:00Z"),
    ])
    let plans = try [plan(base: "0", rate: "1.00"), plan("plan_b", base: "0", rate: "0.10")]
    #expect(try costs(usage, changed, plans) == ["100.00", "10.00"])
  }

  @Test func `before the subscription nothing is charged to anybody`() throws {
    let usage = try january([
      hour("2024-01-05T09:00:00Z", 900, of: "prt_before"),
      hour("2024-01-20T09:00:00Z", 100, of: "prt_within"),
    ])
    let late = try subscription([("plan_a", "2024-01-16T00:00:00Z")])
    #expect(try costs(usage, late, [plan(base: "0", rate: "1.00")]) == ["0.00", "100.00"])
  }

  @Test func `month to date has the fees of partners within the hours that are complete`() throws {
    let dollars = try currency("USD")
    let plan = PlanVersion(
      planID: try PlanID("plan_a"), name: "Per partner", effectiveAt: try instant("2023-01-01T00:00:00Z"),
      terms: PlanTerms(
        model: .perPartner, currency: dollars, baseFee: try usd("0.00"),
        partnerFee: UnitPrice(try ExactDecimal("10"), currency: dollars)))
    let usage = try january([
      hour("2024-01-10T08:00:00Z", 100, of: "prt_a"), hour("2024-01-10T11:00:00Z", 1, of: "prt_b"),
    ])
    let seen = RecentPartnerUsage(
      partnerID: try PartnerID("prt_a"),
      months: [RecentMonth(month: try month("2024-01"), counts: UsageCounts(messages: 100))],
      lastThirtyDays: 100, thirtyDaysBefore: 0)
    let through = try instant("2024-01-10T10:00:00Z")
    let statement = Statement(
      customer: try customer(), asOf: try instant("2024-01-10T12:00:00Z"), usageCompleteThrough: through,
      usageBeyondCompletion: UsageCounts(messages: 1), subscriptions: [try subscription()], plans: [plan],
      usage: [usage],
      recentUsage: RecentUsage(
        period: BillingPeriod(start: through.adding(seconds: -90 * 86_400), end: through), partners: [seen],
        messagesByHourOfWeek: Array(repeating: 0, count: 168), messagesBySizeClass: [:]))
    let facts = try AccountFacts(statement)
    #expect(facts.current.toDate.activePartners == 1)
    #expect(try facts.current.toDate.charges?.total == usd("10.00"))
    #expect(try facts.current.charges?.total == usd("20.00"))
    let recent = try #require(try facts.recentCosts())
    #expect(recent.faults == [] && recent.partners.map(\.partnerID?.text) == ["prt_a"])
  }
}

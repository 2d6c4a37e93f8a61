import FolioAccounts
import FolioBilling
import FolioRating
import Testing

@Suite struct RecentCostsTests {
  /// Messages of partners by month, all of them within the 90 days unless `inside` says how many are.
  private struct Row {
    let partner: String
    let month: String
    let messages: Int64
    var inside: Int64?
  }

  private func recent(
    _ rows: [Row], from start: String, to end: String, plans: [PlanVersion]? = nil, asOf: String? = nil
  ) throws -> RecentCosts {
    let period = BillingPeriod(start: try instant(start), end: try instant(end))
    var partners: [RecentPartnerUsage] = []
    for (id, rows) in Dictionary(grouping: rows, by: \.partner).sorted(by: { $0.key < $1.key }) {
      let months = try rows.map {
        RecentMonth(month: try month($0.month), counts: UsageCounts(messages: $0.inside ?? $0.messages))
      }
      partners.append(
        RecentPartnerUsage(
          partnerID: try PartnerID(id), months: months, lastThirtyDays: 110, thirtyDaysBefore: 100))
    }
    let usage = try Dictionary(grouping: rows, by: \.month).sorted { $0.key < $1.key }.map { text, rows in
      try FolioAccountsTests.usage(text, rows.map { ($0.partner, $0.messages) })
    }
    let statement = Statement(
      customer: try customer(), asOf: try instant(asOf ?? end), usageCompleteThrough: try instant(end),
      subscriptions: [try subscription([("plan_a", "2023-12-01T00:00:00Z")])],
      plans: try plans ?? [plan()], usage: usage,
      recentUsage: RecentUsage(
        period: period, partners: partners, messagesByHourOfWeek: Array(repeating: 0, count: 168),
        messagesBySizeClass: [:]))
    let costs = try #require(try AccountFacts(statement).recentCosts())
    #expect(costs.faults == [])
    return costs
  }

  private func hybrid() throws -> PlanVersion {
    let dollars = try currency("USD")
    return PlanVersion(
      planID: try PlanID("plan_a"), name: "Hybrid", effectiveAt: try instant("2023-01-01T00:00:00Z"),
      terms: PlanTerms(
        model: .hybrid, currency: dollars, baseFee: try usd("300.00"),
        messageRate: UnitPrice(try ExactDecimal("0.05"), currency: dollars),
        partnerFee: UnitPrice(try ExactDecimal("31.00"), currency: dollars)))
  }

  @Test func `whole months count as they are charged`() throws {
    let costs = try recent(
      [
        Row(partner: "prt_a", month: "2024-01", messages: 10_000),
        Row(partner: "prt_a", month: "2024-02", messages: 1_000),
        Row(partner: "prt_b", month: "2024-02", messages: 500),
      ], from: "2024-01-01T00:00:00Z", to: "2024-03-01T00:00:00Z")
    #expect(costs.baseFees == (try usd("598.00")))
    #expect(costs.grossMessageCharges == (try usd("575.00")))
    #expect(costs.covered == (try usd("374.00")))
    #expect(costs.total == (try usd("799.00")))
    #expect(costs.partners.map(\.cost.decimalText) == ["550.00", "25.00"])
    #expect(costs.cutMonth == nil && costs.unplacedMessages == 0)
  }

  @Test func `of the month in which the 90 days begin a part counts, and the rest makes up the month`() throws
  {
    let rows = { (inside: [Int64]) in
      [
        Row(partner: "prt_a", month: "2024-01", messages: 9_000, inside: inside[0]),
        Row(partner: "prt_b", month: "2024-01", messages: 1_000, inside: inside[1]),
      ]
    }
    // 16 of January's 31 days.
    let late = try recent(
      rows([4_000, 1_000]), from: "2024-01-16T00:00:00Z", to: "2024-02-01T00:00:00Z", plans: [hybrid()])
    #expect(late.cutMonth == (try month("2024-01")))
    #expect(late.grossMessageCharges == (try usd("250.00")))
    #expect(late.baseFees == (try usd("154.84")))
    #expect(late.covered == (try usd("150.00")))
    #expect(late.partnerFees == (try usd("32.00")))
    #expect(late.partners.map(\.messageCharges.decimalText) == ["200.00", "50.00"])
    #expect(late.total == (try usd("286.84")))
  }

  @Test func `a partner without messages in the cut month's part keeps its fees by time`() throws {
    let costs = try recent(
      [Row(partner: "prt_a", month: "2024-01", messages: 100, inside: 0)], from: "2024-01-16T00:00:00Z",
      to: "2024-02-01T00:00:00Z", plans: [hybrid()])
    #expect(costs.partners.map(\.cost.decimalText) == ["16.00"])
    #expect(costs.partners[0].counts.messages == 0 && costs.grossMessageCharges.isZero)
  }

  @Test func `the running month counts to date`() throws {
    let costs = try recent(
      [Row(partner: "prt_a", month: "2024-01", messages: 8_420)], from: "2024-01-01T00:00:00Z",
      to: "2024-01-16T12:00:00Z")
    #expect(costs.total == (try usd("421.00")))
    #expect(costs.baseFees == (try usd("299.00")))
    #expect(costs.partners.map(\.cost.decimalText) == ["421.00"])
  }

  @Test func `any cut leaves no cent over`() throws {
    for inside in stride(from: Int64(0), through: 777, by: 37) {
      let costs = try recent(
        [
          Row(partner: "prt_a", month: "2024-01", messages: 777, inside: inside),
          Row(partner: "prt_b", month: "2024-01", messages: 13, inside: min(13, inside)),
        ], from: "2024-01-0\(1 + inside % 8)T07:00:00Z", to: "2024-02-01T00:00:00Z", plans: [hybrid()])
      #expect(
        try costs.baseFees.adding(costs.messageCharges()).adding(costs.partnerFees) == costs.total)
      #expect(!costs.covered.isNegative && costs.covered.minorUnits <= costs.grossMessageCharges.minorUnits)
    }
  }

  @Test func `ranks by cost, and gives the two counts of the trend`() throws {
    let costs = try recent(
      [
        Row(partner: "prt_a", month: "2024-01", messages: 5),
        Row(partner: "prt_b", month: "2024-01", messages: 50),
        Row(partner: "prt_c", month: "2024-01", messages: 5),
      ], from: "2024-01-01T00:00:00Z", to: "2024-02-01T00:00:00Z")
    #expect(costs.partners.map(\.partnerID?.text) == ["prt_b", "prt_a", "prt_c"])
    #expect(costs.partners[0].trendMessages?.recent == 110)
  }

  @Test func `of the running month stated partners count as stated, and others up to the completion`() throws
  {
    let rows = try [("prt_a", 100), ("prt_new", 200)].map {
      StatedPartnerUsage(
        partnerID: try PartnerID($0.0), name: nil, messages: $0.1, bytes: 0, successRate: nil)
    }
    let stated = StatedUsage(
      month: try month("2024-01"), messages: 320, inboundMessages: 320, outboundMessages: 0, totalPartners: 3,
      activePartners: 3, bytes: 0, partners: rows, days: [])
    let read = try usage("2024-01", [("prt_a", 80), ("prt_b", 50)])
    let recent = try [("prt_a", 60), ("prt_b", 10)].map {
      RecentPartnerUsage(
        partnerID: try PartnerID($0.0),
        months: [RecentMonth(month: try month("2024-01"), counts: UsageCounts(messages: $0.1))],
        lastThirtyDays: $0.1, thirtyDaysBefore: 0)
    }
    let end = try instant("2024-01-16T12:00:00Z")
    let statement = Statement(
      customer: try customer(), asOf: end, usageCompleteThrough: end,
      usageBeyondCompletion: UsageCounts(messages: 60), subscriptions: [try subscription()],
      plans: [try plan()], usage: [MonthUsage(month: read.month, partners: read.partners, stated: stated)],
      recentUsage: RecentUsage(
        period: BillingPeriod(start: end.adding(seconds: -90 * 86_400), end: end), partners: recent,
        messagesByHourOfWeek: Array(repeating: 0, count: 168), messagesBySizeClass: [:]))
    let costs = try #require(try AccountFacts(statement).recentCosts())
    #expect(costs.partners.map(\.partnerID?.text) == ["prt_new", "prt_a", "prt_b", nil])
    #expect(costs.partners.map(\.counts.messages) == [200, 100, 10, 10])
    #expect(costs.partners.map(\.cost.decimalText) == ["10.00", "5.00", "0.50", "0.50"])
    #expect(costs.partners.map(\.knowsFailures) == [false, false, true, false])
    #expect(costs.faults == [])
  }

  @Test func `a partner that was deleted since counts beside those known now while it is among the active`()
    throws
  {
    let gone = Partner(
      id: try PartnerID("prt_gone"), name: nil, knownSince: try instant("2024-01-02T00:00:00Z"),
      deletedAt: try instant("2024-02-03T00:00:00Z"), isDeleted: true)
    let end = try instant("2024-02-20T00:00:00Z")
    let recent = RecentPartnerUsage(
      partnerID: gone.id,
      months: [RecentMonth(month: try month("2024-01"), counts: UsageCounts(messages: 50))],
      lastThirtyDays: 0, thirtyDaysBefore: 50)
    let statement = Statement(
      customer: try customer(), asOf: end, usageCompleteThrough: end, subscriptions: [try subscription()],
      plans: [try plan()], partners: [gone, Partner(id: try PartnerID("prt_a"), name: "A")],
      usage: [try usage("2024-01", [("prt_gone", 50)])],
      recentUsage: RecentUsage(
        period: BillingPeriod(start: end.adding(seconds: -90 * 86_400), end: end), partners: [recent],
        messagesByHourOfWeek: Array(repeating: 0, count: 168), messagesBySizeClass: [:]))
    let facts = try AccountFacts(statement)
    #expect(try facts.partnerCount(with: facts.recentCosts()) == 2)
    #expect(facts.partnerCount(with: nil) == 1)
  }
}

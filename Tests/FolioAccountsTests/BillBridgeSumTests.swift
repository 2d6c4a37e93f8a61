import FolioAccounts
import FolioBilling
import FolioRating
import FolioTestSupport
import Testing

@Suite struct BillBridgeSumTests {
  @Test func `whatever changes, the steps sum to the difference`() throws {
    var (seen, found): ([BillCause: Int], [PriceReason: Int]) = ([:], [:])
    var bridges = 0
    for seed in UInt64(1)...300 {
      var account = try RandomAccount(seed: seed)
      let facts = try account.facts()
      for (earlier, later) in zip(facts.months, facts.months.dropFirst()) {
        guard let bridge = try BillBridge(from: earlier, to: later) else { continue }
        try check(bridge, earlier, later)
        bridges += 1
        for step in bridge.steps where !step.amount.isZero { seen[step.cause, default: 0] += 1 }
        for reason in bridge.priceReasons { found[reason, default: 0] += 1 }
      }
    }
    #expect(bridges > 500)
    #expect(BillCause.allCases.allSatisfy { seen[$0, default: 0] > 50 }, "\(seen)")
    #expect(PriceReason.allCases.allSatisfy { found[$0, default: 0] > 50 }, "\(found)")
  }

  private func check(_ bridge: BillBridge, _ earlier: MonthFacts, _ later: MonthFacts) throws {
    let (before, after) = (earlier.charges?.total.minorUnits ?? 0, later.charges?.total.minorUnits ?? 0)
    #expect(bridge.steps.map(\.cause) == BillCause.allCases)
    #expect(bridge.steps.reduce(0) { $0 + $1.amount.minorUnits } == after - before)
    #expect(bridge.before.minorUnits == before && bridge.after.minorUnits == after)
    try checkPartners(bridge, earlier, later)
    let other =
      (later.charges?.otherCharges.minorUnits ?? 0) - (earlier.charges?.otherCharges.minorUnits ?? 0)
    #expect(bridge.otherCharges.reduce(0) { $0 + $1.amount.minorUnits } == other)
    #expect(bridge.otherCharges.allSatisfy { $0.kind.family == .other && !$0.amount.isZero })
    if bridge.priceReasons.isEmpty { #expect(bridge.partners.allSatisfy { $0.price.isZero }) }
  }

  /// Partners against the costs that each month's page shows.
  private func checkPartners(_ bridge: BillBridge, _ earlier: MonthFacts, _ later: MonthFacts) throws {
    let (before, after) = (costs(of: earlier), costs(of: later))
    let (both, came, went) = (bridge.partners, bridge.partnersIn, bridge.partnersOut)
    #expect(Set(both.map(\.partnerID)) == Set(before.keys).intersection(after.keys))
    #expect(Set(came.map(\.partnerID)) == Set(after.keys).subtracting(before.keys))
    #expect(Set(went.map(\.partnerID)) == Set(before.keys).subtracting(after.keys))
    for partner in both {
      let change = (after[partner.partnerID] ?? 0) - (before[partner.partnerID] ?? 0)
      #expect(partner.change.minorUnits == change)
      let parts = [partner.volume, partner.partnerFees, partner.price]
      #expect(parts.reduce(0) { $0 + $1.minorUnits } == change)
    }
    for cost in came { #expect(cost.cost.minorUnits == after[cost.partnerID]) }
    for cost in went { #expect(cost.cost.minorUnits == before[cost.partnerID]) }
    #expect(
      bridge.partners.map(\.change.minorUnits.magnitude)
        == both.map(\.change.minorUnits.magnitude).sorted(by: >))
  }

  private func costs(of month: MonthFacts) -> [PartnerID?: Int64] {
    (month.allocation?.partners ?? []).reduce(into: [:]) { costs, cost in
      if cost.messages > 0 || !cost.cost.isZero { costs[cost.partnerID] = cost.cost.minorUnits }
    }
  }

  @Test func `under equal terms no price differs, by not one minor unit`() throws {
    for seed in UInt64(1)...200 {
      var account = try RandomAccount(seed: seed)
      let terms = account.terms()
      let facts = try account.facts(from: terms, to: terms, afterDays: seed % 2 == 0 ? 31 : 17)
      let bridge = try #require(try BillBridge(from: facts.months[0], to: facts.months[1]))
      #expect(bridge.priceReasons.isEmpty && bridge.partners.allSatisfy { $0.price.isZero }, "\(seed)")
    }
  }

  @Test func `under other terms the same usage has no volume, and fees of as many partners no other`() throws
  {
    var prices = 0
    for seed in UInt64(1)...200 {
      var account = try RandomAccount(seed: seed)
      let usage = account.usage()
      let facts = try account.facts(from: account.terms(), to: account.terms(), [usage, usage])
      let bridge = try #require(try BillBridge(from: facts.months[0], to: facts.months[1]))
      #expect(bridge.partners.allSatisfy { $0.volume.isZero && $0.partnerFees.isZero }, "\(seed)")
      #expect(bridge.partnersIn.isEmpty && bridge.partnersOut.isEmpty)
      prices += bridge.partners.contains { !$0.price.isZero } ? 1 : 0
    }
    #expect(prices > 100)
  }
}

/// What a random customer agreed to and exchanged in the first four months of 2024.
private struct RandomAccount {
  private var random: SeededGenerator
  private let currency: Currency
  private let pricesIncludeTax: Bool

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    currency = try FolioAccountsTests.currency(["USD", "JPY", "KWD"][random.below(3)])
    pricesIncludeTax = random.below(4) == 0
  }

  private mutating func chance(_ outOf: Int) -> Bool { random.below(outOf) == 0 }

  private mutating func money(below limit: Int) -> Money {
    Money(minorUnits: Int64(random.below(limit)), currency: currency)
  }

  private mutating func price(below limit: Int, scale: Int) -> UnitPrice {
    UnitPrice(ExactDecimal(coefficient: Int64(random.below(limit)), scale: scale), currency: currency)
  }

  // MARK: Terms

  mutating func terms() -> PlanTerms {
    let model = BillingModel.allCases[random.below(4)]
    let isCustom = model == .enterpriseCustom
    return PlanTerms(
      model: model, currency: currency, baseFee: chance(3) ? .zero(currency) : money(below: 60_000),
      baseFeeApplies: chance(3) ? .added : .credited, messageRate: price(below: 900, scale: 4),
      messageTiers: isCustom && !chance(3) ? tiers() : nil, includedMessages: chance(3) ? 1_000 : 0,
      partnerFee: price(below: 40_000, scale: 3),
      partnerFeeTiers: isCustom && chance(2) ? partnerTiers() : nil,
      minimumCommitment: isCustom && chance(3) ? money(below: 90_000) : nil,
      maximumCommitment: isCustom && chance(3) ? money(below: 90_000) : nil,
      discounts: chance(3) ? [Discount(rate: ExactDecimal(coefficient: 7, scale: 2), name: "D")] : [],
      chargesFailedMessages: !chance(3), pricesIncludeTax: pricesIncludeTax)
  }

  private mutating func tiers() -> TieredPrice {
    let mode = TierMode.allCases[random.below(3)]
    let open = PriceTier(
      upTo: nil, unitPrice: price(below: 900, scale: 4), flatFee: chance(2) ? money(below: 900) : nil)
    if mode == .package { return TieredPrice(mode: mode, tiers: [open], packageSize: 100) }
    let first = PriceTier(upTo: Int64(1 + random.below(2_000)), unitPrice: price(below: 900, scale: 4))
    return TieredPrice(mode: mode, tiers: [first, open])
  }

  private mutating func partnerTiers() -> TieredPrice {
    let first = PriceTier(upTo: Int64(1 + random.below(3)), unitPrice: price(below: 40_000, scale: 3))
    return TieredPrice(
      mode: chance(2) ? .volume : .graduated,
      tiers: [first, PriceTier(upTo: nil, unitPrice: price(below: 40_000, scale: 3))])
  }

  // MARK: Usage

  /// Messages by partner, day of the month (from 0) and hour.
  typealias Readings = [(partner: Int, hour: Int, counts: UsageCounts)]

  mutating func usage() -> Readings {
    var readings: Readings = []
    for partner in 0..<6 where !chance(3) {
      for hour in Set((0..<(1 + random.below(4))).map { _ in random.below(28 * 24) }).sorted() {
        let messages = Int64(random.below(2_000))
        let failed = chance(2) ? Int64(random.below(Int(messages) + 1)) : 0
        readings.append((partner, hour, UsageCounts(messages: messages, failed: failed)))
      }
    }
    return readings
  }

  private mutating func month(_ month: CalendarMonth, _ readings: Readings, withHours: Bool) throws
    -> MonthUsage
  {
    let start = month.period.start
    let rows = try readings.map {
      PartnerHourUsage(
        partnerID: try PartnerID("prt_\($0.partner)"),
        usage: HourUsage(hour: start.adding(seconds: Int64($0.hour) * 3_600).hour, counts: $0.counts))
    }
    let partners = try Dictionary(grouping: readings, by: \.partner).sorted { $0.key < $1.key }.map {
      let counts = $0.value.map(\.counts)
      return PartnerUsage(
        partnerID: try PartnerID("prt_\($0.key)"),
        inbound: UsageCounts(
          messages: counts.reduce(0) { $0 + $1.messages }, failed: counts.reduce(0) { $0 + $1.failed }),
        outbound: UsageCounts())
    }.filter { $0.inbound.messages > 0 }
    return MonthUsage(
      month: month, partners: partners,
      hours: withHours ? rows.map(\.usage).sorted { $0.hour < $1.hour } : [],
      partnerHours: withHours ? rows : [], stated: withHours ? nil : stated(month))
  }

  private mutating func stated(_ month: CalendarMonth) -> StatedUsage? {
    if chance(2) { return nil }
    let messages = Int64(random.below(20_000))
    return StatedUsage(
      month: month, messages: messages, inboundMessages: messages, outboundMessages: 0, totalPartners: 9,
      activePartners: Int64(random.below(9)), bytes: 0, partners: [], days: [])
  }

  // MARK: Facts

  private mutating func instant() -> Timestamp {
    CalendarDate(daysSinceEpoch: 19_723 + random.below(115)).start
      .adding(seconds: Int64(random.below(24 * 3_600)))
  }

  private mutating func subscription() throws -> Subscription {
    let start = chance(3) ? instant() : CalendarDate(daysSinceEpoch: 19_723).start
    let changes = (0..<random.below(4)).map { _ in instant() }.filter { $0 > start }.sorted()
    let planIDs = try ([start] + changes).map { _ in try PlanID("plan_\(random.below(3))") }
    return Subscription(
      id: try SubscriptionID("sub_a"), startedAt: start, trialEndsAt: chance(3) ? instant() : nil,
      changes: zip([start] + changes, planIDs).map {
        SubscriptionChange(effectiveAt: $0, planID: $1, prorates: !chance(3))
      },
      cancellation: chance(4)
        ? SubscriptionCancellation(canceledAt: max(start, instant()), atPeriodEnd: chance(2)) : nil)
  }

  /// Four months with plans that change at any time.
  mutating func facts() throws -> AccountFacts {
    var plans = try (0..<3).map { try version(terms(), "plan_\($0)") }
    plans.append(
      PlanVersion(planID: plans[0].planID, name: "Later", effectiveAt: instant(), terms: terms()))
    let months = try (0..<4).map {
      try month(CalendarMonth(ordinal: 2024 * 12 + $0), usage(), withHours: !chance(3))
    }
    return try account(months, plans, subscription())
  }

  /// Some terms from January on, and others of another plan after as many days: 31 are the whole of January.
  mutating func facts(
    from earlier: PlanTerms, to later: PlanTerms, _ readings: [Readings]? = nil,
    afterDays days: Int = 31
  ) throws -> AccountFacts {
    let readings = readings ?? [usage(), usage()]
    let months = try readings.enumerated().map {
      try month(CalendarMonth(ordinal: 2024 * 12 + $0), $1, withHours: true)
    }
    let plans = try [version(earlier, "plan_0"), version(later, "plan_1")]
    let start = CalendarMonth(ordinal: 2024 * 12).period.start
    return try account(
      months, plans,
      Subscription(
        id: SubscriptionID("sub_a"), startedAt: start,
        changes: [
          SubscriptionChange(effectiveAt: start, planID: PlanID("plan_0")),
          SubscriptionChange(
            effectiveAt: start.adding(seconds: Int64(days) * 86_400), planID: PlanID("plan_1")),
        ]))
  }

  private func account(
    _ months: [MonthUsage], _ plans: [PlanVersion], _ subscription: Subscription
  ) throws -> AccountFacts {
    let customer = try customer(in: currency.code)
    return try FolioAccountsTests.facts(
      months, plans: plans, subscriptions: [subscription], customer: customer)
  }
}

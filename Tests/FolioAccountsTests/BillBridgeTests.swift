import FolioAccounts
import FolioBilling
import FolioRating
import Testing

extension AccountFacts {
  func bridge(_ from: String, _ to: String) throws -> BillBridge? {
    let earlier = try #require(self.month(FolioAccountsTests.month(from)))
    return try BillBridge(from: earlier, to: #require(self.month(FolioAccountsTests.month(to))))
  }
}

extension BillBridge {
  /// The steps that change something, as `volume 79.00`.
  var changes: [String] {
    steps.filter { !$0.amount.isZero }.map { "\($0.cause.rawValue) \($0.amount.decimalText)" }
  }
}

extension PartnerEffect {
  var text: String {
    "\(partnerID?.text ?? "-") \(messagesBefore)→\(messagesAfter): \(volume.decimalText) "
      + "\(partnerFees.decimalText) \(price.decimalText)"
  }
}

func version(_ terms: PlanTerms, _ id: String = "plan_a", from: String = "2023-01-01T00:00:00Z") throws
  -> PlanVersion
{
  PlanVersion(planID: try PlanID(id), name: id, effectiveAt: try instant(from), terms: terms)
}

@Suite struct BillBridgeTests {
  private func bridge(
    _ january: [(partner: String, messages: Int64)], _ february: [(partner: String, messages: Int64)],
    plans: [PlanVersion]? = nil, subscription: Subscription? = nil
  ) throws -> BillBridge {
    let usage = try [usage("2024-01", january), usage("2024-02", february)]
    let facts = try facts(usage, plans: plans, subscriptions: subscription.map { [$0] })
    return try #require(try facts.bridge("2024-01", "2024-02"))
  }

  @Test func `more messages and a new partner explain 421.00 becoming 530.00`() throws {
    let bridge = try bridge([("prt_a", 8_420)], [("prt_a", 10_000), ("prt_b", 600)])
    #expect(bridge.before.decimalText == "421.00" && bridge.after.decimalText == "530.00")
    #expect(try bridge.change().decimalText == "109.00")
    #expect(bridge.changes == ["volume 79.00", "partners_in 30.00"])
    #expect(bridge.partners.map(\.text) == ["prt_a 8420→10000: 79.00 0.00 0.00"])
    #expect(bridge.partnersIn.map(\.partnerID?.text) == ["prt_b"])
    #expect(bridge.partnersIn.map(\.cost.decimalText) == ["30.00"] && bridge.partnersOut.isEmpty)
    #expect(bridge.priceReasons.isEmpty && bridge.otherCharges.isEmpty && bridge.invoices == nil)
    #expect(!bridge.isRunning && !bridge.pricesIncludeTax)
  }

  @Test func `messages that use up the base fee leave less of it`() throws {
    let bridge = try bridge([("prt_a", 2_000)], [("prt_a", 8_420)])
    #expect(bridge.changes == ["volume 321.00", "base -199.00"], "299.00 becomes 421.00")
  }

  @Test func `a bill at its minimum does not change, and the steps cancel out`() throws {
    let bridge = try bridge([("prt_a", 1_000)], [("prt_a", 3_000)])
    #expect(try bridge.change().isZero)
    #expect(bridge.changes == ["volume 100.00", "base -100.00"])
  }

  @Test func `a partner that left takes off what it did cost`() throws {
    let bridge = try bridge([("prt_a", 8_000), ("prt_b", 600), ("prt_c", 700)], [("prt_a", 8_000)])
    #expect(bridge.changes == ["partners_out -65.00"])
    #expect(bridge.partnersOut.map(\.partnerID?.text) == ["prt_c", "prt_b"])
    #expect(bridge.partnersOut.map(\.messages) == [700, 600])
  }

  @Test func `partners come by how much they differ, then by identifiers`() throws {
    let bridge = try bridge(
      [("prt_a", 8_000), ("prt_b", 100), ("prt_c", 300), ("prt_d", 50)],
      [("prt_a", 8_000), ("prt_b", 300), ("prt_c", 100), ("prt_d", 950)])
    #expect(
      bridge.partners.map(\.text) == [
        "prt_d 50→950: 45.00 0.00 0.00", "prt_b 100→300: 10.00 0.00 0.00",
        "prt_c 300→100: -10.00 0.00 0.00", "prt_a 8000→8000: 0.00 0.00 0.00",
      ])
  }

  @Test func `a new rate is price at the later usage, and the old rate is volume`() throws {
    let moved = try subscription([("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-02-01T00:00:00Z")])
    let bridge = try bridge(
      [("prt_a", 8_000)], [("prt_a", 10_000)], plans: [plan(), plan("plan_b", rate: "0.06")],
      subscription: moved)
    #expect(bridge.changes == ["volume 100.00", "price 100.00"], "2,000 at 0.05, 10,000 at 0.01 more")
    #expect(bridge.priceReasons == [.plan])
  }

  @Test func `new terms of one plan are a reason of their own`() throws {
    let plans = try [
      plan(), version(plan(base: "350", rate: "0.04").terms, from: "2024-02-01T00:00:00Z"),
    ]
    let bridge = try bridge([("prt_a", 8_000)], [("prt_a", 8_000)], plans: plans)
    #expect(bridge.changes == ["price -80.00", "base 30.00"], "320.00 of messages under a base of 350.00")
    #expect(bridge.priceReasons == [.terms])
  }

  @Test func `after a change within the earlier month its end is what prices are compared with`() throws {
    let moved = try subscription([("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-01-16T12:00:00Z")])
    let plans = try [plan(base: "0"), plan("plan_b", base: "0", rate: "0.10")]
    let bridge = try bridge([("prt_a", 1_000)], [("prt_a", 1_200)], plans: plans, subscription: moved)
    #expect(bridge.before.decimalText == "75.00", "half at 0.05, half at 0.10")
    #expect(bridge.changes == ["volume 20.00", "price 25.00"])
  }

  @Test func `the other charges are told apart by kind`() throws {
    let dollars = try currency("USD")
    let terms = PlanTerms(
      model: .enterpriseCustom, currency: dollars, baseFee: try usd("0"),
      messageRate: UnitPrice(try ExactDecimal("0.05"), currency: dollars),
      minimumCommitment: try usd("100"),
      discounts: [Discount(rate: try ExactDecimal("0.1"), name: "Loyalty")])
    let bridge = try bridge([("prt_a", 1_000)], [("prt_a", 4_000)], plans: [version(terms)])
    #expect(bridge.before.decimalText == "90.00" && bridge.after.decimalText == "180.00")
    #expect(bridge.changes == ["volume 150.00", "other_charges -60.00"])
    #expect(bridge.otherCharges.map(\.kind) == [.minimumCommitment, .discount])
    #expect(bridge.otherCharges.map(\.amount.decimalText) == ["-50.00", "-10.00"])
  }

  @Test func `what all partners' messages reach of the tiers is volume`() throws {
    let dollars = try currency("USD")
    let tiers = TieredPrice(
      mode: .volume,
      tiers: [
        PriceTier(upTo: 1_000, unitPrice: UnitPrice(try ExactDecimal("0.10"), currency: dollars)),
        PriceTier(upTo: nil, unitPrice: UnitPrice(try ExactDecimal("0.05"), currency: dollars)),
      ])
    let terms = PlanTerms(
      model: .enterpriseCustom, currency: dollars, baseFee: try usd("0"), messageTiers: tiers)
    let bridge = try bridge(
      [("prt_a", 500), ("prt_b", 500)], [("prt_a", 500), ("prt_b", 1_500)], plans: [version(terms)])
    #expect(bridge.changes.isEmpty, "100.00 stays 100.00")
    #expect(
      bridge.partners.map(\.text) == ["prt_a 500→500: -25.00 0.00 0.00", "prt_b 500→1500: 25.00 0.00 0.00"])
  }

  @Test func `a fee that falls with the number of partners changes those who stay`() throws {
    let dollars = try currency("USD")
    let tiers = TieredPrice(
      mode: .graduated,
      tiers: [
        PriceTier(upTo: 1, unitPrice: UnitPrice(try ExactDecimal("100"), currency: dollars)),
        PriceTier(upTo: nil, unitPrice: UnitPrice(try ExactDecimal("40"), currency: dollars)),
      ])
    let terms = PlanTerms(
      model: .perPartner, currency: dollars, baseFee: try usd("0"), partnerFeeTiers: tiers)
    let bridge = try bridge([("prt_a", 5)], [("prt_a", 5), ("prt_b", 5)], plans: [version(terms)])
    #expect(bridge.changes == ["partner_fees -30.00", "partners_in 70.00"], "100.00 becomes 140.00")
  }

  @Test(arguments: [("JPY", "29900", "5", "7900", "3000"), ("KWD", "299", "0.05", "79.000", "30.000")])
  func `currencies without digits and with three`(
    _ code: String, _ base: String, _ rate: String, _ volume: String, _ added: String
  ) throws {
    let usage = try [
      usage("2024-01", [("prt_a", 8_420)]), usage("2024-02", [("prt_a", 10_000), ("prt_b", 600)]),
    ]
    let facts = try facts(
      usage, plans: [plan(base: base, rate: rate, in: code)], customer: customer(in: code))
    let bridge = try #require(try facts.bridge("2024-01", "2024-02"))
    #expect(bridge.changes == ["volume \(volume)", "partners_in \(added)"])
  }
}

@Suite struct BillBridgeMonthTests {
  private func hybrid(fee: String = "20") throws -> PlanVersion {
    let dollars = try currency("USD")
    return try version(
      PlanTerms(
        model: .hybrid, currency: dollars, baseFee: usd("310"),
        messageRate: UnitPrice(ExactDecimal("0.05"), currency: dollars),
        partnerFee: UnitPrice(ExactDecimal(fee), currency: dollars)))
  }

  private func subscribed(
    from: String = "2024-01-01T00:00:00Z", trialEnd: String? = nil, canceledAt: String? = nil
  ) throws -> Subscription {
    Subscription(
      id: try SubscriptionID("sub_a"), startedAt: try instant(from), trialEndsAt: try trialEnd.map(instant),
      changes: [SubscriptionChange(effectiveAt: try instant(from), planID: try PlanID("plan_a"))],
      cancellation: try canceledAt.map {
        SubscriptionCancellation(canceledAt: try instant($0), atPeriodEnd: true, recordedAt: nil)
      })
  }

  private func months(_ first: Int64, _ second: Int64) throws -> [MonthUsage] {
    try [usage("2024-01", messages: first), usage("2024-02", messages: second)]
  }

  @Test func `the end of a trial is price, whatever the messages`() throws {
    let trial = try subscribed(trialEnd: "2024-02-01T00:00:00Z")
    let facts = try facts(months(8_000, 9_000), subscriptions: [trial])
    let bridge = try #require(try facts.bridge("2024-01", "2024-02"))
    #expect(bridge.changes == ["price 450.00"] && bridge.priceReasons == [.trial])
  }

  @Test func `messages of a trial that ended within the earlier month are price`() throws {
    let trial = try subscribed(trialEnd: "2024-01-16T12:00:00Z")
    let facts = try facts(months(8_000, 9_000), plans: [plan(base: "0")], subscriptions: [trial])
    let bridge = try #require(try facts.bridge("2024-01", "2024-02"))
    #expect(bridge.before.decimalText == "200.00" && bridge.after.decimalText == "450.00")
    #expect(bridge.changes == ["volume 50.00", "price 200.00"])
  }

  @Test func `two months of one trial cost nothing, and nothing changes`() throws {
    let trial = try subscribed(trialEnd: "2024-03-01T00:00:00Z")
    let bridge = try #require(
      try facts(months(8_000, 9_000), subscriptions: [trial]).bridge("2024-01", "2024-02"))
    #expect(bridge.changes.isEmpty && bridge.priceReasons.isEmpty)
  }

  @Test func `a first month in part has less of the base and of the partner fees`() throws {
    let facts = try facts(
      months(8_000, 8_000), plans: [hybrid()], subscriptions: [subscribed(from: "2024-01-16T12:00:00Z")])
    let bridge = try #require(try facts.bridge("2024-01", "2024-02"))
    #expect(bridge.changes == ["price 10.00"], "messages use up the base fee; half a fee of 20.00")
    #expect(bridge.priceReasons == [.partOfMonth])
    let quiet = try FolioAccountsTests.facts(
      months(1, 1), plans: [hybrid()], subscriptions: [subscribed(from: "2024-01-16T12:00:00Z")])
    let rest = try #require(try quiet.bridge("2024-01", "2024-02"))
    #expect(rest.changes == ["price 10.00", "base 155.00"])
  }

  @Test func `a month without a subscription has no partners, so that all of them come and go`() throws {
    let subscription = try subscribed(canceledAt: "2024-02-10T00:00:00Z")
    let usage = try [
      usage("2023-12", messages: 7), usage("2024-01", messages: 1_000), usage("2024-02", messages: 9_000),
      usage("2024-03", messages: 7),
    ]
    let facts = try facts(usage, subscriptions: [subscription])
    let start = try #require(try facts.bridge("2023-12", "2024-01"))
    #expect(start.before.isZero && start.changes == ["partners_in 50.00", "base 249.00"])
    let end = try #require(try facts.bridge("2024-02", "2024-03"))
    #expect(end.after.isZero && end.changes == ["partners_out -450.00"] && end.priceReasons.isEmpty)
    #expect(try facts.bridge("2024-03", "2024-04") == nil, "nothing to explain between two of them")
  }

  private func stated(
    _ text: String, _ messages: Int64, partners: Int64, named: [String: Int64] = [:]
  ) throws -> MonthUsage {
    let rows = try named.map {
      StatedPartnerUsage(
        partnerID: try PartnerID($0.key), name: nil, messages: $0.value, bytes: 0, successRate: nil)
    }
    let stated = StatedUsage(
      month: try month(text), messages: messages, inboundMessages: messages, outboundMessages: 0,
      totalPartners: partners, activePartners: partners, bytes: 0, partners: rows, days: [])
    return MonthUsage(month: stated.month, stated: stated)
  }

  @Test func `a partner that is listed without a message comes with its first one`() throws {
    let usage = try [
      stated("2024-01", 8_000, partners: 1, named: ["prt_a": 8_000, "prt_b": 0]),
      stated("2024-02", 9_000, partners: 2, named: ["prt_a": 8_000, "prt_b": 1_000]),
    ]
    let bridge = try #require(try facts(usage).bridge("2024-01", "2024-02"))
    #expect(bridge.partners.map(\.partnerID?.text) == ["prt_a"])
    #expect(bridge.partnersIn.map(\.partnerID?.text) == ["prt_b"] && bridge.changes == ["partners_in 50.00"])
  }

  @Test func `what a source did not itemise is a partner without an identifier`() throws {
    let usage = try [stated("2024-01", 8_000, partners: 2), stated("2024-02", 9_000, partners: 3)]
    let bridge = try #require(try facts(usage, plans: [hybrid()]).bridge("2024-01", "2024-02"))
    #expect(bridge.partners.map(\.text) == ["- 8000→9000: 50.00 20.00 0.00"])
    #expect(bridge.changes == ["volume 50.00", "partner_fees 20.00"])
  }

  @Test func `a month that runs is compared by all that was received, a month before it has to be over`()
    throws
  {
    let running = try facts(months(8_000, 400), asOf: "2024-02-10T00:00:00Z")
    let bridge = try #require(try running.bridge("2024-01", "2024-02"))
    #expect(bridge.isRunning && bridge.changes == ["volume -380.00", "base 279.00"])
    let open = try facts(months(8_000, 0), asOf: "2024-01-10T00:00:00Z").current
    #expect(try BillBridge(from: open, to: #require(running.month(month("2024-02")))) == nil)
  }

  @Test func `without terms that both months share there is no bridge`() throws {
    let moved = try subscription([("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-02-01T00:00:00Z")])
    func bridge(_ plans: [PlanVersion]) throws -> BillBridge? {
      try facts(months(1, 100_000), plans: plans, subscriptions: [moved]).bridge("2024-01", "2024-02")
    }
    #expect(try bridge([plan(), plan("plan_b")]) != nil)
    #expect(try bridge([plan(), plan("plan_b", pricesIncludeTax: true)]) == nil, "tax in one of them")
    #expect(try bridge([plan()]) == nil, "nobody defined the later plan")
    #expect(try bridge([plan(rate: "950000000000"), plan("plan_b")]) == nil, "no amount holds the product")
    let euros = try facts(months(1, 1), plans: [plan(in: "EUR")], customer: customer(in: "EUR"))
    let dollars = try facts(months(1, 1))
    #expect(try BillBridge(from: euros.months[0], to: dollars.months[1]) == nil, "of two currencies")
  }
}

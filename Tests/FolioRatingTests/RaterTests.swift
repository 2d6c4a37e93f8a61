import FolioBilling
import FolioRating
import Testing

@Suite struct RaterTests {
  private func custom(
    base: String = "0", applies: BaseFeeApplication = .credited, rate: String? = nil,
    tiers: TieredPrice? = nil,
    included: Int64 = 0, partnerFee: String? = nil, partnerTiers: TieredPrice? = nil, minimum: String? = nil,
    maximum: String? = nil, discounts: [Discount] = [], chargesFailed: Bool = true
  ) throws -> PlanTerms {
    PlanTerms(
      model: .enterpriseCustom, currency: try currency("USD"), baseFee: try dollars(base),
      baseFeeApplies: applies,
      messageRate: try rate.map { try price($0) }, messageTiers: tiers, includedMessages: included,
      partnerFee: try partnerFee.map { try price($0) }, partnerFeeTiers: partnerTiers,
      minimumCommitment: try minimum.map { try dollars($0) },
      maximumCommitment: try maximum.map { try dollars($0) },
      discounts: discounts, chargesFailedMessages: chargesFailed)
  }

  private func tiers(_ mode: TierMode, flatFees: Bool = false) throws -> TieredPrice {
    TieredPrice(
      mode: mode,
      tiers: [
        PriceTier(upTo: 1_000, unitPrice: try price("0.05"), flatFee: flatFees ? try dollars("10") : nil),
        PriceTier(upTo: 5_000, unitPrice: try price("0.04"), flatFee: flatFees ? try dollars("20") : nil),
        PriceTier(upTo: nil, unitPrice: try price("0.03")),
      ])
  }

  // MARK: Rule R

  @Test(
    arguments: [
      (0, "299.00", "0.00", "299.00"), (5_979, "299.00", "0.00", "0.05"), (5_980, "299.00", "0.00", "0.00"),
      (5_981, "299.05", "0.05", "0.00"), (15_420, "771.00", "472.00", "0.00"),
    ] as [(Int64, String, String, String)])
  func `the charge is the larger of base fee and messages`(
    messages: Int64, total: String, usage: String, unused: String
  ) throws {
    let charges = try rate(basePlusUsage(), messages: messages)
    #expect(charges.total.decimalText == total)
    #expect(charges.usageCharges.decimalText == usage)
    #expect(charges.unusedBase.decimalText == unused)
  }

  @Test func `without usage there is a line of the base fee and one of no messages`() throws {
    let charges = try rate(basePlusUsage(), messages: 0)
    #expect(charges.lines.map(\.kind) == [.baseFee, .messages])
    #expect(charges.quantities(.messages) == [0])
  }

  @Test func `a line says what the base fee covers of it`() throws {
    let line = try rate(basePlusUsage(), messages: 8_420).lines[1]
    #expect(line.quantity == 8_420)
    #expect(line.unitPrice?.decimalText == "0.05")
    #expect([line.gross, line.covered, line.amount].map(\.decimalText) == ["421.00", "299.00", "122.00"])
    #expect(line.planName == "plan" && line.proration == nil)
    #expect(try line.servicePeriod == month().period)
  }

  @Test func `a base fee that is added comes on top of every message`() throws {
    let charges = try rate(custom(base: "299", applies: .added, rate: "0.05"), messages: 100)
    #expect(charges.total.decimalText == "304.00")
    #expect(charges.unusedBase.isZero)
    #expect(charges.addedBase.decimalText == "299.00")
  }

  // MARK: The other models

  @Test func `a fee per active partner leaves messages unlimited`() throws {
    let terms = PlanTerms(
      model: .perPartner, currency: try currency("USD"), baseFee: try dollars("0"),
      messageRate: try price("0.05"),
      partnerFee: try price("49.50"))
    let charges = try rate(terms, messages: 1_000_000, activePartners: 11)
    #expect(charges.lines.map(\.kind) == [.partnerFees])
    #expect(charges.total.decimalText == "544.50")
    #expect(try rate(terms, messages: 0).quantities(.partnerFees) == [0])
  }

  @Test func `base plus usage has no partner fees`() throws {
    let terms = PlanTerms(
      model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars("299"),
      messageRate: try price("0.05"),
      partnerFee: try price("50"))
    #expect(try rate(terms, messages: 0, activePartners: 4).partnerFees.isZero)
  }

  @Test func `a hybrid plan credits the base against messages and not against partners`() throws {
    let hybrid = PlanTerms(
      model: .hybrid, currency: try currency("USD"), baseFee: try dollars("299"),
      messageRate: try price("0.05"),
      partnerFee: try price("50"))
    let charges = try rate(hybrid, messages: 1_000, activePartners: 4)
    #expect(charges.total.decimalText == "499.00")
    #expect(charges.unusedBase.decimalText == "249.00")
  }

  @Test func `failed messages are charged unless the plan says otherwise`() throws {
    #expect(try rate(custom(rate: "0.05"), messages: 100, failed: 10).total.decimalText == "5.00")
    let spared = try rate(custom(rate: "0.05", chargesFailed: false), messages: 100, failed: 10)
    #expect(spared.total.decimalText == "4.50")
    #expect(spared.quantities(.messages) == [90])
  }

  // MARK: Tiers

  @Test(
    arguments: [
      (0, ["0.00"]), (1_000, ["50.00"]), (1_001, ["50.00", "0.04"]), (5_000, ["50.00", "160.00"]),
      (6_000, ["50.00", "160.00", "30.00"]),
    ] as [(Int64, [String])])
  func `graduated tiers price each part of the quantity`(messages: Int64, amounts: [String]) throws {
    #expect(try rate(custom(tiers: tiers(.graduated)), messages: messages).amounts(.messages) == amounts)
  }

  @Test(
    arguments: [(0, "0.00"), (1_000, "50.00"), (1_001, "40.04"), (5_000, "200.00"), (6_000, "180.00")]
      as [(Int64, String)])
  func `the volume tier that is reached prices the whole quantity`(messages: Int64, amount: String) throws {
    #expect(try rate(custom(tiers: tiers(.volume)), messages: messages).amounts(.messages) == [amount])
  }

  @Test(
    arguments: [(0, "0.00"), (1, "40.00"), (1_000, "40.00"), (1_001, "80.00"), (15_420, "640.00")]
      as [(Int64, String)])
  func `a package is charged when begun`(messages: Int64, amount: String) throws {
    let packages = TieredPrice(
      mode: .package, tiers: [PriceTier(upTo: nil, unitPrice: try price("40"))], packageSize: 1_000)
    let charges = try rate(custom(tiers: packages), messages: messages)
    #expect(charges.amounts(.packages) == [amount])
    #expect(charges.quantities(.messages) == [messages], "the line before says how many messages they hold")
    #expect(try charges.messageQuantity() == messages)
  }

  @Test(
    arguments: [
      (.graduated, 0, []), (.graduated, 1_000, ["10.00"]), (.graduated, 6_000, ["10.00", "20.00"]),
      (.volume, 0, []), (.volume, 1_001, ["20.00"]), (.volume, 6_000, []),
    ] as [(TierMode, Int64, [String])])
  func `flat fees are those of the tiers reached`(mode: TierMode, messages: Int64, fees: [String]) throws {
    #expect(
      try rate(custom(tiers: tiers(mode, flatFees: true)), messages: messages).amounts(.tierFlatFee) == fees)
  }

  @Test func `partner tiers are graduated by active partners`() throws {
    let tiers = TieredPrice(
      mode: .graduated,
      tiers: [
        PriceTier(upTo: 5, unitPrice: try price("50"), flatFee: try dollars("100")),
        PriceTier(upTo: nil, unitPrice: try price("40")),
      ])
    let charges = try rate(custom(partnerTiers: tiers), messages: 9, activePartners: 11)
    #expect(charges.amounts(.partnerFees) == ["250.00", "240.00", "100.00"])
    #expect(charges.quantities(.partnerFees) == [5, 6, 1])
  }

  @Test func `included messages come off before tiers, and are a line`() throws {
    let charges = try rate(custom(tiers: tiers(.graduated), included: 500), messages: 1_600)
    #expect(charges.quantities(.includedMessages) == [500])
    #expect(charges.quantities(.messages) == [1_000, 100])
    #expect(charges.amounts(.messages) == ["50.00", "4.00"])
    #expect(try charges.messageQuantity() == 1_600)
    #expect(try rate(custom(rate: "0.05", included: 500), messages: 300).quantities(.messages) == [0])
  }

  @Test(
    arguments: [
      ([], nil), ([(5, "1")], nil), ([(5, "1"), (5, "1"), (nil, "1")], nil), ([(nil, "1"), (nil, "1")], nil),
      ([(0, "1"), (nil, "1")], nil),
    ] as [([(Int64?, String)], Int64?)])
  func `tiers that do not ascend to an open one are refused`(ends: [(Int64?, String)], size: Int64?) throws {
    let tiers = TieredPrice(
      mode: .graduated, tiers: try ends.map { PriceTier(upTo: $0.0, unitPrice: try price($0.1)) },
      packageSize: size)
    #expect(throws: RatingError.unusableTiers(plan: try PlanID("plan"))) {
      try rate(custom(tiers: tiers), messages: 1)
    }
  }

  @Test func `packages without a size are refused`() throws {
    let tiers = TieredPrice(mode: .package, tiers: [PriceTier(upTo: nil, unitPrice: try price("1"))])
    #expect(throws: RatingError.unusableTiers(plan: try PlanID("plan"))) {
      try rate(custom(tiers: tiers), messages: 1)
    }
  }

  // MARK: Commitments and discounts

  @Test(
    arguments: [
      (1_000, "500.00", ["450.00"], []), (10_000, "500.00", [], []), (20_000, "800.00", [], ["-200.00"]),
      (16_000, "800.00", [], []),
    ] as [(Int64, String, [String], [String])])
  func `charges are raised to the minimum and cut at the maximum`(
    messages: Int64, total: String, raised: [String], cut: [String]
  ) throws {
    let charges = try rate(custom(rate: "0.05", minimum: "500", maximum: "800"), messages: messages)
    #expect(charges.total.decimalText == total)
    #expect(charges.amounts(.minimumCommitment) == raised)
    #expect(charges.amounts(.maximumCommitment) == cut)
    #expect(ReconcilingIdentity(charges).holds)
  }

  @Test func `discounts come after commitments, one after the other`() throws {
    let discounts = [
      Discount(rate: try ExactDecimal("0.1"), name: "Volume"),
      Discount(rate: try ExactDecimal("0.05"), name: "Loyalty"),
    ]
    let charges = try rate(custom(rate: "0.05", minimum: "500", discounts: discounts), messages: 1_000)
    #expect(charges.amounts(.discount) == ["-50.00", "-22.50"])
    let explained = charges.lines.filter { $0.basis != nil }
    #expect(explained.map { $0.basis?.decimalText } == ["50.00", "500.00", "450.00"])
    #expect(explained.map { $0.rate?.text } == [nil, "0.1", "0.05"])
    #expect(charges.lines.suffix(2).map(\.label) == ["Volume", "Loyalty"])
    #expect(charges.total.decimalText == "427.50")
    #expect(charges.usageCharges == charges.total)
  }

  // MARK: Refusals

  @Test func `a period has one currency`() throws {
    let euro = PlanTerms(
      model: .basePlusUsage, currency: try currency("EUR"), baseFee: .zero(try currency("EUR")))
    let segments = [
      PlanSegment(
        period: BillingPeriod(start: try january(1), end: try january(11)),
        plan: try plan("plan", basePlusUsage())),
      PlanSegment(
        period: BillingPeriod(start: try january(11), end: try january(32)), plan: try plan("euro", euro)),
    ]
    let expected = RatingError.otherCurrency(
      plan: try PlanID("euro"), expected: try currency("USD"), found: try currency("EUR"))
    #expect(throws: expected) { try rate(segments) }
  }

  @Test func `a sum that does not fit is an error`() throws {
    #expect(throws: RatingError.overflow) { try rate(custom(rate: "299"), messages: .max) }
  }

  @Test func `a month without a plan costs nothing`() throws {
    let charges = try rate([], total: UsageCounts(messages: 5))
    #expect(charges.lines.isEmpty && charges.total.isZero)
  }

  @Test func `a rate with many digits is rounded once a line`() throws {
    #expect(try rate(custom(rate: "0.0045"), messages: 1_001).total.decimalText == "4.50")
    #expect(try rate(custom(rate: "0.005"), messages: 1).total.decimalText == "0.01")
  }
}

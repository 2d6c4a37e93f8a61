import FolioBilling
import FolioRating
import FolioTestSupport
import Testing

@Suite struct ProrationTests {
  private func segment(_ from: Int, _ to: Int, _ plan: PlanVersion, isTrial: Bool = false) throws
    -> PlanSegment
  {
    PlanSegment(
      period: BillingPeriod(start: try january(from), end: try january(to)), plan: plan, isTrial: isTrial)
  }

  @Test func `fees are prorated by seconds, one line a segment, each rounded once`() throws {
    let segments = [
      try segment(1, 11, plan("a", basePlusUsage("299"))),
      try segment(11, 32, plan("b", basePlusUsage("599"))),
    ]
    let charges = try rate(segments, total: UsageCounts(messages: 15_420))
    #expect(charges.amounts(.baseFee) == ["96.45", "405.77"])
    #expect(charges.lines[0].proration == Proration(seconds: 10 * 86_400, ofSeconds: 31 * 86_400))
    #expect(charges.lines.map(\.planName) == ["a", "b", "a"])
    #expect(charges.quantities(.messages) == [15_420], "one rate makes one line")
    #expect(charges.total.decimalText == "771.00", "usage is rated against the sum of the bases")
  }

  @Test func `messages cost what the rate was in their hour`() throws {
    let segments = [
      try segment(1, 11, plan("a", basePlusUsage("0", "0.05"))),
      try segment(11, 32, plan("b", basePlusUsage("0", "0.04"))),
    ]
    let hours = [hour(try january(10, hour: 23), 100), hour(try january(11), 200)]
    let charges = try rate(segments, total: UsageCounts(messages: 300), hours: hours)
    #expect(charges.quantities(.messages) == [100, 200])
    #expect(charges.amounts(.messages) == ["5.00", "8.00"])
  }

  @Test func `an hour belongs to the segment in force at its start`() throws {
    let change = try january(11, hour: 10, seconds: 1_800)
    let segments = [
      PlanSegment(
        period: BillingPeriod(start: try january(5, seconds: 60), end: change),
        plan: try plan("a", basePlusUsage("0", "0.05"))),
      PlanSegment(
        period: BillingPeriod(start: change, end: try january(20)),
        plan: try plan("b", basePlusUsage("0", "0.04"))),
    ]
    let hours = [
      hour(try january(4, hour: 23), 1), hour(try january(5), 10), hour(change, 100),
      hour(try january(11, hour: 11), 1_000),
      hour(try january(20), 10_000),
    ]
    let usage = try SegmentedUsage(segments: segments, total: UsageCounts(messages: 11_111), hours: hours)
    #expect(
      usage.counts.map(\.messages) == [110, 1_000], "the first hour belongs to the segment that starts in it")
    #expect(usage.outside.messages == 10_001)
  }

  @Test func `what no hour explains is spread by seconds`() throws {
    let segments = [
      try segment(1, 11, plan("a", basePlusUsage("0", "0.05"))),
      try segment(11, 32, plan("b", basePlusUsage("0", "0.04"))),
    ]
    let total = UsageCounts(messages: 3_200, failed: 31, bytes: 62)
    let hours = [hour(try january(2), 100)]
    let usage = try SegmentedUsage(segments: segments, total: total, hours: hours)
    #expect(usage.counts.map(\.messages) == [1_100, 2_100])
    #expect(usage.counts.map(\.failed) == [10, 21])
    let projected = try SegmentedUsage(
      segments: segments, total: total, hours: hours,
      remainderIn: BillingPeriod(start: january(20), end: january(32)))
    #expect(projected.counts.map(\.messages) == [100, 3_100])
  }

  @Test func `partner fees are those of the whole month times the share of each segment`() throws {
    let hybrid = PlanTerms(
      model: .hybrid, currency: try currency("USD"), baseFee: try dollars("0"),
      messageRate: try price("0.05"),
      partnerFee: try price("50"))
    let segments = [
      try segment(1, 11, plan("a", hybrid)), try segment(11, 32, plan("b", basePlusUsage())),
    ]
    let charges = try rate(segments, activePartners: 4)
    #expect(charges.amounts(.partnerFees) == ["64.52"])
    #expect(charges.quantities(.partnerFees) == [4])
  }

  @Test func `a trial has no fees, and its messages are a line of nothing`() throws {
    let terms = PlanTerms(
      model: .hybrid, currency: try currency("USD"), baseFee: try dollars("310"),
      messageRate: try price("0.05"),
      partnerFee: try price("31"))
    let version = try plan("a", terms)
    let segments = [try segment(1, 16, version, isTrial: true), try segment(16, 32, version)]
    let hours = [hour(try january(2), 5_000, failed: 3), hour(try january(20), 4_000)]
    let charges = try rate(segments, total: UsageCounts(messages: 9_000), hours: hours, activePartners: 2)
    #expect(charges.lines.map(\.kind) == [.baseFee, .trialMessages, .messages, .partnerFees])
    #expect(charges.amounts(.baseFee) == ["160.00"])
    #expect(charges.quantities(.trialMessages) == [5_000])
    #expect(charges.amounts(.trialMessages) == ["0.00"])
    #expect(charges.amounts(.messages) == ["40.00"])
    #expect(charges.amounts(.partnerFees) == ["32.00"])
  }

  @Test func `included messages and commitments are prorated`() throws {
    let terms = PlanTerms(
      model: .enterpriseCustom, currency: try currency("USD"), baseFee: try dollars("0"),
      messageRate: try price("1"),
      includedMessages: 100, minimumCommitment: try dollars("310"), maximumCommitment: try dollars("620"))
    let low = try rate([segment(17, 32, plan("plan", terms))], total: UsageCounts(messages: 60))
    #expect(low.quantities(.includedMessages) == [48], "100 × 15/31 is 48.4")
    #expect(low.total.decimalText == "150.00")
    #expect(low.lines.last?.proration == Proration(seconds: 15 * 86_400, ofSeconds: 31 * 86_400))
    #expect(
      try rate([segment(17, 32, plan("plan", terms))], total: UsageCounts(messages: 900)).total.decimalText
        == "300.00")
  }

  @Test func `a discount takes off the charges of the segments that have it`() throws {
    let discounted = PlanTerms(
      model: .enterpriseCustom, currency: try currency("USD"), baseFee: try dollars("310"),
      baseFeeApplies: .added,
      messageRate: try price("0.05"), discounts: [Discount(rate: try ExactDecimal("0.5"), name: "Half")])
    let full = PlanTerms(
      model: .enterpriseCustom, currency: try currency("USD"), baseFee: try dollars("310"),
      baseFeeApplies: .added,
      messageRate: try price("0.05"))
    let segments = [try segment(1, 11, plan("a", discounted)), try segment(11, 32, plan("b", full))]
    let hours = [hour(try january(1), 400), hour(try january(31), 1_000)]
    let charges = try rate(segments, total: UsageCounts(messages: 1_400), hours: hours)
    #expect(charges.quantities(.messages) == [1_400], "the messages are one line")
    #expect(charges.amounts(.discount) == ["-60.00"], "half of 100.00 base and 20.00 messages")
  }

  @Test func `bases of credited segments alone cover messages`() throws {
    let added = PlanTerms(
      model: .basePlusUsage, currency: try currency("USD"), baseFee: try dollars("310"),
      baseFeeApplies: .added,
      messageRate: try price("0.05"))
    let segments = [
      try segment(1, 11, plan("a", added)), try segment(11, 32, plan("b", basePlusUsage("310"))),
    ]
    let hours = [hour(try january(1), 400), hour(try january(31), 1_000)]
    let charges = try rate(segments, total: UsageCounts(messages: 1_400), hours: hours)
    #expect(charges.amounts(.messages) == ["20.00", "0.00"])
    #expect(charges.unusedBase.decimalText == "160.00")
    #expect(charges.total.decimalText == "330.00")
  }

  @Test func `a change that changes nothing changes no cent`() throws {
    var random = SeededGenerator(seed: 3)
    let tiers = TieredPrice(
      mode: .graduated,
      tiers: [
        PriceTier(upTo: 700, unitPrice: try price("0.0513"), flatFee: try dollars("7.77")),
        PriceTier(upTo: nil, unitPrice: try price("0.0417")),
      ])
    let terms = PlanTerms(
      model: .enterpriseCustom, currency: try currency("USD"), baseFee: try dollars("29.99"),
      messageTiers: tiers,
      includedMessages: 101, partnerFee: try price("3.33"), minimumCommitment: try dollars("55.55"),
      discounts: [Discount(rate: try ExactDecimal("0.033"), name: "d")])
    for _ in 0..<200 {
      let messages = Int64.random(in: 0...3_000, using: &random)
      let partners = Int64.random(in: 0...9, using: &random)
      let whole = try rate(terms, messages: messages, activePartners: partners)
      let cuts = Set((0..<5).map { _ in Int64.random(in: 1..<31 * 86_400, using: &random) }).sorted()
      let edges = try [january(1)] + cuts.map { try january(1, seconds: $0) } + [january(32)]
      let segments = try zip(edges, edges.dropFirst()).enumerated().map { index, edge in
        PlanSegment(
          period: BillingPeriod(start: edge.0, end: edge.1),
          plan: PlanVersion(planID: try PlanID("plan"), name: "plan", effectiveAt: edge.0, terms: terms))
      }
      #expect(try rate(segments, total: UsageCounts(messages: messages), activePartners: partners) == whole)
    }
  }

  @Test func `a move between plans of equal message terms changes no cent of the messages`() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let (messages, day) = (
        Int64.random(in: 0...20_000, using: &random), Int.random(in: 2...31, using: &random)
      )
      let segments = [
        try segment(1, day, plan("a", basePlusUsage("299", "0.0517"))),
        try segment(day, 32, plan("b", basePlusUsage("199", "0.05170"))),
      ]
      let charges = try rate(segments, total: UsageCounts(messages: messages))
      #expect(try charges.messageChargesGross == price("0.0517").times(messages))
    }
  }

  @Test func `a fee that was invoiced ahead is credited for its unused seconds`() throws {
    let unused = BillingPeriod(start: try january(17), end: try january(40))
    let line = try #require(
      try FeeCredit.line(for: dollars("310"), invoicedPeriod: month().period, unused: unused, planName: "a"))
    #expect(line.amount.decimalText == "-150.00")
    #expect(try line.servicePeriod.end == month().period.end)
    #expect(line.unitPrice?.decimalText == "-310.00")
    let charges = try rate(basePlusUsage(), messages: 0).adding([line])
    #expect(charges.total.decimalText == "149.00")
    #expect(charges.otherCharges.decimalText == "-150.00")
    #expect(Reconciliation.faults(in: charges) == [])
    let later = try month("2024-03").period
    #expect(
      try FeeCredit.line(for: dollars("310"), invoicedPeriod: month().period, unused: later, planName: nil)
        == nil)
  }
}

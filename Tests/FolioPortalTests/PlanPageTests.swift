import FolioBilling
import Foundation
import Testing

@Suite struct PlanPageTests {
  private func method(_ month: Int?, _ year: Int?, type: String = "card", brand: String? = "visa") throws
    -> PaymentMethod
  {
    PaymentMethod(
      id: try PaymentMethodID("pm_1"), type: type, brand: brand, last4: type == "card" ? "4242" : nil,
      expiryMonth: month, expiryYear: year)
  }

  private func page(
    _ plan: PlanVersion? = nil, subscription: Subscription? = nil, methods: [PaymentMethod] = [],
    more: [PlanVersion] = [], asOf: String = "2024-06-16T12:00:00Z"
  ) throws -> String {
    let statement = Statement(
      customer: try Samples.customer("P"), asOf: try at(asOf), usageCompleteThrough: try at(asOf),
      subscriptions: [try subscription ?? Samples.subscription()], plans: [try plan ?? Samples.plan()] + more,
      paymentMethods: methods)
    return try PortalFixture(statement).text("plan/index.html")
  }

  private func plan(_ terms: PlanTerms) throws -> PlanVersion {
    PlanVersion(
      planID: try PlanID("plan_enterprise"), name: "Plan <X>", effectiveAt: try at("2023-01-01T00:00:00Z"),
      terms: terms)
  }

  private func price(_ text: String) throws -> UnitPrice {
    UnitPrice(try ExactDecimal(text), currency: try currency("USD"))
  }

  @Test func `base plus usage says what is credited against what`() throws {
    let text = try page()
    #expect(text.contains("You are on <strong><bdi>Enterprise Plan</bdi></strong> since 1 Jan 2024."))
    #expect(text.contains("$299.00 a month, which messages are credited against"))
    #expect(text.contains("$0.05 a message"))
    #expect(text.contains("comes on top"))
  }

  @Test func `per partner and hybrid say the partner fee`() throws {
    let dollars = try currency("USD")
    let partner = try page(
      plan(
        PlanTerms(
          model: .perPartner, currency: dollars, baseFee: usd("0.00"), partnerFee: price("75"))))
    #expect(partner.contains("unlimited, without a price of their own"))
    #expect(partner.contains("$75.00 a month for each active partner"))
    let hybrid = try page(
      plan(
        PlanTerms(
          model: .hybrid, currency: dollars, baseFee: usd("199.00"), baseFeeApplies: .added,
          messageRate: price("0.0045"), partnerFee: price("12.5"))))
    #expect(hybrid.contains("$199.00 a month, on top of messages"))
    #expect(hybrid.contains("$0.0045 a message") && hybrid.contains("$12.50 a month for each active partner"))
  }

  @Test func `an agreed price list says tiers, commitments, discounts, failed messages and tax`() throws {
    let tiers = TieredPrice(
      mode: .graduated,
      tiers: [
        PriceTier(upTo: 20_000, unitPrice: try price("0.04")),
        PriceTier(upTo: nil, unitPrice: try price("0.0225"), flatFee: try usd("10.00")),
      ])
    let fees = TieredPrice(
      mode: .volume,
      tiers: [
        PriceTier(upTo: 10, unitPrice: try price("5")), PriceTier(upTo: nil, unitPrice: try price("3")),
      ])
    let text = try page(
      plan(
        PlanTerms(
          model: .enterpriseCustom, currency: currency("USD"), baseFee: usd("500.00"), messageTiers: tiers,
          includedMessages: 2_000, partnerFeeTiers: fees, minimumCommitment: usd("1500.00"),
          maximumCommitment: usd("9000.00"),
          discounts: [Discount(rate: ExactDecimal("0.05"), name: "Partner <b>")],
          chargesFailedMessages: false, pricesIncludeTax: true)))
    for words in [
      "2,000 messages a month", "graduated:", "1 to 20,000", "$0.04 each", "from 20,001",
      "$0.0225 each, and $10.00 once", "by volume:", "from 11", "$1,500.00 a month", "$9,000.00 a month",
      "Partner &lt;b&gt;", "not charged", "included in the prices",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test func `packages say their size and their price`() throws {
    let packages = TieredPrice(
      mode: .package, tiers: [PriceTier(upTo: nil, unitPrice: try price("20"))], packageSize: 1_000)
    let text = try page(
      plan(
        PlanTerms(
          model: .enterpriseCustom, currency: currency("USD"), baseFee: usd("0.00"), messageTiers: packages)))
    #expect(text.contains("in packages of 1,000") && text.contains("$20.00 each"))
  }

  @Test(
    arguments: [
      ("2024-06-16T12:00:00Z", 12, 2_025, nil), ("2025-11-01T23:59:59Z", 12, 2_025, nil),
      ("2025-11-02T00:00:00Z", 12, 2_025, "is good through December 2025 only"),
      ("2025-12-31T23:59:59Z", 12, 2_025, "is good through December 2025 only"),
      ("2026-01-01T00:00:00Z", 12, 2_025, "expired at the end of December 2025"),
    ] as [(String, Int, Int, String?)])
  func `a card is good through the last day of its month, and warned of 60 days before`(
    asOf: String, month: Int, year: Int, warning: String?
  ) throws {
    let text = try page(methods: [method(month, year)], asOf: asOf)
    #expect(text.contains("Visa ending 4242"))
    #expect(text.contains("class=\"warning\"") == (warning != nil))
    if let warning { #expect(text.contains(warning)) }
  }

  @Test func `a method without a card has its name, an unknown one the source's, none an honest line`() throws
  {
    #expect(
      try page(methods: [method(nil, nil, type: "sepa_debit", brand: nil)]).contains("SEPA direct debit"))
    #expect(try page(methods: [method(nil, nil, type: "barter", brand: nil)]).contains("barter"))
    #expect(try page().contains("No payment method is known."))
  }

  @Test func `the history tells changes, new prices, trial and cancellation, the newest first`() throws {
    let subscription = Subscription(
      id: try SubscriptionID("sub_1"), startedAt: try at("2024-01-01T00:00:00Z"),
      trialEndsAt: try at("2024-01-15T00:00:00Z"),
      changes: [
        SubscriptionChange(
          effectiveAt: try at("2024-01-01T00:00:00Z"), planID: try PlanID("plan_enterprise")),
        SubscriptionChange(
          effectiveAt: try at("2024-03-10T00:00:00Z"), planID: try PlanID("plan_b"), prorates: false),
      ],
      cancellation: SubscriptionCancellation(canceledAt: try at("2024-06-01T00:00:00Z"), atPeriodEnd: true))
    let first = try Samples.plan(id: "plan_b", name: "Plan B")
    let second = PlanVersion(
      planID: first.planID, name: "Plan B", effectiveAt: try at("2024-05-01T00:00:00Z"), terms: first.terms)
    let text = try page(subscription: subscription, more: [first, second])
    #expect(text.contains("until 30 Jun 2024; then the subscription ends."))
    let order = ["Canceled", "New prices of", "Changed to", "Trial ends", "Subscription started with"]
    let places = try order.map { try #require(text.range(of: $0)?.lowerBound) }
    #expect(places == places.sorted())
    #expect(text.contains("takes effect on 1 Apr 2024"))
  }

  @Test func `a subscription that is to come says when it starts, and has no state or period yet`() throws {
    let coming = Subscription(
      id: try SubscriptionID("sub_1"), startedAt: try at("2024-09-01T00:00:00Z"),
      trialEndsAt: try at("2024-10-01T00:00:00Z"),
      changes: [
        SubscriptionChange(
          effectiveAt: try at("2024-09-01T00:00:00Z"), planID: try PlanID("plan_enterprise"))
      ], statedStatus: "trialing")
    let text = try page(subscription: coming)
    #expect(text.contains("starts on 1 Sep 2024.") && text.contains("Starts"))
    for words in ["In trial", "Current period", "Status<"] { #expect(!text.contains(words), "\(words)") }
  }

  @Test func `without a subscription no plan is called unknown`() throws {
    let statement = Statement(customer: try Samples.customer("P"), asOf: try at("2024-06-16T12:00:00Z"))
    let text = try PortalFixture(statement).text("plan/index.html")
    #expect(text.contains("There is no subscription, so there are no prices."))
    #expect(!text.contains("No plan is known"))
  }
}

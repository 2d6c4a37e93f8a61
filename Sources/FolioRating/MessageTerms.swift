import FolioBilling

/// What decides the price of messages; segments that agree in it are rated together.
struct MessageTerms: Hashable {
  let pricing: Pricing
  let included: Int64
  let chargesFailed: Bool
  let baseFeeApplies: BaseFeeApplication

  enum Pricing: Hashable {
    case rate(UnitPrice)
    case tiers(TieredPrice)
  }

  /// Nil where messages are unlimited.
  init?(_ terms: PlanTerms) {
    if terms.model == .perPartner { return nil }
    if let tiers = terms.messageTiers {
      pricing = .tiers(tiers)
    } else if let rate = terms.messageRate {
      pricing = .rate(rate)
    } else {
      return nil
    }
    included = terms.includedMessages
    chargesFailed = terms.chargesFailedMessages
    baseFeeApplies = terms.baseFeeApplies
  }

  /// How many messages are subject to the price.
  func charged(_ counts: UsageCounts) -> Int64 {
    chargesFailed ? counts.messages : counts.messages - counts.failed
  }
}

/// What corrects the sum of a plan's charges; segments that agree in it are corrected together.
struct Adjustments: Hashable {
  let minimum: Money?
  let maximum: Money?
  let discounts: [Discount]

  init(_ terms: PlanTerms) {
    minimum = terms.minimumCommitment
    maximum = terms.maximumCommitment
    discounts = terms.discounts
  }
}

extension PlanTerms {
  /// The price of active partners as tiers, a flat fee being one open tier; nil where partners cost nothing.
  var partnerPricing: TieredPrice? {
    if model == .basePlusUsage { return nil }
    return partnerFeeTiers
      ?? partnerFee.map { TieredPrice(mode: .graduated, tiers: [PriceTier(upTo: nil, unitPrice: $0)]) }
  }

  /// Whether messages are credited against the base fee (rule R).
  var creditsBaseFee: Bool { MessageTerms(self)?.baseFeeApplies == .credited }

  /// A currency of the terms that is another one; nil where all amounts are in `currency`.
  func currency(otherThan expected: Currency) -> Currency? {
    areIn(expected) ? nil : currencies.first { $0 != expected }
  }

  /// What nearly always holds, asked for each day of a month: without a list of the currencies.
  private func areIn(_ expected: Currency) -> Bool {
    func fits(_ amount: Money?) -> Bool { amount.map { $0.currency == expected } ?? true }
    func fits(_ price: UnitPrice?) -> Bool { price.map { $0.currency == expected } ?? true }
    func fits(_ price: TieredPrice?) -> Bool {
      price?.tiers.allSatisfy { fits($0.flatFee) && fits($0.unitPrice) } ?? true
    }
    return currency == expected && fits(baseFee) && fits(minimumCommitment) && fits(maximumCommitment)
      && fits(messageRate) && fits(partnerFee) && fits(messageTiers) && fits(partnerFeeTiers)
  }

  /// Every currency that the terms use.
  private var currencies: [Currency] {
    let tiers = [messageTiers, partnerFeeTiers].compactMap(\.self).flatMap(\.tiers)
    let amounts = [baseFee, minimumCommitment, maximumCommitment] + tiers.map(\.flatFee)
    let prices = [messageRate, partnerFee] + tiers.map(\.unitPrice)
    return [currency] + amounts.compactMap { $0?.currency } + prices.compactMap { $0?.currency }
  }
}

extension PlanSegment {
  /// Whether failed messages have a price in any of these segments; where nothing is charged they do not matter.
  package static func chargeFailedMessages(_ segments: [PlanSegment]) -> Bool {
    let terms = segments.lazy.filter { !$0.isTrial }.compactMap { MessageTerms($0.plan.terms) }
    return terms.isEmpty || terms.contains { $0.chargesFailed }
  }

  /// Refuses plans that cannot be rated together in one period.
  static func check(_ segments: [PlanSegment], in currency: Currency) throws(RatingError) {
    for segment in segments {
      let (id, terms) = (segment.plan.planID, segment.plan.terms)
      if let found = terms.currency(otherThan: currency) {
        throw .otherCurrency(plan: id, expected: currency, found: found)
      }
      let isUsable = terms.messageTiers?.isUsable ?? true && terms.partnerFeeTiers?.isUsable ?? true
      if !isUsable { throw .unusableTiers(plan: id) }
      if terms.pricesIncludeTax != segments[0].plan.terms.pricesIncludeTax { throw .taxBasisChange(plan: id) }
    }
  }
}

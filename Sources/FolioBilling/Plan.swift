/// How a plan turns usage into charges.
package enum BillingModel: String, Sendable, CaseIterable {
  case basePlusUsage = "base_plus_usage"
  case perPartner = "per_partner"
  case hybrid
  case enterpriseCustom = "enterprise_custom"
}

/// Whether usage is credited against the base fee, or comes on top of it.
package enum BaseFeeApplication: String, Sendable, CaseIterable {
  /// The base fee is a minimum: messages are charged only beyond it (rule R).
  case credited
  case added
}

/// How tiers price a quantity.
package enum TierMode: String, Sendable, CaseIterable {
  /// Each tier prices the part of the quantity that lies in it.
  case graduated
  /// The tier that the whole quantity reaches prices all of it.
  case volume
  /// Whole packages are charged; the last one is charged when begun.
  case package
}

/// One step of a price list.
package struct PriceTier: Hashable, Sendable {
  /// The last unit of the tier, counted from 1; nil for the last tier, which has no end.
  package let upTo: Int64?
  /// What one unit costs; under `TierMode.package`, what one package costs.
  package let unitPrice: UnitPrice
  /// Charged once when the quantity reaches the tier.
  package let flatFee: Money?

  package init(upTo: Int64?, unitPrice: UnitPrice, flatFee: Money? = nil) {
    self.upTo = upTo
    self.unitPrice = unitPrice
    self.flatFee = flatFee
  }
}

/// Prices by quantity.
package struct TieredPrice: Hashable, Sendable {
  package let mode: TierMode
  /// In order of `upTo`, the last one open. `TierMode.package` has exactly one.
  package let tiers: [PriceTier]
  /// Messages in one package; nil for the other modes.
  package let packageSize: Int64?

  package init(mode: TierMode, tiers: [PriceTier], packageSize: Int64? = nil) {
    self.mode = mode
    self.tiers = tiers
    self.packageSize = packageSize
  }
}

/// A reduction of the charges by a rate.
package struct Discount: Hashable, Sendable {
  /// The rate as a fraction: 0.1 is 10 %.
  package let rate: ExactDecimal
  /// What the price list calls it.
  package let name: String

  package init(rate: ExactDecimal, name: String) {
    self.rate = rate
    self.name = name
  }
}

/// Everything that a plan says about money.
///
/// Charges are made in this order: included messages, packages, tiers, flat fees, commitments, discounts, tax.
package struct PlanTerms: Hashable, Sendable {
  package let model: BillingModel
  package let currency: Currency
  /// Monthly, zero for none.
  package let baseFee: Money
  package let baseFeeApplies: BaseFeeApplication
  /// What one message costs; nil where tiers say so or messages are unlimited.
  package let messageRate: UnitPrice?
  package let messageTiers: TieredPrice?
  /// Messages of each month that cost nothing.
  package let includedMessages: Int64
  /// Monthly, for each active partner; nil for none.
  package let partnerFee: UnitPrice?
  /// Fees by number of active partners, graduated; nil for a flat fee.
  package let partnerFeeTiers: TieredPrice?
  package let minimumCommitment: Money?
  package let maximumCommitment: Money?
  package let discounts: [Discount]
  package let chargesFailedMessages: Bool
  /// Whether the prices contain the tax already.
  package let pricesIncludeTax: Bool

  package init(
    model: BillingModel, currency: Currency, baseFee: Money, baseFeeApplies: BaseFeeApplication = .credited,
    messageRate: UnitPrice? = nil, messageTiers: TieredPrice? = nil, includedMessages: Int64 = 0,
    partnerFee: UnitPrice? = nil, partnerFeeTiers: TieredPrice? = nil, minimumCommitment: Money? = nil,
    maximumCommitment: Money? = nil, discounts: [Discount] = [], chargesFailedMessages: Bool = true,
    pricesIncludeTax: Bool = false
  ) {
    self.model = model
    self.currency = currency
    self.baseFee = baseFee
    self.baseFeeApplies = baseFeeApplies
    self.messageRate = messageRate
    self.messageTiers = messageTiers
    self.includedMessages = includedMessages
    self.partnerFee = partnerFee
    self.partnerFeeTiers = partnerFeeTiers
    self.minimumCommitment = minimumCommitment
    self.maximumCommitment = maximumCommitment
    self.discounts = discounts
    self.chargesFailedMessages = chargesFailedMessages
    self.pricesIncludeTax = pricesIncludeTax
  }
}

/// A plan as it is defined from an instant on.
package struct PlanVersion: Hashable, Sendable {
  package let planID: PlanID
  package let name: String
  /// From when these terms hold; the first version of a plan also holds before.
  package let effectiveAt: Timestamp
  package let terms: PlanTerms
  /// Whether the operator offers the plan to customers of today.
  package let isOffered: Bool
  /// The time of the event that defined the version; nil when nothing dates it.
  package let recordedAt: Timestamp?

  package init(
    planID: PlanID, name: String, effectiveAt: Timestamp, terms: PlanTerms, isOffered: Bool = true,
    recordedAt: Timestamp? = nil
  ) {
    self.planID = planID
    self.name = name
    self.effectiveAt = effectiveAt
    self.terms = terms
    self.isOffered = isOffered
    self.recordedAt = recordedAt
  }
}

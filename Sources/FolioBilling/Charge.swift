/// What a line charges for.
package enum ChargeKind: String, Sendable, CaseIterable {
  case baseFee = "base_fee"
  case messages
  /// Messages that the plan includes, or that a trial gives: quantity without a price.
  case includedMessages = "included_messages"
  case trialMessages = "trial_messages"
  case packages
  case tierFlatFee = "tier_flat_fee"
  case partnerFees = "partner_fees"
  case minimumCommitment = "minimum_commitment"
  case maximumCommitment = "maximum_commitment"
  case discount
  /// The unused part of a fee that was invoiced ahead.
  case feeCredit = "fee_credit"
  /// Usage of an invoiced period that arrived after its invoice.
  case lateUsage = "late_usage"
  /// A total that its source did not itemise.
  case notItemised = "not_itemised"
}

/// To which sum of the charges a line belongs.
package enum ChargeFamily: Hashable, Sendable {
  case base
  case messages
  case partners
  case other
}

extension ChargeKind {
  package var family: ChargeFamily {
    switch self {
    case .baseFee: .base
    case .messages, .includedMessages, .trialMessages, .packages, .tierFlatFee: .messages
    case .partnerFees: .partners
    case .minimumCommitment, .maximumCommitment, .discount, .feeCredit, .lateUsage, .notItemised: .other
    }
  }

  /// Whether the quantity of such a line counts messages.
  package var countsMessages: Bool {
    switch self {
    case .messages, .includedMessages, .trialMessages, .lateUsage: true
    default: false
    }
  }
}

/// One line of a charge, which explains itself: quantity × unit price = gross, less what is covered.
package struct ChargeLine: Hashable, Sendable {
  package let kind: ChargeKind
  /// The plan whose terms made the line, by the name it had; nil where no plan did.
  package let planName: String?
  /// For which time the line charges.
  package let servicePeriod: BillingPeriod
  /// Messages, partners or packages; nil for a plain amount.
  package let quantity: Int64?
  /// What one costs; nil for a plain amount.
  package let unitPrice: UnitPrice?
  /// The share of a month that a prorated fee is charged for, in seconds; nil for a whole one.
  package let proration: Proration?
  /// Before anything is covered.
  package let gross: Money
  /// What the base fee covers of `gross`, not negative.
  package let covered: Money
  /// What is charged: `gross` − `covered`.
  package let amount: Money
  /// A name from the price list or the source, such as a discount's; nil lets the kind say it.
  package let label: String?
  /// The fraction of `basis` by which a discount reduces it: 0.05 is 5 %; nil for other lines.
  package let rate: ExactDecimal?
  /// The charges that a commitment or discount corrects; nil for other lines.
  ///
  /// A discount's gross amount is −(`rate` × `basis`), a commitment's is the commitment − `basis`.
  package let basis: Money?

  package init(
    kind: ChargeKind, planName: String?, servicePeriod: BillingPeriod, quantity: Int64? = nil,
    unitPrice: UnitPrice? = nil, proration: Proration? = nil, gross: Money, covered: Money? = nil,
    amount: Money, label: String? = nil, rate: ExactDecimal? = nil, basis: Money? = nil
  ) {
    self.kind = kind
    self.planName = planName
    self.servicePeriod = servicePeriod
    self.quantity = quantity
    self.unitPrice = unitPrice
    self.proration = proration
    self.gross = gross
    self.covered = covered ?? .zero(gross.currency)
    self.amount = amount
    self.label = label
    self.rate = rate
    self.basis = basis
  }
}

/// A part of a period, in seconds.
package struct Proration: Hashable, Sendable {
  package let seconds: Int64
  package let ofSeconds: Int64

  package init(seconds: Int64, ofSeconds: Int64) {
    self.seconds = seconds
    self.ofSeconds = ofSeconds
  }
}

/// Tax on the lines of one category and rate.
package struct TaxLine: Hashable, Sendable {
  package let treatment: TaxTreatment
  package let taxable: Money
  package let amount: Money

  package init(treatment: TaxTreatment, taxable: Money, amount: Money) {
    self.treatment = treatment
    self.taxable = taxable
    self.amount = amount
  }
}

extension Proration {
  /// What `quantity` costs for the share, rounded once, half away from zero.
  package func price(of quantity: Int64, at unitPrice: UnitPrice) throws(ArithmeticOverflow) -> Money {
    if seconds == ofSeconds { return try unitPrice.times(quantity) }
    let (unitSeconds, overflowed) = quantity.multipliedReportingOverflow(by: seconds)
    if overflowed { throw ArithmeticOverflow() }
    return try unitPrice.times(unitSeconds, over: ofSeconds)
  }
}

extension ChargeLine {
  /// Whether quantity × unit price × share, or −(rate × basis), is the gross amount; true of a line without
  /// them.
  package var isProductExact: Bool {
    guard let quantity, let unitPrice else { return isReductionExact }
    let share = proration ?? Proration(seconds: 1, ofSeconds: 1)
    do throws(ArithmeticOverflow) {
      return try share.price(of: quantity, at: unitPrice) == gross
    } catch {
      return false
    }
  }

  private var isReductionExact: Bool {
    guard let rate, let basis else { return true }
    do throws(ArithmeticOverflow) {
      return try rate.part(of: basis).negated() == gross
    } catch {
      return false
    }
  }
}

extension ExactDecimal {
  /// This fraction of an amount, rounded once, half away from zero.
  package func part(of amount: Money) throws(ArithmeticOverflow) -> Money {
    try amount.scaled(by: coefficient, over: powerOfTen(scale))
  }
}

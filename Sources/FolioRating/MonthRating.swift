import FolioBilling

/// The charges of one month in the making.
struct MonthRating {
  private let month: CalendarMonth
  private let monthSeconds: Int64
  private let currency: Currency
  private let activePartners: Int64
  private let usage: SegmentedUsage
  /// The segments that are charged for, as indices.
  private let charged: [Int]
  /// What each segment has been charged so far, for the commitments and discounts.
  private var segmentCharges: [Money]
  private var lines: [ChargeLine] = []
  private var messageGroups: [MessageGroup] = []
  /// The prorated base fees that messages are credited against.
  private var creditedBase: Money
  /// What of them is not used up.
  private var uncovered: Money

  init(_ usage: SegmentedUsage, month: CalendarMonth, currency: Currency, activePartners: Int64) {
    precondition(
      usage.segments.allSatisfy { $0.period.intersection(month.period) == $0.period },
      "segments lie in the month")
    self.month = month
    monthSeconds = month.period.seconds
    self.currency = currency
    self.activePartners = activePartners
    self.usage = usage
    charged = usage.segments.indices.filter { !usage.segments[$0].isTrial }
    segmentCharges = Array(repeating: .zero(currency), count: usage.segments.count)
    creditedBase = .zero(currency)
    uncovered = .zero(currency)
  }

  mutating func makeCharges() throws(ArithmeticOverflow) -> Charges {
    for index in charged { try addBaseFee(of: index) }
    uncovered = creditedBase
    addTrialMessages()
    for (terms, group) in grouped(charged, by: MessageTerms.init) {
      if let terms { try addMessages(of: group, at: terms) }
    }
    for index in charged { try addPartnerFees(of: index) }
    for (adjustments, group) in grouped(charged, by: Adjustments.init) { try adjust(group, adjustments) }
    return try Charges(
      month: month, currency: currency, lines: lines, creditedBase: creditedBase,
      pricesIncludeTax: usage.segments.first?.plan.terms.pricesIncludeTax ?? false,
      messageGroups: messageGroups)
  }

  // MARK: Fees

  private mutating func addBaseFee(of index: Int) throws(ArithmeticOverflow) {
    let terms = usage.segments[index].plan.terms
    if terms.baseFee.isZero { return }
    let amount = try share(of: [index]).part(of: terms.baseFee)
    if terms.creditsBaseFee { creditedBase = try creditedBase.adding(amount) }
    lines.append(line(.baseFee, for: [index], quantity: 1, at: terms.baseFee.asUnitPrice, gross: amount))
    segmentCharges[index] = try segmentCharges[index].adding(amount)
  }

  private mutating func addPartnerFees(of index: Int) throws(ArithmeticOverflow) {
    guard let pricing = usage.segments[index].plan.terms.partnerPricing else { return }
    let share = share(of: [index])
    let priced = TieredQuantity(activePartners, at: pricing)
    let flatFees = priced.flatFees.map { PricedStep(quantity: 1, unitPrice: $0.asUnitPrice) }
    for step in priced.steps + flatFees {
      let amount = try share.price(of: step.quantity, at: step.unitPrice)
      lines.append(
        line(.partnerFees, for: [index], quantity: step.quantity, at: step.unitPrice, gross: amount))
      segmentCharges[index] = try segmentCharges[index].adding(amount)
    }
  }

  // MARK: Messages

  private mutating func addTrialMessages() {
    for (index, segment) in usage.segments.enumerated()
    where segment.isTrial && MessageTerms(segment.plan.terms) != nil {
      let quantity = usage.counts[index].messages
      lines.append(line(.trialMessages, for: [index], quantity: quantity, gross: .zero(currency)))
    }
  }

  /// Rates the messages of segments with equal message terms as one quantity.
  private mutating func addMessages(of group: [Int], at terms: MessageTerms) throws(ArithmeticOverflow) {
    let quantities = group.map { terms.charged(usage.counts[$0]) }
    var quantity: Int64 = 0
    for part in quantities { quantity = try quantity.addingChecked(part) }
    let included = try max(0, min(quantity, share(of: group).part(of: terms.included)))
    if included > 0 {
      lines.append(line(.includedMessages, for: group, quantity: included, gross: .zero(currency)))
    }
    let first = lines.count
    switch terms.pricing {
    case .rate(let rate):
      let step = PricedStep(quantity: quantity - included, unitPrice: rate)
      try addMessageLine(.messages, step, for: group, at: terms)
    case .tiers(let tiers):
      try addTieredMessages(quantity - included, at: tiers, for: group, terms)
    }
    let gross = try Money.sum(of: lines[first...].lazy.map(\.gross), in: currency)
    messageGroups.append(MessageGroup(segments: group, chargesFailed: terms.chargesFailed, gross: gross))
    let net = try Money.sum(of: lines[first...].lazy.map(\.amount), in: currency)
    for (index, part) in zip(group, net.split(across: quantities.map { max(0, $0) })) {
      segmentCharges[index] = try segmentCharges[index].adding(part)
    }
  }

  private mutating func addTieredMessages(
    _ quantity: Int64, at tiers: TieredPrice, for group: [Int], _ terms: MessageTerms
  ) throws(ArithmeticOverflow) {
    let priced = TieredQuantity(quantity, at: tiers)
    let isPackaged = tiers.mode == .package
    if isPackaged {
      lines.append(line(.messages, for: group, quantity: quantity, gross: .zero(currency)))
    }
    for step in priced.steps {
      try addMessageLine(isPackaged ? .packages : .messages, step, for: group, at: terms)
    }
    for fee in priced.flatFees {
      let step = PricedStep(quantity: 1, unitPrice: fee.asUnitPrice)
      try addMessageLine(.tierFlatFee, step, for: group, at: terms)
    }
  }

  /// Adds a line of message charges, less what is left of the base fees.
  private mutating func addMessageLine(
    _ kind: ChargeKind, _ step: PricedStep, for group: [Int], at terms: MessageTerms
  ) throws(ArithmeticOverflow) {
    let whole = Proration(seconds: 1, ofSeconds: 1)
    let share = kind == .tierFlatFee ? share(of: group) : whole
    let gross = try share.price(of: step.quantity, at: step.unitPrice)
    let zero = Money.zero(currency)
    let covered = terms.baseFeeApplies == .credited ? uncovered.least(gross).greatest(zero) : zero
    uncovered = try uncovered.subtracting(covered)
    lines.append(
      line(
        kind, for: group, quantity: step.quantity, at: step.unitPrice, prorated: kind == .tierFlatFee,
        gross: gross, covered: covered, amount: try gross.subtracting(covered)))
  }

  // MARK: Commitments and discounts

  private mutating func adjust(_ group: [Int], _ adjustments: Adjustments) throws(ArithmeticOverflow) {
    var sum = try Money.sum(of: group.lazy.map { [segmentCharges] in segmentCharges[$0] }, in: currency)
    if let minimum = try adjustments.minimum.map(share(of: group).part) {
      try adjust(&sum, to: sum.greatest(minimum), .minimumCommitment, for: group)
    }
    if let maximum = try adjustments.maximum.map(share(of: group).part) {
      try adjust(&sum, to: sum.least(maximum), .maximumCommitment, for: group)
    }
    for discount in adjustments.discounts {
      let target = try sum.subtracting(discount.rate.part(of: sum))
      try adjust(&sum, to: target, .discount, for: group, label: discount.name, rate: discount.rate)
    }
  }

  private mutating func adjust(
    _ sum: inout Money, to target: Money, _ kind: ChargeKind, for group: [Int], label: String? = nil,
    rate: ExactDecimal? = nil
  ) throws(ArithmeticOverflow) {
    let difference = try target.subtracting(sum)
    if difference.isZero { return }
    lines.append(
      line(
        kind, for: group, prorated: kind != .discount, gross: difference, label: label, rate: rate, basis: sum
      ))
    sum = target
  }

  // MARK: Parts

  /// The seconds of some segments in those of the month.
  private func share(of group: [Int]) -> Proration {
    let seconds = group.reduce(0) { $0 + usage.segments[$1].period.seconds }
    return Proration(seconds: seconds, ofSeconds: monthSeconds)
  }

  /// A line for some segments, from the start of the first to the end of the last.
  private func line(
    _ kind: ChargeKind, for group: [Int], quantity: Int64? = nil, at unitPrice: UnitPrice? = nil,
    prorated: Bool? = nil, gross: Money, covered: Money? = nil, amount: Money? = nil, label: String? = nil,
    rate: ExactDecimal? = nil, basis: Money? = nil
  ) -> ChargeLine {
    let (first, last) = (usage.segments[group[0]], usage.segments[group[group.count - 1]])
    let isFee = prorated ?? (kind == .baseFee || kind == .partnerFees)
    return ChargeLine(
      kind: kind, planName: first.plan.name,
      servicePeriod: BillingPeriod(start: first.period.start, end: last.period.end), quantity: quantity,
      unitPrice: unitPrice, proration: isFee ? share(of: group).printed : nil, gross: gross,
      covered: covered, amount: amount ?? gross, label: label, rate: rate, basis: basis)
  }

  /// The indices by what their segments' terms say, in order of first appearance.
  private func grouped<Key: Hashable>(
    _ indices: [Int], by key: (PlanTerms) -> Key
  ) -> [(key: Key, group: [Int])] {
    indices.reduce(into: []) { groups, index in
      let key = key(usage.segments[index].plan.terms)
      if let known = groups.firstIndex(where: { $0.key == key }) {
        groups[known].group.append(index)
      } else {
        groups.append((key, [index]))
      }
    }
  }
}

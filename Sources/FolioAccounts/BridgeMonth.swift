import FolioAnalytics
import FolioBilling
import FolioRating

/// A month as a bridge compares it.
struct BridgeMonth {
  let identity: ReconcilingIdentity
  /// Commitments, discounts and credits.
  let otherLines: [ChargeLine]
  /// Empty where the month was charged at the common prices.
  let reasons: Set<PriceReason>
  /// The partners with messages or costs, in order of identifiers, what was not itemised last.
  let costs: [PartnerCost]
  /// What partners would cost at the common prices, in order of identifiers, what was not itemised last.
  let repriced: [PartnerCost]

  /// `prices` are those to compare by, be it a trial's; nil where there is nothing to compare with.
  ///
  /// Nil where no amount can hold the charges at these prices.
  init?(_ month: MonthFacts, at prices: PlanSegment?, _ currency: Currency) throws {
    let partners = month.allocation?.partners ?? []
    let reasons = prices.map(month.priceReasons(against:)) ?? []
    identity = try ReconcilingIdentity(
      sumOf: month.charges.map { [ReconcilingIdentity($0)] } ?? [], in: currency)
    otherLines = month.charges?.lines.filter { $0.kind.family == .other } ?? []
    self.reasons = reasons
    costs = partners.filter { $0.messages > 0 || !$0.cost.isZero }
    guard let prices, !reasons.isEmpty else {
      repriced = partners
      return
    }
    guard let allocation = try month.allocation(at: prices, currency) else { return nil }
    repriced = allocation.partners
  }
}

extension [PartnerCost] {
  /// The cost here of each of some partners, nil where it has none.
  ///
  /// Both lists are in order of identifiers, what was not itemised last.
  ///
  /// - Complexity: O(n).
  func costs(of partners: [PartnerCost]) -> [PartnerCost?] {
    var index = 0
    return partners.map { partner in
      while index < count, self[index].precedes(partner) { index += 1 }
      return index < count && self[index].partnerID == partner.partnerID ? self[index] : nil
    }
  }
}

extension PartnerCost {
  fileprivate func precedes(_ other: PartnerCost) -> Bool {
    guard let partnerID, let otherID = other.partnerID else {
      return partnerID != nil && other.partnerID == nil
    }
    return partnerID < otherID
  }
}

extension MonthFacts {
  /// What tells the prices of the month from those that would hold for the whole of it.
  fileprivate func priceReasons(against prices: PlanSegment) -> Set<PriceReason> {
    var reasons: Set<PriceReason> = []
    for segment in segments {
      if segment.isTrial != prices.isTrial { reasons.insert(.trial) }
      if segment.plan.terms == prices.plan.terms { continue }
      reasons.insert(segment.plan.planID == prices.plan.planID ? .terms : .plan)
    }
    if !isServedThroughout { reasons.insert(.partOfMonth) }
    return reasons
  }

  /// Whether some plan was in force at every instant of the month.
  private var isServedThroughout: Bool {
    let served = segments.lazy.map(\.period).reduce(month.period.start) { $1.start == $0 ? $1.end : $0 }
    return served == month.period.end
  }

  /// All usage of the month at prices that hold for the whole of it.
  fileprivate func allocation(at prices: PlanSegment, _ currency: Currency) throws -> Allocation? {
    let whole = [PlanSegment(period: month.period, plan: prices.plan, isTrial: prices.isTrial)]
    guard let charges = try charges(in: whole, currency) else { return nil }
    return try Allocation(
      charges, over: Self.partnerMessages(usage, summary, whole), activePartners: summary.activePartners
    ) { _ in [] }
  }
}

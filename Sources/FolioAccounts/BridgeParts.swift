import FolioBilling
import FolioRating

/// The differences between two months, before they are summed up.
struct BridgeParts {
  let partners: [PartnerEffect]
  let partnersIn: [PartnerCost]
  let partnersOut: [PartnerCost]
  let base: Money
  let other: [ChargeDifference]

  init(from before: BridgeMonth, to after: BridgeMonth) throws(ArithmeticOverflow) {
    let earlier = before.costs.costs(of: after.costs)
    let repriced = (
      before: before.repriced.costs(of: after.costs), after: after.repriced.costs(of: after.costs)
    )
    var (effects, arrivals): ([PartnerEffect], [PartnerCost]) = ([], [])
    effects.reserveCapacity(after.costs.count)
    for (index, cost) in after.costs.enumerated() {
      if let old = earlier[index] {
        effects.append(try PartnerEffect(old, cost, repriced.before[index], repriced.after[index]))
      } else {
        arrivals.append(cost)
      }
    }
    partners = effects.largestFirst(by: \.change)
    partnersIn = arrivals.largestFirst(by: \.cost)
    let departed = zip(before.costs, after.costs.costs(of: before.costs)).filter { $1 == nil }
    partnersOut = departed.map(\.0).largestFirst(by: \.cost)
    base = try after.identity.base().subtracting(before.identity.base())
    other = try ChargeDifference.differences(before.otherLines, after.otherLines, in: base.currency)
  }

  func amount(of cause: BillCause) throws(ArithmeticOverflow) -> Money {
    switch cause {
    case .volume: try sum(partners.lazy.map(\.volume))
    case .partnerFees: try sum(partners.lazy.map(\.partnerFees))
    case .price: try sum(partners.lazy.map(\.price))
    case .partnersIn: try sum(partnersIn.lazy.map(\.cost))
    case .partnersOut: try sum(partnersOut.lazy.map(\.cost)).negated()
    case .base: base
    case .other: try sum(other.lazy.map(\.amount))
    }
  }

  private func sum(_ amounts: some Sequence<Money>) throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: amounts, in: base.currency)
  }
}

extension ReconcilingIdentity {
  /// Base fees beside what messages used up of them.
  fileprivate func base() throws(ArithmeticOverflow) -> Money { try unusedBase.adding(addedBase) }
}

package import FolioBilling

/// By how much the charges of one kind differ.
package struct ChargeDifference: Hashable, Sendable {
  package let kind: ChargeKind
  package let amount: Money
}

extension ChargeDifference {
  static func differences(
    _ before: [ChargeLine], _ after: [ChargeLine], in currency: Currency
  ) throws(ArithmeticOverflow) -> [ChargeDifference] {
    var differences: [ChargeDifference] = []
    for kind in ChargeKind.allCases {
      let amount = try after.sum(of: kind, in: currency).subtracting(before.sum(of: kind, in: currency))
      if !amount.isZero { differences.append(ChargeDifference(kind: kind, amount: amount)) }
    }
    return differences
  }
}

extension [ChargeLine] {
  fileprivate func sum(of kind: ChargeKind, in currency: Currency) throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: lazy.filter { $0.kind == kind }.map(\.amount), in: currency)
  }
}

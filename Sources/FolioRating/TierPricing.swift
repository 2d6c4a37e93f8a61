import FolioBilling

/// A quantity at one price.
struct PricedStep: Hashable {
  let quantity: Int64
  let unitPrice: UnitPrice
}

/// How a tiered price takes a quantity apart.
struct TieredQuantity: Hashable {
  /// At least one, of nothing where the quantity is nothing. Under `TierMode.package` it counts packages.
  let steps: [PricedStep]
  /// Those of the tiers that the quantity reaches; nothing reaches no tier.
  let flatFees: [Money]

  /// Takes a quantity apart by a price that `isUsable`.
  init(_ quantity: Int64, at price: TieredPrice) {
    let reached = price.reachedTiers(by: quantity)
    flatFees = quantity > 0 ? reached.compactMap(\.tier.flatFee) : []
    steps = reached.map { PricedStep(quantity: $0.units, unitPrice: $0.tier.unitPrice) }
  }
}

extension TieredPrice {
  /// Whether the tiers ascend to an open one, and packages have a size.
  var isUsable: Bool {
    guard let last = tiers.last, last.upTo == nil else { return false }
    var start: Int64 = 0
    for tier in tiers.dropLast() {
      guard let end = tier.upTo, start < end, end < .max else { return false }
      start = end
    }
    return mode != .package || (tiers.count == 1 && (packageSize ?? 0) > 0)
  }

  fileprivate func reachedTiers(by quantity: Int64) -> [(tier: PriceTier, units: Int64)] {
    switch mode {
    case .graduated: graduatedTiers(quantity)
    case .volume: tiers.first { quantity <= $0.upTo ?? .max }.map { [($0, quantity)] } ?? []
    case .package: tiers.map { ($0, packages(for: quantity)) }
    }
  }

  private func graduatedTiers(_ quantity: Int64) -> [(tier: PriceTier, units: Int64)] {
    var reached: [(tier: PriceTier, units: Int64)] = []
    var start: Int64 = 0
    for tier in tiers where quantity > start || reached.isEmpty {
      let end = min(quantity, tier.upTo ?? .max)
      reached.append((tier, end - start))
      start = end
      if quantity == end { break }
    }
    return reached
  }

  /// Whole packages, the last one being charged when begun.
  private func packages(for quantity: Int64) -> Int64 {
    let (whole, begun) = quantity.quotientAndRemainder(dividingBy: packageSize ?? 1)
    return begun > 0 ? whole + 1 : whole
  }
}

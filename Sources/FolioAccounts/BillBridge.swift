package import FolioBilling
package import FolioRating

/// Why a month costs more or less than an earlier one: steps that sum to the difference, to the minor unit.
///
/// Each month's charges are what its partners cost, base fees that messages did not use up, and other charges
/// (`ReconcilingIdentity`); so the differences of these are the difference of the charges. Of a partner with costs or
/// messages in both months, the difference is taken apart by the prices in force at the end of the earlier month, for a
/// whole month: what all usage of the one and of the other month costs at them differs by volume alone, and the rest
/// is price. A month without a subscription costs nothing and has no partners, whatever was exchanged in it.
///
/// All of this is before what an invoice adds: corrections of other months, and tax where prices are without it.
package struct BillBridge: Hashable, Sendable {
  package let from: CalendarMonth
  package let to: CalendarMonth
  /// Whether the later month still runs: its figures are of all usage received, as on the month's page.
  package let isRunning: Bool
  /// Whether tax is in all figures; else in none.
  package let pricesIncludeTax: Bool
  /// The earlier month's charges.
  package let before: Money
  /// The later month's charges.
  package let after: Money
  /// One for each cause, in the causes' order, zeros included.
  package let steps: [BillStep]
  /// Why prices differ, in the reasons' order; where there is none, no partner's price differs by anything.
  package let priceReasons: [PriceReason]
  /// The partners of both months, by how much their costs differ, then in order of identifiers.
  package let partners: [PartnerEffect]
  /// The partners of the later month alone, as they are allocated there; by cost, then in order of identifiers.
  package let partnersIn: [PartnerCost]
  /// The partners of the earlier month alone, as they are allocated there; by cost, then in order of identifiers.
  package let partnersOut: [PartnerCost]
  /// Of which kinds the other charges differ, in the kinds' order, zeros left out.
  package let otherCharges: [ChargeDifference]
  /// From one month's invoice to the other's; nil where not both months have one that can be compared.
  package let invoices: InvoiceBridge?
}

extension BillBridge {
  /// Nil unless both months are rated, or one is and the other has no subscription; unless the earlier one is closed;
  /// and where prices contain tax in one of them only, or no amount can hold a month's usage at the earlier prices.
  ///
  /// - Throws: `ArithmeticOverflow`, `AccountError.sumsDisagree`.
  package init?(from earlier: MonthFacts, to later: MonthFacts) throws {
    precondition(earlier.month < later.month, "a bridge goes to a later month")
    let prices = later.segments.isEmpty ? nil : earlier.segments.last
    guard earlier.isClosed, let basis = Self.basis(of: [earlier, later]),
      let before = try BridgeMonth(earlier, at: prices, basis.currency),
      let after = try BridgeMonth(later, at: prices, basis.currency)
    else { return nil }
    let parts = try BridgeParts(from: before, to: after)
    (from, to, isRunning) = (earlier.month, later.month, !later.isClosed)
    pricesIncludeTax = basis.pricesIncludeTax
    (self.before, self.after) = (before.identity.charges, after.identity.charges)
    steps = try BillCause.allCases.map { BillStep(cause: $0, amount: try parts.amount(of: $0)) }
    priceReasons = PriceReason.allCases.filter(before.reasons.union(after.reasons).contains)
    (partners, otherCharges) = (parts.partners, parts.other)
    (partnersIn, partnersOut) = (parts.partnersIn, parts.partnersOut)
    invoices = try InvoiceBridge(from: earlier, to: later)
    if try Money.sum(of: steps.lazy.map(\.amount), in: basis.currency) != change() {
      throw AccountError.sumsDisagree(later.month, fault: .partsToTotal)
    }
  }

  /// The charges whose currency and tax are those of all months; nil where that is not so, or where nothing is rated.
  private static func basis(of months: [MonthFacts]) -> Charges? {
    let charges = months.compactMap(\.charges)
    guard let basis = charges.first, months.allSatisfy({ $0.charges != nil || $0.isUnsubscribed }),
      charges.allSatisfy({
        $0.currency == basis.currency && $0.pricesIncludeTax == basis.pricesIncludeTax
      })
    else { return nil }
    return basis
  }

  /// `after` − `before`, which the steps sum to.
  package func change() throws(ArithmeticOverflow) -> Money { try after.subtracting(before) }
}

extension AccountFacts {
  /// Why a month that is over costs something else than the month before; nil where the account has none, or the two
  /// cannot be compared.
  ///
  /// - Throws: as `BillBridge.init`.
  package func bridge(to later: MonthFacts) throws -> BillBridge? {
    guard later.isClosed, let earlier = month(later.month.adding(months: -1)) else { return nil }
    return try later.bridgeOnce { try BillBridge(from: earlier, to: later) }
  }

  /// When what a page says of a month last changed: the month, or the one before, with which the page compares it.
  package func lastChanged(of later: MonthFacts) -> Timestamp {
    guard later.isClosed, let earlier = month(later.month.adding(months: -1)) else {
      return later.lastChanged
    }
    return max(later.lastChanged, earlier.lastChanged)
  }
}

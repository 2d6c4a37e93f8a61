package import FolioBilling

/// The charges of several months by what they are for, with the API's `cost_breakdown` as its core.
package struct CostBreakdown: Hashable, Sendable {
  package let baseFees: Money
  /// Net of the base fees.
  package let messageCharges: Money
  package let partnerFees: Money
  /// Commitments, discounts, credits and late usage.
  package let otherCharges: Money
  package let total: Money

  /// Sums up months; all zero for none.
  package init(_ months: some Sequence<Charges>, in currency: Currency) throws(ArithmeticOverflow) {
    let months = Array(months)
    baseFees = try Money.sum(of: months.lazy.map(\.baseFees), in: currency)
    messageCharges = try Money.sum(of: months.lazy.map(\.messageChargesNet), in: currency)
    partnerFees = try Money.sum(of: months.lazy.map(\.partnerFees), in: currency)
    otherCharges = try Money.sum(of: months.lazy.map(\.otherCharges), in: currency)
    total = try Money.sum(of: months.lazy.map(\.total), in: currency)
  }
}

package import FolioBilling
import FolioRating

/// What one partner's months have to do with each other; nil is what the source did not itemise.
package struct PartnerEffect: Hashable, Sendable {
  package let partnerID: PartnerID?
  package let messagesBefore: Int64
  package let messagesAfter: Int64
  /// Gross message charges at the earlier prices: those of the later month less those of the earlier one.
  package let volume: Money
  /// Partner fees at the earlier prices: those of the later month less those of the earlier one.
  package let partnerFees: Money
  /// What is left of `change`: other prices.
  package let price: Money
  /// The partner's cost in the later month less that in the earlier one.
  package let change: Money
}

extension PartnerEffect {
  /// - Parameters:
  ///   - earlier: the cost of the earlier month at the earlier prices; nil where what was not itemised has none.
  ///   - later: the same of the later month.
  init(
    _ old: PartnerCost, _ new: PartnerCost, _ earlier: PartnerCost?, _ later: PartnerCost?
  ) throws(ArithmeticOverflow) {
    let zero = Money.zero(new.cost.currency)
    partnerID = new.partnerID
    (messagesBefore, messagesAfter) = (old.messages, new.messages)
    volume = try (later?.messageCharges ?? zero).subtracting(earlier?.messageCharges ?? zero)
    partnerFees = try (later?.partnerFees ?? zero).subtracting(earlier?.partnerFees ?? zero)
    change = try new.cost.subtracting(old.cost)
    price = try change.subtracting(volume).subtracting(partnerFees)
  }
}

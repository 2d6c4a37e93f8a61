package import FolioBilling

/// One step of a bridge.
package struct BillStep: Hashable, Sendable {
  package let cause: BillCause
  /// What it adds to the bill; negative where it takes off.
  package let amount: Money
}

/// What may change a bill.
package enum BillCause: String, Sendable, CaseIterable {
  /// Messages of the partners of both months, at the earlier prices; of tiers those that all messages reach.
  case volume
  /// Fees of the partners of both months, at the earlier prices: they differ where the price of a partner depends on
  /// how many there are, and where what was not itemised stands for more partners or fewer.
  case partnerFees = "partner_fees"
  /// What the partners of both months cost at other prices; trials and parts of months count as prices.
  case price
  /// What the partners of the later month alone cost.
  case partnersIn = "partners_in"
  /// What the partners of the earlier month alone did cost.
  case partnersOut = "partners_out"
  /// Base fees that messages did not use up, and those that come on top of messages.
  case base
  /// Commitments, discounts and credits.
  case other = "other_charges"
}

/// Why the usage of a month costs something else than at the prices at the end of the earlier month.
package enum PriceReason: String, Sendable, CaseIterable {
  /// Another plan was in force, with other terms.
  case plan
  /// The plan had other terms.
  case terms
  /// A trial was, or was no longer.
  case trial
  /// A subscription was in force for a part of the month only.
  case partOfMonth = "part_of_month"
}

package import FolioBilling

/// Why usage cannot be turned into charges.
package enum RatingError: Error, Equatable, Sendable {
  /// A subscription names a plan that no version defines.
  case unknownPlan(PlanID)
  /// A plan, or a price in it, has another currency than the customer's; a period has one currency.
  case otherCurrency(plan: PlanID, expected: Currency, found: Currency)
  /// The tiers are not ascending with an open end, or a package has no size.
  case unusableTiers(plan: PlanID)
  /// Of the plans of one period some have prices with tax and some without.
  case taxBasisChange(plan: PlanID)
  /// A sum or a product does not fit 64 bits of minor units.
  case overflow
}

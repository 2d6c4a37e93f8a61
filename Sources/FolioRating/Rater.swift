package import FolioBilling

/// Turns a month's usage into charges, by the rules of the plans that held in it.
///
/// Charges are made in this order: included messages, packages, tiers, flat fees, minimum and maximum,
/// discounts; tax is `TaxCalculation`'s. Each line is rounded once, half away from zero.
///
/// - A base fee is a minimum that messages are credited against (rule R: the charge is the larger of base fee
///   and messages × rate), unless the plan adds it.
/// - Fees, flat fees of tiers, commitments and included messages are prorated by seconds; included messages
///   are rounded to a whole message, half up. The bounds of tiers are not prorated.
/// - Messages are rated once for all segments with the same message terms, against the sum of the prorated
///   base fees.
/// - Commitments and discounts apply to the charges of the segments that state them; a message line that
///   serves several of them counts by their messages. Discounts apply one after the other.
/// - A trial has no fees; its messages are a line of a quantity and no amount.
package enum Rater {
  /// The charges of one month, in the customer's currency, for the active partners of the whole month.
  ///
  /// - Throws: any `RatingError` but `unknownPlan`.
  package static func rate(
    _ usage: SegmentedUsage, in month: CalendarMonth, currency: Currency, activePartners: Int64
  ) throws(RatingError) -> Charges {
    try PlanSegment.check(usage.segments, in: currency)
    do throws(ArithmeticOverflow) {
      var rating = MonthRating(usage, month: month, currency: currency, activePartners: activePartners)
      return try rating.makeCharges()
    } catch {
      throw .overflow
    }
  }
}

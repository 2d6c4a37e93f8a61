package import FolioBilling

/// The credit for a fee that was invoiced ahead and then not used in full.
package enum FeeCredit {
  /// The line that gives back the unused part of `fee`, by seconds, rounded once.
  ///
  /// Of the `unused` time only what lies in `invoicedPeriod` counts; nil when that is nothing.
  package static func line(
    for fee: Money, invoicedPeriod: BillingPeriod, unused: BillingPeriod, planName: String?
  ) throws(ArithmeticOverflow) -> ChargeLine? {
    guard let period = unused.intersection(invoicedPeriod) else { return nil }
    let share = Proration(seconds: period.seconds, ofSeconds: invoicedPeriod.seconds)
    let credit = try fee.negated()
    let amount = try share.part(of: credit)
    return ChargeLine(
      kind: .feeCredit, planName: planName, servicePeriod: period, quantity: 1,
      unitPrice: credit.asUnitPrice, proration: share.printed, gross: amount, amount: amount)
  }
}

import FolioBilling
import FolioRating

/// How the charges of a budget's months added up day by day, and where they go in the running one.
struct SpendingCourse {
  /// In order; none where it is not known what was spent.
  private let months: [MonthFacts]
  private let outlook: Outlook?

  private struct Outlook {
    let spent: Money
    let projected: Money
    /// From when on the projection holds, and until when.
    let period: BillingPeriod
  }

  /// - Parameter months: those of the budget up to the running one, in order.
  init(of months: [MonthFacts], spent: Money?, projected: Money?) {
    self.months = spent == nil ? [] : months
    outlook = spent.flatMap { Self.outlook(of: months.last, $0, projected) }
  }

  private static func outlook(of month: MonthFacts?, _ spent: Money, _ projected: Money?) -> Outlook? {
    guard let month, let projected, let start = month.completeThrough,
      let end = month.servedPeriod?.end, start < end, spent.minorUnits < projected.minorUnits
    else { return nil }
    return Outlook(spent: spent, projected: projected, period: BillingPeriod(start: start, end: end))
  }

  /// The first day by whose end so much was spent; nil for none that is known, as usage of it is complete.
  ///
  /// For amounts that are reached: each day of the months up to then is rated, when it is first asked for.
  ///
  /// - Throws: as `MonthFacts.dailyCosts`.
  func dayReaching(_ amount: Money) throws -> CalendarDate? {
    var before = Money.zero(amount.currency)
    for month in months {
      for cost in try month.dailyCosts() {
        if try before.adding(cost.total).minorUnits >= amount.minorUnits { return cost.date }
      }
      if let total = month.toDate.charges?.total { before = try before.adding(total) }
    }
    return nil
  }

  /// The day on which so much is spent if the running month goes on at its pace; nil for none in it.
  func dayExpected(for amount: Money) -> CalendarDate? {
    guard let outlook, outlook.spent.minorUnits < amount.minorUnits,
      amount.minorUnits <= outlook.projected.minorUnits
    else { return nil }
    let missing = Int128(amount.minorUnits) - Int128(outlook.spent.minorUnits)
    let whole = Int128(outlook.projected.minorUnits) - Int128(outlook.spent.minorUnits)
    let seconds = Int64(Int128(outlook.period.seconds) * missing / whole)
    // The end of a period is the first instant that is not in it.
    return outlook.period.start.adding(seconds: min(seconds, outlook.period.seconds - 1)).date
  }
}

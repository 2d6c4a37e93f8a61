package import FolioBilling
import FolioRating

/// Where a budget stands in the calendar period that holds the as-of time.
package struct BudgetStatus {
  package let budget: Budget
  /// The month, quarter or year.
  package let period: BillingPeriod
  /// Charges to date of the period's months, as Overview and Usage show them, before tax as the plan's prices are; nil
  /// when the plan of one of them is not known.
  package let spent: Money?
  /// What is spent by the end of the running month at its pace; nil without a projection.
  package let projected: Money?
  /// The running month, through whose end `projected` looks.
  package let projectedThrough: CalendarMonth
  /// One for each of the budget's alert thresholds, ascending.
  package let thresholds: [BudgetThreshold]

  /// What is left of the amount, negative when it is exceeded; nil when what is spent is not known.
  package func remaining() throws(ArithmeticOverflow) -> Money? {
    guard let spent else { return nil }
    return try budget.amount.subtracting(spent)
  }

  /// Whole per cent of the amount, floored; nil when what is spent is not known.
  package var percentUsed: Int64? { spent.flatMap { budget.percentUsed($0) } }

  /// Whether more than the amount is spent.
  package var isExceeded: Bool { spent.map { $0.minorUnits > budget.amount.minorUnits } ?? false }
}

/// A mark of a budget.
package struct BudgetThreshold: Hashable, Sendable {
  /// Per cent of the amount.
  package let percentage: Int64
  /// Nil where it is more than an amount can be.
  package let amount: Money?
  package let isReached: Bool
  /// The day by whose end the mark was reached; nil where it is not, or messages are not known by the day.
  package let reachedOn: CalendarDate?
  /// The day on which it is reached at the pace of the running month; nil where that is not in it.
  package let expectedOn: CalendarDate?
  /// When an alert for the mark went off in the period; nil when none did, or its source did not date it.
  package let alertedAt: Timestamp?
}

extension AccountFacts {
  /// Every budget, in order of identifiers.
  ///
  /// - Throws: `ArithmeticOverflow`, `RatingError`.
  package func budgetStatuses() throws -> [BudgetStatus] {
    try budgetStatusesOnce {
      let projection = try current.projection()?.charges?.total
      return try statement.budgets.map { try BudgetStatus($0, self, runningMonthProjected: projection) }
    }
  }
}

extension BudgetStatus {
  fileprivate init(_ budget: Budget, _ facts: AccountFacts, runningMonthProjected: Money?) throws {
    let running = facts.current.month
    let first = budget.firstMonth(of: running)
    let months = facts.months.filter { first <= $0.month }
    let currency = budget.amount.currency
    let isKnown = months.allSatisfy { $0.unratedPlan == nil }
    let totals = months.compactMap(\.toDate.charges?.total)
    let spent = isKnown ? try Money.sum(of: totals, in: currency) : nil
    let closed = try Money.sum(of: months.dropLast().compactMap(\.toDate.charges?.total), in: currency)
    let period = BillingPeriod(
      start: first.period.start, end: first.adding(months: budget.monthCount).period.start)
    self.budget = budget
    self.period = period
    self.spent = spent
    projected = isKnown ? try runningMonthProjected?.adding(closed) : nil
    projectedThrough = running
    let course = isKnown ? SpendingCourse(of: months, spent: spent, projected: projected) : nil
    thresholds = try Self.thresholds(of: budget, spent, course, in: period, facts.statement.alertOccurrences)
  }

  private static func thresholds(
    of budget: Budget, _ spent: Money?, _ course: SpendingCourse?, in period: BillingPeriod,
    _ alerts: [AlertOccurrence]
  ) throws -> [BudgetThreshold] {
    var thresholds: [BudgetThreshold] = []
    for percentage in budget.alertThresholds {
      let isReached = spent.map { spent in
        Int128(spent.minorUnits) * 100 >= Int128(budget.amount.minorUnits) * Int128(percentage)
      }
      let amount = try? budget.amount.scaled(by: percentage, over: 100)
      thresholds.append(
        BudgetThreshold(
          percentage: percentage, amount: amount, isReached: isReached ?? false,
          reachedOn: isReached ?? false ? try amount.flatMap { try course?.dayReaching($0) } : nil,
          expectedOn: isReached ?? true ? nil : amount.flatMap { course?.dayExpected(for: $0) },
          alertedAt: alerts.first { $0.isAlert(of: budget, at: percentage, in: period) }?.at))
    }
    return thresholds
  }
}

extension Budget {
  /// How many months the period has.
  fileprivate var monthCount: Int {
    switch period {
    case .monthly: 1
    case .quarterly: 3
    case .annual: 12
    }
  }

  /// The first month of the period that holds a month.
  fileprivate func firstMonth(of month: CalendarMonth) -> CalendarMonth {
    CalendarMonth(ordinal: month.ordinal - month.ordinal % monthCount)
  }
}

extension AlertOccurrence {
  fileprivate func isAlert(of budget: Budget, at percentage: Int64, in period: BillingPeriod) -> Bool {
    guard thresholdPercentage == percentage, let at, period.contains(at) else { return false }
    return subject.utf8.elementsEqual(budget.name.utf8)
  }
}

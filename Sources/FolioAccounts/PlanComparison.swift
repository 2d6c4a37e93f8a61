import FolioAnalytics
package import FolioBilling
package import FolioRating

/// Every plan that the operator offers, rated on what a customer really exchanged in its last closed months.
///
/// Each plan is taken with the terms that it has at the as-of time, for the very time in which a subscription was in
/// force, without trials. So plans differ in nothing but their prices.
package struct PlanComparison {
  /// At most twelve closed months with a plan in force, in order.
  package let months: [CalendarMonth]
  /// The plan in force at the as-of time, rated anew like the others; nil where that is none or cannot be rated.
  package let current: RatedPlan?
  /// The offered plans in order of their totals, then of identifiers; the current one among them where it is known.
  package let plans: [RatedPlan]
  /// Offered plans that are left out, because their prices contain tax and the current one's do not or the other way
  /// round, or because their price list cannot be used or comes to more than an amount can be; in order of identifiers.
  package let uncomparable: [PlanVersion]
  /// What the months were charged with the plans of their time.
  package let charged: Money

  /// How many months are compared at most.
  package static let monthsLimit = 12
}

/// What one plan would have charged.
package struct RatedPlan {
  package let plan: PlanVersion
  /// One for each of the comparison's months.
  package let charges: [Charges]
  package let total: Money
  package let isCurrent: Bool
}

extension PlanComparison {
  /// Nil where no closed month has a plan in force.
  ///
  /// - Throws: `ArithmeticOverflow`.
  package init?(_ facts: AccountFacts) throws {
    let closed = facts.months.filter { $0.isClosed && $0.charges != nil }.suffix(Self.monthsLimit)
    if closed.isEmpty { return nil }
    let (statement, currency) = (facts.statement, facts.currency)
    let currentVersion = statement.currentPlan
    let isTaxed = (currentVersion?.terms ?? closed.last?.segments.last?.plan.terms)?.pricesIncludeTax ?? false
    let offered = statement.offeredPlans(in: currency)
    let candidates = offered + (currentVersion.map { offered.contains($0) ? [] : [$0] } ?? [])
    var (rated, uncomparable): ([RatedPlan], [PlanVersion]) = ([], [])
    for plan in candidates {
      let isCurrent = plan == currentVersion
      if plan.terms.pricesIncludeTax == isTaxed, let row = try RatedPlan(plan, closed, currency, isCurrent) {
        rated.append(row)
      } else {
        uncomparable.append(plan)
      }
    }
    months = closed.map(\.month)
    current = rated.first(where: \.isCurrent)
    plans = rated.sorted { left, right in
      left.total == right.total
        ? left.plan.planID < right.plan.planID : left.total.minorUnits < right.total.minorUnits
    }
    self.uncomparable = uncomparable
    charged = try Money.sum(of: closed.compactMap(\.charges).map(\.total), in: currency)
  }

  /// The mean of a sum over the months, rounded half away from zero.
  package func monthly(_ total: Money) throws(ArithmeticOverflow) -> Money {
    try total.scaled(by: 1, over: Int64(months.count))
  }

  /// Plans that cost less than the current one, the cheapest first; none where that is not known.
  package var cheaperPlans: [RatedPlan] {
    guard let current else { return [] }
    return plans.filter { $0.total.minorUnits < current.total.minorUnits }
  }
}

extension RatedPlan {
  /// Nil for a price list that cannot be used, and for one whose charges no amount can hold.
  fileprivate init?(
    _ plan: PlanVersion, _ months: some Sequence<MonthFacts>, _ currency: Currency, _ isCurrent: Bool
  ) throws {
    var charges: [Charges] = []
    for month in months {
      guard let rated = try month.charges(under: plan, currency) else { return nil }
      charges.append(rated)
    }
    guard let total = try? Money.sum(of: charges.lazy.map(\.total), in: currency) else { return nil }
    self.plan = plan
    self.charges = charges
    self.total = total
    self.isCurrent = isCurrent
  }
}

extension MonthFacts {
  /// The month's charges if another plan had been in force whenever one was, without a trial.
  fileprivate func charges(under plan: PlanVersion, _ currency: Currency) throws -> Charges? {
    try charges(in: segments.map { PlanSegment(period: $0.period, plan: plan) }, currency)
  }

  /// The month's charges if other price lists had been in force; nil for those that cannot be used, and for charges
  /// that no amount can hold.
  func charges(in segments: [PlanSegment], _ currency: Currency) throws -> Charges? {
    let usage = try SegmentedUsage(segments: segments, total: summary.counts, hours: usage.hours)
    do throws(RatingError) {
      return try Rater.rate(usage, in: month, currency: currency, activePartners: summary.activePartners)
    } catch {
      return nil
    }
  }
}

extension Statement {
  /// The plan in force at the as-of time, with its terms of then; nil without a subscription.
  package var currentPlan: PlanVersion? {
    let timeline = PlanTimeline(subscriptions: subscriptions, plans: plans)
    guard let subscription = timeline.subscription(at: asOf) else { return nil }
    return plan(subscription.planID(at: asOf), at: asOf)
  }

  /// The plans that are offered at the as-of time in a currency, each by the version that holds then.
  fileprivate func offeredPlans(in currency: Currency) -> [PlanVersion] {
    let inEffect = Dictionary(grouping: plans.filter { $0.effectiveAt <= asOf }, by: \.planID)
      .compactMap { $0.value.max { $0.effectiveAt < $1.effectiveAt } }
    return inEffect.filter { $0.isOffered && $0.terms.currency == currency }.sorted { $0.planID < $1.planID }
  }
}

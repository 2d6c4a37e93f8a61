package import FolioBilling

/// Which plan held when, from a customer's subscriptions and the versions of the plans.
///
/// A subscription that starts later replaces the earlier one from its start. What ends leaves a gap.
package struct PlanTimeline: Sendable {
  private let subscriptions: [Subscription]
  private let versions: [PlanID: [PlanVersion]]

  /// Takes subscriptions and plan versions in any order.
  ///
  /// Of two subscriptions that start at one instant the one with the greater id holds. Plans that no
  /// subscription names do not matter.
  package init(subscriptions: [Subscription], plans: [PlanVersion]) {
    self.subscriptions = subscriptions.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    let named = Set(subscriptions.lazy.flatMap(\.changes).map(\.planID))
    versions = Dictionary(grouping: plans.lazy.filter { named.contains($0.planID) }, by: \.planID)
      .mapValues { $0.sorted { $0.effectiveAt < $1.effectiveAt } }
  }

  /// The segments of a period in order of time, without gaps filled; equal neighbours are one.
  ///
  /// - Throws: `RatingError.unknownPlan`.
  /// - Complexity: O(b × (s + v)) for b boundaries, s subscriptions and v versions.
  package func segments(of period: BillingPeriod) throws(RatingError) -> [PlanSegment] {
    var segments: [PlanSegment] = []
    for piece in pieces(of: period) {
      guard let subscription = subscription(at: piece.start) else { continue }
      let planID = subscription.planID(at: piece.start)
      guard let plan = plan(planID, at: piece.start) else { throw .unknownPlan(planID) }
      let isTrial = subscription.trialEndsAt.map { piece.start < $0 } ?? false
      segments.append(PlanSegment(period: piece, plan: plan, isTrial: isTrial))
    }
    return PlanSegment.merged(segments)
  }

  /// The period cut at every instant at which something may change.
  private func pieces(of period: BillingPeriod) -> [BillingPeriod] {
    var cuts = Set([period.start, period.end])
    for subscription in subscriptions {
      cuts.formUnion(
        [subscription.startedAt, subscription.endsAt, subscription.trialEndsAt].compactMap(\.self))
      cuts.formUnion(subscription.changes.lazy.map(\.takesEffectAt))
    }
    for plan in versions.values.joined() { cuts.insert(plan.effectiveAt) }
    let inside = cuts.filter { period.start <= $0 && $0 <= period.end }.sorted()
    return zip(inside, inside.dropFirst()).map { BillingPeriod(start: $0, end: $1) }
  }

  /// The subscription in force at an instant; nil before the first, and after the end of the latest.
  package func subscription(at instant: Timestamp) -> Subscription? {
    guard let subscription = subscriptions.last(where: { $0.startedAt <= instant }) else { return nil }
    if let end = subscription.endsAt, end <= instant { return nil }
    return subscription
  }

  private func plan(_ id: PlanID, at instant: Timestamp) -> PlanVersion? {
    versions[id]?.last { $0.effectiveAt <= instant } ?? versions[id]?.first
  }
}

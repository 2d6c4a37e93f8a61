package import FolioBilling

/// A stretch of time in which one price list holds.
package struct PlanSegment: Hashable, Sendable {
  package let period: BillingPeriod
  package let plan: PlanVersion
  /// Whether nothing is charged in it.
  package let isTrial: Bool

  package init(period: BillingPeriod, plan: PlanVersion, isTrial: Bool = false) {
    self.period = period
    self.plan = plan
    self.isTrial = isTrial
  }

  /// Joins neighbours that charge alike, so that a change that changes nothing changes no cent.
  ///
  /// Neighbours join when they have one plan and equal terms; the later version gives the name.
  ///
  /// - Complexity: O(n).
  package static func merged(_ segments: [PlanSegment]) -> [PlanSegment] {
    if segments.count < 2 { return segments }
    return segments.reduce(into: []) { merged, segment in
      guard let last = merged.last, segment.continues(last) else { return merged.append(segment) }
      let period = BillingPeriod(start: last.period.start, end: segment.period.end)
      merged[merged.count - 1] = PlanSegment(period: period, plan: segment.plan, isTrial: segment.isTrial)
    }
  }

  private func continues(_ earlier: PlanSegment) -> Bool {
    earlier.period.end == period.start && earlier.isTrial == isTrial
      && earlier.plan.planID == plan.planID && earlier.plan.terms == plan.terms
  }
}

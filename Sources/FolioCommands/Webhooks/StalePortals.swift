package import FolioBilling
package import FolioSite
package import FolioWebhooks

/// How urgent the portals of a plan are.
package enum StalePortals {
  /// How long a portal may show an instant before facts that are still to come, until it is made for a later one.
  package static let instantLifetimeSeconds: Int64 = 15 * 60

  /// The portals that are to be made now or later, with their causes.
  ///
  /// What falls due decides only which of the others come first, and those wait while the facts of some customer have
  /// changed: then nobody is asked for dates, and what is due counts as common.
  ///
  /// - Parameter due: finds the customers for whom something falls due after one instant and up to another.
  package static func of(
    _ portals: [BuildPlan.Portal], due: (_ after: Timestamp, _ through: Timestamp) -> Set<CustomerID>
  ) -> [StalePortal] {
    let causes = portals.map(cause)
    let spans = zip(portals, causes).compactMap { portal, cause in cause == .common ? span(of: portal) : nil }
    var dates: Set<CustomerID> = []
    if !causes.contains(.changed), let from = spans.map(\.from).min(), let to = spans.map(\.to).max() {
      dates = due(from, to)
    }
    return zip(portals, causes).compactMap { portal, cause in
      cause.map { cause in
        let isDue = cause == .common && dates.contains(portal.customer)
        return StalePortal(customer: portal.customer, cause: isDue ? .due : cause)
      }
    }
  }

  /// nil where the portal may stay as it is for now; common also where something is due.
  private static func cause(of portal: BuildPlan.Portal) -> StalePortal.Cause? {
    for reason in portal.reasons {
      switch reason {
      case .facts: return .changed
      case .first, .missing, .displaced, .renamed: return .missing
      case .sharedFacts, .time, .configuration, .forced: break
      }
    }
    if portal.reasons.count == 1, let (from, to) = span(of: portal), isFresh(from, at: to) { return nil }
    return .common
  }

  private static func isFresh(_ shown: Timestamp, at now: Timestamp) -> Bool {
    shown.date == now.date && now.secondsSinceEpoch - shown.secondsSinceEpoch < instantLifetimeSeconds
      && shown.secondsSinceEpoch <= now.secondsSinceEpoch
  }

  /// From the instant that a portal shows to the one that it should show; nil where that is no reason.
  private static func span(of portal: BuildPlan.Portal) -> (from: Timestamp, to: Timestamp)? {
    for case .time(let from, let to) in portal.reasons { return (from, to) }
    return nil
  }
}

import FolioBilling
import FolioSite
import FolioWebhooks

/// How urgent the portals of a plan are.
enum StalePortals {
  /// How long a portal may show an instant before facts that are still to come, until it is made for a later one.
  static let instantLifetimeSeconds: Int64 = 15 * 60

  /// The portals that are to be made now or later, with their causes.
  ///
  /// - Parameter due: finds the customers for whom something falls due after one instant and up to another.
  static func of(
    _ portals: [BuildPlan.Portal], due: (_ after: Timestamp, _ through: Timestamp) -> Set<CustomerID>
  ) -> [StalePortal] {
    let spans = portals.compactMap(span)
    var dates: Set<CustomerID> = []
    if let from = spans.map(\.from).min(), let to = spans.map(\.to).max() { dates = due(from, to) }
    return portals.compactMap { portal in
      cause(of: portal, isDue: dates.contains(portal.customer)).map {
        StalePortal(customer: portal.customer, cause: $0)
      }
    }
  }

  /// nil where the portal may stay as it is for now.
  private static func cause(of portal: BuildPlan.Portal, isDue: Bool) -> StalePortal.Cause? {
    for reason in portal.reasons {
      switch reason {
      case .facts: return .changed
      case .first, .missing, .displaced, .renamed: return .missing
      case .sharedFacts, .time, .configuration, .forced: break
      }
    }
    if portal.reasons.count == 1, let (from, to) = span(of: portal), isFresh(from, at: to) { return nil }
    return isDue ? .due : .common
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

import Synchronization

/// What a listener counts from its start, shared by its threads.
package final class ListenerMetrics: Sendable {
  private let counts = Mutex(Counts())

  /// What has been counted.
  package struct Counts: Sendable {
    /// Deliveries that were answered with 202, by state.
    package fileprivate(set) var acknowledged: [String: Int64] = [:]
    /// Requests that were answered otherwise, by reason.
    package fileprivate(set) var rejected: [String: Int64] = [:]
    /// Events applied from the inbox, by what became of them.
    package fileprivate(set) var applied: [String: Int64] = [:]
    /// From the arrival of a whole request to its durable answer.
    package fileprivate(set) var acknowledgement = Histogram()
    /// From the start of a round of publication to its end.
    package fileprivate(set) var publication = Histogram()
    package fileprivate(set) var portalsPublished: Int64 = 0
    package fileprivate(set) var portalsFailed: Int64 = 0
    /// Rounds that could not make any portal, such as for a full disk.
    package fileprivate(set) var roundsFailed: Int64 = 0
    /// How long the oldest change has waited to be published, as of the last round.
    package fileprivate(set) var unpublishedSince: Duration?
    package fileprivate(set) var portalsFailing: Int64 = 0
  }

  package init() {}

  package var current: Counts { counts.withLock { $0 } }

  package func acknowledge(_ state: String, after duration: Duration) {
    counts.withLock {
      $0.acknowledged[state, default: 0] += 1
      $0.acknowledgement.observe(duration)
    }
  }

  package func reject(_ reason: String) { counts.withLock { $0.rejected[reason, default: 0] += 1 } }

  package func apply(_ outcome: String) { counts.withLock { $0.applied[outcome, default: 0] += 1 } }

  package func publish(portals: Int, failed: Int, in duration: Duration) {
    counts.withLock {
      $0.portalsPublished += Int64(portals)
      $0.portalsFailed += Int64(failed)
      if portals > 0 { $0.publication.observe(duration) }
    }
  }

  package func failRound() { counts.withLock { $0.roundsFailed += 1 } }

  /// Notes since when, on the clock that never goes back, the oldest change waits, and how many portals fail.
  package func backlog(since: Duration?, failing: Int) {
    counts.withLock {
      $0.unpublishedSince = since
      $0.portalsFailing = Int64(failing)
    }
  }
}

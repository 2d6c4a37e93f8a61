package import FolioBilling

/// Chooses which portals are made next: those whose own facts changed before the others, few at once, and none again at
/// once that has just failed.
///
/// Nothing that must not be lost is in it: what is stale follows from the store and from what is published.
package struct RebuildSchedule: Sendable {
  /// How many changed portals one round makes.
  package static let changedLimit = 64
  /// How many of the other portals one round makes: a change waits for no more than these.
  package static let othersLimit = 16
  /// The wait after a first failure, doubled by each further one.
  package static let firstWait = Duration.seconds(1)
  package static let longestWait = Duration.seconds(300)

  private var failures: [CustomerID: Failure] = [:]
  private var staleSince: [CustomerID: Duration] = [:]
  /// Since when rounds fail as a whole, so that nobody knows what is stale.
  private var blockedSince: Duration?
  /// Whether the latest choice left some for the next round.
  package private(set) var isMoreWaiting = false

  private struct Failure {
    var count: Int
    var retryAt: Duration
  }

  package init() {}

  /// The portals to make now of those that are stale.
  package mutating func next(of stale: [StalePortal], at now: Duration) -> Set<CustomerID> {
    keepOnly(stale, now)
    let ready = stale.filter { failures[$0.customer].map { $0.retryAt <= now } ?? true }
    let changed = ready.filter { $0.cause == .changed }
    let chosen =
      changed.isEmpty
      ? ready.sorted { $0.cause < $1.cause }.prefix(Self.othersLimit) : changed.prefix(Self.changedLimit)
    isMoreWaiting = chosen.count < ready.count
    return Set(chosen.map(\.customer))
  }

  /// Notes that a round failed as a whole.
  package mutating func noteFailedRound(at now: Duration) { blockedSince = blockedSince ?? now }

  /// Notes how a round went.
  package mutating func note(made: [CustomerID], failed: [CustomerID], at now: Duration) {
    blockedSince = nil
    for customer in made {
      failures[customer] = nil
      staleSince[customer] = nil
    }
    for customer in failed {
      let count = (failures[customer]?.count ?? 0) + 1
      failures[customer] = Failure(count: count, retryAt: now + Self.wait(after: count))
    }
  }

  /// When to look again: at once, at the first retry, or nil for when something changes.
  package func nextLook(at now: Duration) -> Duration? {
    isMoreWaiting ? now : failures.values.map(\.retryAt).min()
  }

  /// How long the oldest change has waited to be published; nil where none waits.
  ///
  /// While rounds fail as a whole, something is taken to wait since the first of them.
  package func oldestAge(at now: Duration) -> Duration? {
    [staleSince.values.min(), blockedSince].compactMap(\.self).min().map { now - $0 }
  }

  /// How many portals have failed and wait for another attempt.
  package var failing: Int { failures.count }

  /// The wait before the next attempt.
  package static func wait(after failures: Int) -> Duration {
    min(firstWait * (1 << min(failures - 1, 16)), longestWait)
  }

  /// How long a publisher gives way after a round while events arrive faster than they are applied: what it makes then
  /// is stale again in a moment, and takes the processor from what keeps the events.
  package static func rest(after round: Duration) -> Duration { min(round * 3, longestRest) }

  private static let longestRest = Duration.seconds(5)

  private mutating func keepOnly(_ stale: [StalePortal], _ now: Duration) {
    let customers = Set(stale.map(\.customer))
    failures = failures.filter { customers.contains($0.key) }
    let changed = stale.filter { $0.cause == .changed }.map(\.customer)
    staleSince = Dictionary(uniqueKeysWithValues: changed.map { ($0, staleSince[$0] ?? now) })
  }
}

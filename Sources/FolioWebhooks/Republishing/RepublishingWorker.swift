package import FolioBilling
import JSON
package import OperatingSystem
import Synchronization

/// Publishes what is not up to date, round after round, on a thread of its own beside whatever takes events in.
///
/// A round makes a few portals; what is stale is asked of the store each time, so a round that failed, or a process
/// that was killed, leaves nothing to remember.
package final class RepublishingWorker: Sendable {
  /// How often a worker looks whether another process has changed the store, or time has made portals stale.
  package static let tick = Duration.seconds(1)

  /// The longest wait after a round that failed as a whole: another publisher may end, or a disk get room, at any time.
  private static let longestWait = Duration.seconds(30)
  /// How long after the latest round what it has left aside is removed.
  private static let restBeforeTidying = Duration.seconds(60)

  /// What one round did.
  package struct Round: Sendable {
    /// Whose portals are live as they should be.
    package let made: [CustomerID]
    /// Whose portals could not be made, and why; they keep the ones they had.
    package let failed: [(customer: CustomerID, reason: any Error)]

    package init(made: [CustomerID], failed: [(customer: CustomerID, reason: any Error)]) {
      self.made = made
      self.failed = failed
    }
  }

  /// The site as a worker sees it; used on the worker's thread alone.
  package protocol Site {
    /// Publishes those of the stale portals that the closure chooses.
    func publish(_ choose: @escaping @Sendable ([StalePortal]) -> Set<CustomerID>) throws -> Round
    /// Whether something may have become stale since the last call.
    func hasChanged() throws -> Bool
    /// Removes what earlier rounds have left aside for the next ones; slow, and never urgent.
    func tidy() throws
  }

  private let metrics: ListenerMetrics
  private let log: ListenerLog
  private let elapsed: @Sendable () -> Duration
  private let bell: EventCounter
  private let schedule = Mutex(RebuildSchedule())
  private let isStopping = Atomic(false)
  private let isGivingWay = Atomic(false)

  /// - Parameter elapsed: a clock that never goes back.
  package init(
    metrics: ListenerMetrics, log: ListenerLog, elapsed: @escaping @Sendable () -> Duration
  ) throws(SystemError) {
    self.metrics = metrics
    self.log = log
    self.elapsed = elapsed
    bell = try EventCounter()
  }

  /// Asks for a round at once.
  package func ring() { bell.ring() }

  /// Lets `run` return after the round that it is at.
  package func stop() {
    isStopping.store(true, ordering: .releasing)
    bell.ring()
  }

  /// Has a rest follow each round from now on; or none any more, which ends one that is under way.
  package func giveWay(_ gives: Bool) {
    if isGivingWay.exchange(gives, ordering: .acquiringAndReleasing) && !gives { bell.ring() }
  }

  /// Publishes until `stop`.
  ///
  /// - Parameter open: opens the site on this thread, again after an error.
  package func run(_ open: () throws -> any Site) {
    var site: (any Site)?
    var (failures, tidyAt) = (0, Duration?.none)
    while !isStopping.load(ordering: .acquiring) {
      var due: Duration?
      do {
        let current = try site ?? open()
        site = current
        let start = elapsed()
        let round = try current.publish(choose)
        due = finish(round, since: start)
        (failures, tidyAt) = (0, elapsed() + Self.restBeforeTidying)
        rest(after: elapsed() - start)
      } catch {
        failures += 1
        (site, due) = (nil, retry(after: failures, error))
      }
      waitForWork(until: due, site, &tidyAt)
    }
  }

  /// Says what went wrong with a whole round, and when the next one is due.
  private func retry(after failures: Int, _ error: any Error) -> Duration {
    log.failure("not_published", error)
    metrics.failRound()
    let now = elapsed()
    schedule.withLock { schedule in
      schedule.noteFailedRound(at: now)
      noteBacklog(of: schedule, at: now)
    }
    return now + min(RebuildSchedule.wait(after: failures), Self.longestWait)
  }

  /// Publishes all that is stale, and returns whether nothing failed: for a process that ends then.
  package func drain(_ site: any Site) throws -> Bool {
    repeat {
      let start = elapsed()
      _ = try finish(site.publish(choose), since: start)
    } while schedule.withLock { $0.isMoreWaiting }
    try site.tidy()
    return schedule.withLock { $0.failing } == 0
  }

  private var choose: @Sendable ([StalePortal]) -> Set<CustomerID> {
    { [self] stale in
      let now = elapsed()
      return schedule.withLock { schedule in
        let chosen = schedule.next(of: stale, at: now)
        noteBacklog(of: schedule, at: now)
        return chosen
      }
    }
  }

  private func noteBacklog(of schedule: RebuildSchedule, at now: Duration) {
    metrics.backlog(since: schedule.oldestAge(at: now).map { now - $0 }, failing: schedule.failing)
  }

  private func finish(_ round: Round, since start: Duration) -> Duration? {
    let now = elapsed()
    metrics.publish(portals: round.made.count, failed: round.failed.count, in: now - start)
    report(round, now - start)
    return schedule.withLock { schedule in
      schedule.note(made: round.made, failed: round.failed.map(\.customer), at: now)
      noteBacklog(of: schedule, at: now)
      return schedule.nextLook(at: now)
    }
  }

  private func report(_ round: Round, _ duration: Duration) {
    log.write(
      round.made.map { customer in
        log.bytes("published") { writer in
          writer.member("customer_id", customer.text)
          writer.member("milliseconds", Int(duration.milliseconds))
        }
      })
    for (customer, reason) in round.failed {
      log.failure("portal_failed", reason) { $0.member("customer_id", customer.text) }
    }
  }

  /// Gives way after a round, as long as that is asked for.
  private func rest(after round: Duration) {
    let end = elapsed() + RebuildSchedule.rest(after: round)
    while isGivingWay.load(ordering: .acquiring), !isStopping.load(ordering: .acquiring), elapsed() < end {
      // The next round looks at all that the bell has rung for.
      do throws(SystemError) {
        _ = try bell.wait(milliseconds: Int32(clamping: (end - elapsed()).milliseconds + 1))
      } catch {
        return log.failure("not_looked_at", error)
      }
    }
  }

  /// Returns when a round is due, when the bell rings, or when a look each tick finds a change; without a site, after a
  /// round that failed as a whole, only when the next one is due. Tidies when there has been nothing else to do for a while.
  private func waitForWork(until due: Duration?, _ site: (any Site)?, _ tidyAt: inout Duration?) {
    while !isStopping.load(ordering: .acquiring) {
      let rest = due.map { $0 - elapsed() } ?? Self.tick
      if due != nil, rest <= .zero { return }
      do {
        let hasRung = try bell.wait(milliseconds: Int32(clamping: min(rest, Self.tick).milliseconds + 1))
        guard let site else { continue }
        if try hasRung || site.hasChanged() { return }
        if let time = tidyAt, elapsed() >= time {
          try site.tidy()
          tidyAt = nil
        }
      } catch {
        return log.failure("not_looked_at", error)
      }
    }
  }
}

import FolioBilling
import FolioWebhooks
import Glibc
import OperatingSystem
import Synchronization
import Testing

@Suite struct RepublishingWorkerTests {
  private let metrics = ListenerMetrics()
  private let lines = LineStore()

  private func worker() throws -> RepublishingWorker {
    try RepublishingWorker(metrics: metrics, log: lines.log, elapsed: ListenerClocks.stopped.elapsed)
  }

  @Test func `draining makes round after round until nothing is left, and tidies`() throws {
    let site = FakeSite(stale: 100)
    #expect(try worker().drain(site))
    #expect(site.rounds == 2 && site.stale.isEmpty && site.tidied == 1)
    #expect(metrics.current.portalsPublished == 100)
    #expect(lines.all.count { $0.contains(#""event":"published""#) } == 100)
  }

  @Test func `a portal that fails is named with its reason, and the rest is published`() throws {
    let site = FakeSite(stale: 3, failing: ["cus_1"])
    #expect(try !worker().drain(site))
    #expect(metrics.current.portalsPublished == 2 && metrics.current.portalsFailing == 1)
    #expect(lines.all.contains { $0.contains(#""event":"portal_failed","customer_id":"cus_1""#) })
  }

  @Test func `a round that fails as a whole is told, counted, and the site is opened again`() throws {
    let worker = try worker()
    let site = FakeSite(stale: 1)
    site.breaks = 1
    var opened = 0
    worker.run {
      opened += 1
      // The clock stands still, so that a second round would never be due: the first one ends the run.
      worker.stop()
      return site
    }
    #expect(opened == 1 && metrics.current.roundsFailed == 1)
    #expect(metrics.current.unpublishedSince == .zero)
    #expect(lines.all.contains { $0.contains(#""event":"not_published""#) })
  }

  @Test func `rounds follow at a distance while the worker gives way, and at once when it need not`() throws {
    let seconds = Mutex(0)
    let clock: @Sendable () -> Duration = { .seconds(seconds.withLock { $0 }) }
    let worker = try RepublishingWorker(metrics: metrics, log: lines.log, elapsed: clock)
    let starts = Mutex<[Int]>([])
    let site = FakeSite(stale: 200)
    site.noteRound = { round in
      starts.withLock { $0.append(seconds.withLock { $0 }) }
      // A round takes a second; what rings meanwhile, as each applied batch does, is no reason to go on at once.
      seconds.withLock { $0 += 1 }
      worker.ring()
      if round == 4 { worker.stop() }
    }
    worker.giveWay(true)
    let passing = try RunningThread {
      while starts.withLock({ $0.count }) < 3 {
        usleep(1_000)
        seconds.withLock { $0 += 1 }
        worker.ring()
      }
      // The clock stands still now: nothing but the end of giving way can end the rest.
      worker.giveWay(false)
    }
    worker.run { site }
    passing.join()
    let times = starts.withLock { $0 }
    #expect(times.count == 4 && site.stale.isEmpty)
    // Three seconds of rest after each second of work.
    #expect(times[1] - times[0] >= 4 && times[2] - times[1] >= 4)
  }
}

/// A site in memory, whose portals are made in one step or fail.
private final class FakeSite: RepublishingWorker.Site {
  private(set) var stale: [StalePortal]
  private(set) var rounds = 0
  private(set) var tidied = 0
  /// How many rounds fail as a whole.
  var breaks = 0
  /// Told of each round as it begins, counted from 1.
  var noteRound: (Int) -> Void = { _ in }
  private let failing: Set<String>

  struct Broken: Error {}

  init(stale count: Int, failing: Set<String> = []) {
    self.failing = failing
    stale = (0..<count).compactMap { number in
      Identifier("cus_\(number)", orNil: ()).map { StalePortal(customer: $0, cause: .changed) }
    }
  }

  func publish(
    _ choose: @escaping @Sendable ([StalePortal]) -> Set<CustomerID>
  ) throws -> RepublishingWorker.Round {
    rounds += 1
    noteRound(rounds)
    if breaks > 0 {
      breaks -= 1
      throw Broken()
    }
    let chosen = choose(stale)
    let failed = chosen.filter { failing.contains($0.text) }
    stale.removeAll { chosen.contains($0.customer) && !failed.contains($0.customer) }
    return RepublishingWorker.Round(
      made: chosen.subtracting(failed).sorted { $0.text < $1.text },
      failed: failed.map { ($0, Broken() as any Error) })
  }

  func hasChanged() throws -> Bool { false }

  func tidy() throws { tidied += 1 }
}

extension Identifier where Subject == Subjects.CustomerSubject {
  /// nil where the text is no identifier.
  fileprivate init?(_ text: String, orNil: Void) {
    do { try self.init(text) } catch { return nil }
  }
}

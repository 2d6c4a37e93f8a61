import FolioBilling
import FolioStore
import OperatingSystem
import Publishing
import SQLite
import Synchronization

/// The portals of a build, made batch by batch on several threads.
struct PortalWork {
  private(set) var reports: [PortalReport] = []
  private(set) var failures: [PortalFailure] = []
  /// Folders of customers who turned out not to be known at the time of the view.
  private(set) var vanished: [String] = []
  private(set) var times = BuildTimes()

  private let count: Int
  private let observe: @Sendable (BuildEvent) -> Void
  private var done = 0

  typealias Make = @Sendable (BuildPlan.Portal, StatementReader, inout BuildTimes) throws -> PortalMaker.Made

  /// - Parameter count: how many portals there will be in all batches.
  init(count: Int, _ observe: @escaping @Sendable (BuildEvent) -> Void) {
    self.count = count
    self.observe = observe
    // Growing by halves would take more memory than all that is made of a portal.
    reports.reserveCapacity(count)
  }

  /// What of a batch is to be published or recorded.
  struct Batch {
    var staged: [StagedDirectory] = []
    var unchanged: [(name: String, stamp: [UInt8])] = []
  }

  /// Makes portals on as many threads as are asked for, each with its own reader of the store; blocking calls are at
  /// home there.
  ///
  /// - Throws: the first error that no portal is to blame for, such as a full disk.
  mutating func run(_ portals: [BuildPlan.Portal], _ request: BuildRequest, _ make: @escaping Make) throws
    -> Batch
  {
    let queue = PortalQueue(portals, alreadyDone: done, of: count, observe)
    let jobs = max(1, min(request.jobs, portals.count))
    Threads.forEach(count: jobs, jobs: jobs) { _ in
      do {
        try request.readers.use { reader in
          queue.work { portal, times in try make(portal, reader, &times) }
        }
      } catch {
        queue.stop(error)
      }
    }
    done += portals.count
    return try take(queue)
  }

  private mutating func take(_ queue: PortalQueue) throws -> Batch {
    let (results, spent) = try queue.results()
    times += spent
    var batch = Batch()
    for result in results {
      switch result {
      case .success(.staged(let directory, let report)):
        batch.staged.append(directory)
        reports.append(report)
      case .success(.unchanged(let stamp, let report)):
        batch.unchanged.append((report.name, stamp))
        reports.append(report)
      case .success(.vanished(let name)): vanished.append(name)
      case .failure(let failure): failures.append(failure)
      }
    }
    return batch
  }

  /// Runs work of the calling thread and adds its time to the report.
  mutating func timed<Result>(
    _ kind: WritableKeyPath<BuildTimes, Duration>, _ request: BuildRequest, _ body: () throws -> Result
  ) rethrows -> Result {
    let start = request.elapsed()
    defer { times[keyPath: kind] += request.elapsed() - start }
    return try body()
  }
}

extension PortalFailure: Error {}

/// The portals of a batch still to be made, and what became of those that were.
private final class PortalQueue: Sendable {
  typealias Outcome = Result<PortalMaker.Made, PortalFailure>

  private let portals: [BuildPlan.Portal]
  private let doneBefore: Int
  private let count: Int
  private let observe: @Sendable (BuildEvent) -> Void
  private let nextIndex = Atomic(0)
  private let state: Mutex<State>

  private struct State {
    var outcomes: [Outcome?]
    var finished = 0
    var times = BuildTimes()
    var failure: (any Error)?
  }

  init(
    _ portals: [BuildPlan.Portal], alreadyDone: Int, of count: Int,
    _ observe: @escaping @Sendable (BuildEvent) -> Void
  ) {
    self.portals = portals
    doneBefore = alreadyDone
    self.count = count
    self.observe = observe
    state = Mutex(State(outcomes: Array(repeating: nil, count: portals.count)))
  }

  /// Makes portals until none is left, or one has failed in a way that stops them all.
  func work(_ make: (BuildPlan.Portal, inout BuildTimes) throws -> PortalMaker.Made) {
    var times = BuildTimes()
    defer { state.withLock { $0.times += times } }
    while let index = next() {
      let portal = portals[index]
      do {
        finish(index, .success(try make(portal, &times)))
      } catch {
        if isOfEverybody(error) { return stop(error) }
        finish(index, .failure(PortalFailure(customer: portal.customer, reason: error)))
      }
    }
  }

  private func next() -> Int? {
    if state.withLock({ $0.failure != nil }) { return nil }
    let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < portals.count ? index : nil
  }

  private func finish(_ index: Int, _ outcome: Outcome) {
    let done = state.withLock { state in
      state.outcomes[index] = outcome
      state.finished += 1
      return doneBefore + state.finished
    }
    switch outcome {
    case .success(.staged(_, let report)), .success(.unchanged(_, let report)):
      observe(.made(report, done: done, of: count))
    case .failure(let failure): observe(.failed(failure, done: done, of: count))
    case .success(.vanished): break
    }
  }

  func stop(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

  /// What became of each portal, in order, and the time that it took.
  func results() throws -> ([Outcome], BuildTimes) {
    let state = state.withLock { $0 }
    if let failure = state.failure { throw failure }
    return (state.outcomes.compactMap(\.self), state.times)
  }
}

/// Whether an error is of the disk or the store as a whole, so that no further portal is to be tried: after an error of
/// reading or writing nothing that follows can be relied on.
private func isOfEverybody(_ error: any Error) -> Bool {
  switch error {
  case is SystemError, is PublishingError, is FileLockError: true
  case let error as SQLiteError: !error.isOfOneValue
  default: false
  }
}

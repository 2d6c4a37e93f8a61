import Glibc
import Synchronization

/// Threads of our own, for work that blocks: waiting there takes no place from Swift's concurrency.
package enum Threads {
  /// How many processors this process may use.
  package static var processorCount: Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Runs `body` once for each of `0..<count`, in ascending order of start, on up to `jobs` threads.
  ///
  /// The calling thread is one of them and returns when all is done; with one job no thread is started. Where
  /// the system refuses a thread, those that exist do the work.
  package static func forEach(count: Int, jobs: Int, _ body: @escaping @Sendable (Int) -> Void) {
    precondition(count >= 0 && jobs > 0)
    let work = SharedWork(count: count, body: body)
    let threads = (1..<max(1, min(jobs, count))).compactMap { _ in start(work) }
    work.run()
    for thread in threads { thread.join() }
  }

  /// A further thread; nil where the system refuses one, and those that exist do its part.
  private static func start(_ work: SharedWork) -> RunningThread? {
    do throws(SystemError) { return try RunningThread { work.run() } } catch { return nil }
  }
}

/// The indices still to be done, which each thread takes one after another.
private final class SharedWork: Sendable {
  private let count: Int
  private let next = Atomic(0)
  private let body: @Sendable (Int) -> Void

  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func run() {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      if index >= count { return }
      body(index)
    }
  }
}

import Glibc
import OperatingSystem
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FileLockTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `a held lock is busy once the wait is over`() throws {
    let path = directory["lock"]
    let held = try FileLock.acquireExclusive(path, waiting: .zero)
    let error = #expect(throws: FileLockError.self) {
      _ = try FileLock.acquireExclusive(path, waiting: .milliseconds(20))
    }
    extendLifetime(held)
    let waited: Duration? = if case .busy(path, let waited) = error { waited } else { nil }
    #expect(try #require(waited) >= .milliseconds(20))
  }

  @Test func `a released lock is free, and its file stays for its owner alone`() throws {
    for _ in 0..<2 { _ = try FileLock.acquireExclusive(directory["lock"], waiting: .zero) }
    #expect(try Files.status(directory["lock"]).mode == 0o600)
  }

  @Test func `a waiting thread gets the lock when the holder lets go`() throws {
    let path = directory["lock"]
    let stage = Stage()
    Threads.forEach(count: 2, jobs: 2) { thread in
      do {
        if thread == 0 {
          let held = try FileLock.acquireExclusive(path, waiting: .zero)
          stage.advance(to: 1)
          stage.wait(for: 2)
          extendLifetime(held)
        } else {
          stage.wait(for: 1)
          #expect(throws: FileLockError.self) { _ = try FileLock.acquireExclusive(path, waiting: .zero) }
          stage.advance(to: 2)
          _ = try FileLock.acquireExclusive(path, waiting: .seconds(30))
          stage.advance(to: 3)
        }
      } catch {
        Issue.record(error)
        stage.advance(to: 9)
      }
    }
    #expect(stage.number == 3)
  }

  @Test func `a lock in a missing directory is an error of the system`() {
    let error = #expect(throws: FileLockError.self) {
      _ = try FileLock.acquireExclusive(directory["missing/lock"], waiting: .zero)
    }
    let cause = SystemError(operation: "open", path: directory["missing/lock"], code: ENOENT)
    #expect(error == .system(cause))
  }
}

/// A number that threads wait for.
private final class Stage: Sendable {
  private let current = Atomic(0)

  var number: Int { current.load(ordering: .sequentiallyConsistent) }

  func advance(to number: Int) {
    current.store(number, ordering: .sequentiallyConsistent)
  }

  func wait(for number: Int) {
    while self.number < number { sched_yield() }
  }
}

@Suite(.timeLimit(.minutes(1))) struct LockFileTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `a lock file excludes others while it is held, and frees them after an error`() throws {
    let path = directory["lock"]
    let file = LockFile(path)
    for _ in 0..<2 {
      do {
        try file.locked(waiting: .zero) { () throws -> Void in
          #expect(throws: FileLockError.self) { try LockFile(path).locked(waiting: .zero) {} }
          #expect(throws: FileLockError.self) { _ = try FileLock.acquireExclusive(path, waiting: .zero) }
          throw CancellationError()
        }
      } catch is CancellationError {}
      _ = try FileLock.acquireExclusive(path, waiting: .zero)
    }
    #expect(try Files.status(path).mode == 0o600)
  }

  @Test func `a file that has taken the name is the one to lock`() throws {
    let path = directory["lock"]
    let file = LockFile(path)
    try file.locked(waiting: .zero) {}
    try Files.remove(path)
    try file.locked(waiting: .zero) { () throws -> Void in
      #expect(throws: FileLockError.self) { _ = try FileLock.acquireExclusive(path, waiting: .zero) }
    }
    let other = try FileLock.acquireExclusive(path, waiting: .zero)
    #expect(throws: FileLockError.self) { try file.locked(waiting: .milliseconds(20)) {} }
    extendLifetime(other)
  }
}

import OperatingSystem
import Synchronization

/// What takes the files of one directory, and is ended by `finish` or `cancel`.
package protocol FileStage {
  /// Takes a file; `path` is relative, of names joined by `/`, and comes once.
  func write(_ bytes: Span<UInt8>, to path: String) throws
  /// Ends the directory.
  ///
  /// - Parameter stamp: what it was made from, in the caller's bytes.
  func finish(stamp: [UInt8]) throws -> (outcome: DirectoryStage.Outcome, counts: FileCounts)
  /// Writes nothing more; what was staged is left for `Publisher.discard`.
  func cancel()
  /// How long another thread than the caller's has worked, once the stage has ended.
  var timeBeside: Duration { get }
}

/// Stages a directory on a thread of its own while the caller makes its files: for where a processor would be idle.
/// One thread uses it.
final class BackgroundStage: FileStage {
  private let work: Work
  private var thread: RunningThread?

  /// - Parameters:
  ///   - elapsed: a clock that never goes back.
  ///   - begin: begins the stage, on its thread.
  /// - Throws: `SystemError` where there is no thread or descriptor for it.
  init(
    _ elapsed: @escaping @Sendable () -> Duration, _ begin: @escaping @Sendable () throws -> DirectoryStage
  ) throws(SystemError) {
    let work = try Work(elapsed)
    self.work = work
    thread = try RunningThread { work.run(begin) }
  }

  deinit { end() }

  func write(_ bytes: Span<UInt8>, to path: String) throws {
    let file = Work.File(path: path, bytes: Array(copying: bytes))
    if try !work.files.put(file, weight: bytes.count) {
      end()
      _ = try work.outcome()
    }
  }

  func finish(stamp: [UInt8]) throws -> (outcome: DirectoryStage.Outcome, counts: FileCounts) {
    work.stamp.withLock { $0 = stamp }
    end()
    return try work.outcome()
  }

  func cancel() { end() }

  var timeBeside: Duration { work.time.withLock(\.self) }

  private func end() {
    guard let thread else { return }
    work.files.close()
    thread.join()
    self.thread = nil
  }
}

/// What the two threads of a stage share.
private final class Work: Sendable {
  struct File: Sendable {
    let path: String
    let bytes: [UInt8]
  }

  typealias Outcome = (outcome: DirectoryStage.Outcome, counts: FileCounts)

  /// How many bytes may wait to be written.
  private static let waitingBytesLimit = 1 << 20

  let files: HandoverQueue<File>
  /// nil until the last file has come; where the directory is given up, for ever.
  let stamp = Mutex<[UInt8]?>(nil)
  let time = Mutex(Duration.zero)
  private let result = Mutex<Result<Outcome, any Error>?>(nil)
  private let elapsed: @Sendable () -> Duration

  init(_ elapsed: @escaping @Sendable () -> Duration) throws(SystemError) {
    files = try HandoverQueue(limit: Self.waitingBytesLimit)
    self.elapsed = elapsed
  }

  func run(_ begin: () throws -> DirectoryStage) {
    do {
      let stage = try timed(begin)
      while case let batch = try files.takeAll(), !batch.isEmpty {
        try timed { for file in batch { try stage.write(file.bytes.span, to: file.path) } }
      }
      guard let stamp = stamp.withLock(\.self) else { return }
      let outcome = try timed { try stage.finish(stamp: stamp) }
      result.withLock { $0 = .success(outcome) }
    } catch {
      result.withLock { $0 = .failure(error) }
      files.abandon()
    }
  }

  private func timed<Value>(_ body: () throws -> Value) rethrows -> Value {
    let start = elapsed()
    defer { time.withLock { $0 += elapsed() - start } }
    return try body()
  }

  /// What the stage came to, when its thread has ended.
  func outcome() throws -> Outcome {
    guard let result = result.withLock(\.self) else { preconditionFailure("a finished stage has a result") }
    return try result.get()
  }
}

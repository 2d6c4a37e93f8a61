import Glibc

/// An exclusive lock between processes, and between two holders in one, until the value goes away.
///
/// It is advisory (flock(2)): it binds those who ask. The kernel releases it when the process dies. The file
/// stays behind on purpose: whoever removed it would let two holders lock two files of one name.
package struct FileLock: ~Copyable, Sendable {
  /// The longest pause between two tries.
  private static let pauseNanoseconds = 5_000_000

  private let file: FileDescriptor

  /// Takes the lock, waiting up to `waiting` for another holder to release it.
  ///
  /// The file is created where it is missing. Blocks, so call it on a thread that may wait.
  ///
  /// - Throws: `FileLockError.busy` when the time is over.
  package static func acquireExclusive(
    _ path: String, waiting: Duration, mode: FileMode = 0o600
  ) throws(FileLockError) -> FileLock {
    try acquire(try open(path, O_RDWR | O_CREAT, mode: mode), waiting: waiting)
  }

  /// The same on a directory, which must exist.
  static func acquireExclusive(
    directory path: String, waiting: Duration
  ) throws(FileLockError) -> FileLock {
    try acquire(try open(path, O_RDONLY | O_DIRECTORY), waiting: waiting)
  }

  private static func acquire(
    _ file: consuming FileDescriptor, waiting: Duration
  ) throws(FileLockError) -> FileLock {
    try lock(file, waiting: waiting)
    return FileLock(file: file)
  }

  fileprivate static func lock(_ file: borrowing FileDescriptor, waiting: Duration) throws(FileLockError) {
    let start = Clock.monotonic()
    while try !tryToLock(file) {
      let waited = Duration.nanoseconds(Clock.monotonic() - start)
      if waited >= waiting { throw .busy(path: file.path, waited: waited) }
      var pause = timespec(tv_sec: 0, tv_nsec: pauseNanoseconds)
      // A signal that cuts the pause short only makes the next try earlier.
      _ = unsafe nanosleep(&pause, nil)
    }
  }

  fileprivate static func open(
    _ path: String, _ flags: Int32, mode: FileMode = 0
  ) throws(FileLockError) -> FileDescriptor {
    do throws(SystemError) {
      return try FileDescriptor(opening: path, flags | O_NOFOLLOW, mode: mode)
    } catch {
      throw .system(error)
    }
  }

  private static func tryToLock(_ file: borrowing FileDescriptor) throws(FileLockError) -> Bool {
    let number = file.number
    do throws(SystemError) {
      try systemCall("flock", file.path) { flock(number, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      guard error.code == EWOULDBLOCK else { throw .system(error) }
      return false
    }
  }
}

/// A file whose lock one holder takes again and again, as `FileLock.acquireExclusive` would. It stays open, so that the
/// lock can be taken where no descriptor is left.
package final class LockFile {
  private final class Opened {
    let descriptor: FileDescriptor

    init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }
  }

  private let path: String
  private var opened: Opened?

  /// Opens nothing yet.
  package init(_ path: String) { self.path = path }

  /// Runs `body` while nobody else has the lock, waiting up to `waiting` for another holder to release it.
  ///
  /// - Precondition: `body` does not take the same lock.
  /// - Throws: `FileLockError`, and what `body` throws.
  package func locked<Result>(waiting: Duration, _ body: () throws -> Result) throws -> Result {
    let file = try lock(waiting: waiting)
    // The kernel forgets the lock with the descriptor at the latest.
    defer { flock(file.descriptor.number, LOCK_UN) }
    return try body()
  }

  private func lock(waiting: Duration) throws -> Opened {
    while true {
      let file = try opened ?? Opened(FileLock.open(path, O_RDWR | O_CREAT, mode: 0o600))
      // After an error it is closed, which frees it.
      opened = nil
      try FileLock.lock(file.descriptor, waiting: waiting)
      // Others lock the file that has the name now.
      if try Files.statusIfPresent(path)?.inode == file.descriptor.status().inode {
        opened = file
        return file
      }
    }
  }
}

/// Why a lock was not taken.
package enum FileLockError: Error, Equatable {
  /// Someone else held it for the whole time.
  case busy(path: String, waited: Duration)
  case system(SystemError)
}

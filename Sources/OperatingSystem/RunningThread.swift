import Glibc

/// A thread of our own that works beside the caller until its body returns: for work that blocks.
package final class RunningThread: Sendable {
  /// How much a thread, and the threads that it starts, get of a processor that others want, too; each gets all of one
  /// that nobody else wants.
  package enum Precedence: Int32, Sendable {
    /// As much as the others.
    case equal = 0
    /// A quarter.
    case second = 5
    /// Some hundredths.
    case background = 15
  }

  private let thread: pthread_t

  /// Starts a thread.
  ///
  /// - Throws: `SystemError` where the system has no room for one.
  package init(_ precedence: Precedence = .equal, _ body: @escaping @Sendable () -> Void) throws(SystemError)
  {
    var thread = pthread_t()
    let retained = unsafe Unmanaged.passRetained(
      Body {
        // setpriority(2): on Linux 0 is the calling thread. Without the effect the work is done all the same.
        if precedence != .equal {
          setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, precedence.rawValue)
        }
        body()
      })
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
        }
        return nil
      }, retained.toOpaque())
    guard result == 0 else {
      unsafe retained.release()
      throw SystemError(operation: "pthread_create", path: nil, code: result)
    }
    self.thread = thread
  }

  /// Waits until the body has returned; to be called once.
  package func join() { pthread_join(thread, nil) }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

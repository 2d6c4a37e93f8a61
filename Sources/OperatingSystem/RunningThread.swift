import Glibc

/// A thread of our own that works beside the caller until its body returns: for work that blocks.
package final class RunningThread: Sendable {
  private let thread: pthread_t

  /// Starts a thread.
  ///
  /// - Parameter isBackground: whether it, and the threads that it starts, get little of a processor that others
  ///   want, too.
  /// - Throws: `SystemError` where the system has no room for one.
  package init(isBackground: Bool = false, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var thread = pthread_t()
    let retained = unsafe Unmanaged.passRetained(
      Body {
        // setpriority(2): on Linux 0 is the calling thread. Without the effect the work is done all the same.
        if isBackground { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.backgroundNiceness) }
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

  /// Some hundredths of a processor that others want, too; all of one that nobody wants.
  private static let backgroundNiceness: Int32 = 15

  /// Waits until the body has returned; to be called once.
  package func join() { pthread_join(thread, nil) }

  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

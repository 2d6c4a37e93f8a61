import Glibc

/// A thread of our own that works beside the caller until its body returns: for work that blocks.
package final class RunningThread: Sendable {
  private let thread: pthread_t

  /// Starts a thread.
  ///
  /// - Throws: `SystemError` where the system has no room for one.
  package init(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    var thread = pthread_t()
    let retained = unsafe Unmanaged.passRetained(Body(run: body))
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

    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

import CLinux
import Glibc

/// Signals that arrive as something to read instead of interrupting (signalfd(2)).
package final class SignalDescriptor: Sendable {
  /// A signal that a service answers to, by its number.
  package struct Signal: Hashable, Sendable {
    package let number: Int32

    package init(number: Int32) { self.number = number }

    /// The terminal is gone; of a service, a request to read its configuration again.
    package static let hangup = Signal(number: SIGHUP)
    /// Ctrl-C.
    package static let interrupt = Signal(number: SIGINT)
    /// The polite request to end.
    package static let terminate = Signal(number: SIGTERM)
  }

  private let descriptor: FileDescriptor

  /// The descriptor that is readable while a signal waits.
  package var number: Int32 { descriptor.number }

  /// Takes over these signals for good.
  ///
  /// They are blocked on the calling thread and on those that it starts later, so make this before any other thread;
  /// programs that `ChildProcess` runs are not affected.
  package init(_ signals: [Signal]) throws(SystemError) {
    var blocked = sigset_t()
    unsafe sigemptyset(&blocked)
    for signal in signals { unsafe sigaddset(&blocked, signal.number) }
    let code = unsafe pthread_sigmask(SIG_BLOCK, &blocked, nil)
    guard code == 0 else { throw SystemError(operation: "pthread_sigmask", path: nil, code: code) }
    let bits = signals.reduce(UInt64(0)) { $0 | 1 << UInt64($1.number - 1) }
    let number = try systemCall("signalfd4") { linux_signal_descriptor(bits, O_CLOEXEC | O_NONBLOCK) }
    descriptor = FileDescriptor(owning: number, path: "signalfd")
  }

  /// The next signal that has arrived, or nil.
  package func next() -> Signal? {
    let number = linux_read_signal(descriptor.number)
    return number > 0 ? Signal(number: number) : nil
  }
}

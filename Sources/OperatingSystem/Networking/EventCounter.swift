import CLinux
import Glibc

/// A bell between threads: one rings, another waits for it, alone or with an `EventPoll`
/// among other things (eventfd(2)).
package final class EventCounter: Sendable {
  private let descriptor: FileDescriptor

  /// The descriptor that is readable while a ring has not been taken.
  package var number: Int32 { descriptor.number }

  package init() throws(SystemError) {
    let number = try systemCall("eventfd2") { linux_event_counter(O_CLOEXEC | O_NONBLOCK) }
    descriptor = FileDescriptor(owning: number, path: "eventfd")
  }

  /// Rings, from any thread; several rings before the next `take` count as one.
  package func ring() {
    // eventfd(2): eight bytes of a number to add. A write fails only when the counter is full, and then it rings.
    var one: UInt64 = 1
    _ = unsafe write(descriptor.number, &one, MemoryLayout<UInt64>.size)
  }

  /// Whether it has rung since the last call; it is silent afterwards.
  @discardableResult
  package func take() -> Bool {
    var count: UInt64 = 0
    return unsafe read(descriptor.number, &count, MemoryLayout<UInt64>.size) == MemoryLayout<UInt64>.size
  }

  /// Blocks until it has rung since the last call, or until the time is over; nil waits for as long as it takes.
  ///
  /// - Returns: whether it has rung; it is silent afterwards.
  package func wait(milliseconds: Int32?) throws(SystemError) -> Bool {
    var waitedFor = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    try systemCall("poll") { unsafe poll(&waitedFor, 1, milliseconds ?? -1) }
    return take()
  }
}

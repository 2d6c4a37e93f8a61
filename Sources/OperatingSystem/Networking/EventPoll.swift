import CLinux
import Glibc

/// The descriptors that one thread waits for together (epoll(7), level-triggered).
///
/// A descriptor is known by its number and a token of the caller's; it leaves by itself when it is closed.
package struct EventPoll: ~Copyable, Sendable {
  /// What to wait for; nothing keeps a descriptor in the list and only tells of its end.
  package struct Interest: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Something can be read, or accepted, or the peer has ended.
    package static let readable = Interest(rawValue: linux_event_readable)
    /// There is room for bytes to send.
    package static let writable = Interest(rawValue: linux_event_writable)
  }

  /// What happened to one descriptor.
  package struct Event: Sendable {
    /// What the caller gave for the descriptor.
    package let token: UInt64
    package let isReadable: Bool
    package let isWritable: Bool
    /// The connection is broken or over in both directions; a read says more.
    package let isFailed: Bool
  }

  private let descriptor: FileDescriptor
  private var raw = [linux_event](repeating: linux_event(), count: 256)

  /// Waits for nothing yet.
  package init() throws(SystemError) {
    let number = try systemCall("epoll_create1") { linux_epoll_create(O_CLOEXEC) }
    descriptor = FileDescriptor(owning: number, path: "epoll")
  }

  /// Begins to wait for a descriptor, which must stay open; its events bear the token.
  package func add(_ number: Int32, _ interest: Interest, token: UInt64) throws(SystemError) {
    try control(linux_epoll_add, number, interest, token)
  }

  /// Waits for something else from now on.
  package func change(_ number: Int32, _ interest: Interest, token: UInt64) throws(SystemError) {
    try control(linux_epoll_change, number, interest, token)
  }

  /// Forgets a descriptor before it is closed or handed on.
  package func remove(_ number: Int32) throws(SystemError) {
    try control(linux_epoll_remove, number, [], 0)
  }

  /// Returns when something happened, or after the time: at most 256 events, none when the time is over.
  ///
  /// nil waits for as long as it takes.
  package mutating func wait(milliseconds: Int32?) throws(SystemError) -> [Event] {
    let number = descriptor.number
    let count = try systemCall("epoll_wait") {
      unsafe linux_epoll_wait(number, &raw, Int32(raw.count), milliseconds ?? -1)
    }
    return raw[..<Int(count)].map { event in
      Event(
        token: event.token, isReadable: event.flags & linux_event_readable != 0,
        isWritable: event.flags & linux_event_writable != 0,
        isFailed: event.flags & linux_event_failed != 0)
    }
  }

  private func control(
    _ operation: Int32, _ number: Int32, _ interest: Interest, _ token: UInt64
  ) throws(SystemError) {
    try systemCall("epoll_ctl") {
      linux_epoll_control(descriptor.number, operation, number, interest.rawValue, token)
    }
  }
}

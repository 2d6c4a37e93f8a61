import CLinux
import Glibc

/// A TCP socket on which connections are accepted, without blocking; closed when the value goes away.
package struct ListeningSocket: ~Copyable, Sendable {
  private let descriptor: FileDescriptor
  /// Where it listens, with the port that the system chose for 0.
  package let address: SocketAddress

  /// The descriptor that is readable while a connection waits.
  package var number: Int32 { descriptor.number }

  /// Listens at an address; an IPv6 address takes no IPv4 connections.
  ///
  /// - Throws: `EADDRINUSE` when another process listens there, `EACCES` for a port of the system's.
  package init(on wanted: SocketAddress) throws(SystemError) {
    let descriptor = try Self.open(wanted, name: wanted.text)
    address = try SocketAddress.bound(descriptor.number)
    self.descriptor = descriptor
  }

  private static func open(_ wanted: SocketAddress, name: String) throws(SystemError) -> FileDescriptor {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let number = try systemCall("socket", name) { socket(wanted.family, kind, Int32(IPPROTO_TCP)) }
    let descriptor = FileDescriptor(owning: number, path: name)
    // Without it a restarted server waits for the connections of the one before to be forgotten.
    try SocketOptions.set(SOL_SOCKET, SO_REUSEADDR, of: number)
    if wanted.family == AF_INET6 { try SocketOptions.set(Int32(IPPROTO_IPV6), IPV6_V6ONLY, of: number) }
    try systemCall("bind", name) {
      unsafe wanted.withSystemAddress { unsafe bind(number, $0, $1) }
    }
    try systemCall("listen", name) { listen(number, SOMAXCONN) }
    return descriptor
  }

  /// The next connection, or nil when none waits.
  ///
  /// - Throws: An error that `isOutOfDescriptors` when there is no place for it: it keeps waiting.
  package func accept() throws(SystemError) -> StreamSocket? {
    let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    do throws(SystemError) {
      let number = try systemCall("accept4", about: address.text) {
        linux_accept(descriptor.number, flags)
      }
      return try StreamSocket(owning: number)
    } catch {
      guard error.isWouldBlock else { throw error }
      return nil
    }
  }
}

/// Options of sockets that are either on or off.
enum SocketOptions {
  /// Switches an option on.
  static func set(_ level: Int32, _ option: Int32, of number: Int32) throws(SystemError) {
    var value: Int32 = 1
    try systemCall("setsockopt") {
      unsafe setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }
}

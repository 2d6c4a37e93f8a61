import Glibc

/// One TCP connection that never blocks and is closed when the value goes away.
///
/// Sending to a peer that has left is an `EPIPE` error, never a signal.
package struct StreamSocket: ~Copyable, Sendable {
  /// What a read found.
  package enum Received: Equatable, Sendable {
    /// So many bytes, at least one.
    case bytes(Int)
    /// Nothing has arrived yet.
    case nothing
    /// The peer sends nothing more.
    case end
  }

  private let descriptor: FileDescriptor

  /// The descriptor to wait for.
  package var number: Int32 { descriptor.number }

  init(owning number: Int32) throws(SystemError) {
    let descriptor = FileDescriptor(owning: number, path: "connection")
    // Answers are written whole: waiting for more to send (RFC 9293 §3.7.4) would only delay them.
    try SocketOptions.set(Int32(IPPROTO_TCP), TCP_NODELAY, of: number)
    self.descriptor = descriptor
  }

  /// Reads what is there into the buffer, from its start.
  ///
  /// - Throws: `ECONNRESET` when the peer broke the connection.
  package func receive(into buffer: inout [UInt8]) throws(SystemError) -> Received {
    precondition(!buffer.isEmpty)
    do throws(SystemError) {
      let count = try systemCall("recv", about: descriptor.path) {
        unsafe buffer.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, 0) }
      }
      return count == 0 ? .end : .bytes(count)
    } catch {
      guard error.isWouldBlock else { throw error }
      return .nothing
    }
  }

  /// Sends as much as there is room for and returns the count, 0 for no room.
  ///
  /// - Throws: `EPIPE` or `ECONNRESET` when nobody reads any more.
  package func send(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    do throws(SystemError) {
      return try systemCall("send", about: descriptor.path) {
        unsafe bytes.withUnsafeBytes {
          unsafe Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
      }
    } catch {
      guard error.isWouldBlock else { throw error }
      return 0
    }
  }

  /// Tells the peer that nothing more comes, and goes on reading (shutdown(2)).
  ///
  /// - Throws: `ENOTCONN` when the peer has broken the connection.
  package func endSending() throws(SystemError) {
    try systemCall("shutdown", about: descriptor.path) { shutdown(number, Int32(SHUT_WR)) }
  }
}

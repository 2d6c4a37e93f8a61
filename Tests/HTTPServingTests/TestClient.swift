import Glibc
import OperatingSystem
import Testing

/// A peer that does what a test says, byte by byte; nothing it waits for takes longer than five seconds.
final class TestClient {
  let number: Int32

  init(_ address: SocketAddress, receiveBufferBytes: Int32? = nil) throws {
    guard case .version4(let bytes) = address.host else { throw ClientError.notVersion4 }
    number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if number < 0 { throw ClientError.failed(errno) }
    var timeout = timeval(tv_sec: 5, tv_usec: 0)
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    if var size = receiveBufferBytes {
      _ = unsafe setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var system = sockaddr_in()
    system.sin_family = sa_family_t(AF_INET)
    system.sin_port = address.port.bigEndian
    unsafe withUnsafeMutableBytes(of: &system.sin_addr) { unsafe $0.copyBytes(from: bytes) }
    let result = unsafe withUnsafePointer(to: &system) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 { throw ClientError.failed(errno) }
  }

  enum ClientError: Error, Equatable { case notVersion4, failed(Int32) }

  deinit { close(number) }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends what the server takes; one that has closed takes nothing.
  func send(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  func endSending() { shutdown(number, Int32(SHUT_WR)) }

  /// Breaks the connection with RST.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(
      number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
  }

  /// What arrives next; nil for a connection that broke or kept silent, empty for its end.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe recv(number, &buffer, buffer.count, 0)
    return count < 0 ? nil : Array(buffer[..<count])
  }

  /// Everything up to the end of the connection.
  func readToEnd() throws -> String {
    var all: [UInt8] = []
    while true {
      let part = try #require(read(), "broken after \(String(decoding: all, as: UTF8.self))")
      if part.isEmpty { return String(decoding: all, as: UTF8.self) }
      all += part
    }
  }

  /// Everything until a text has come so many times.
  func read(until text: String, count: Int = 1) throws -> String {
    var all = ""
    while all.ranges(of: text).count < count {
      let part = try #require(read(), "nothing after \(all)")
      try #require(!part.isEmpty, "the end after \(all)")
      all += String(decoding: part, as: UTF8.self)
    }
    return all
  }
}

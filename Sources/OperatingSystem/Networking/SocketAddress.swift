import Glibc

/// An IP address and a port: `127.0.0.1:8080`, `[::1]:8080`. Names are not looked up.
package struct SocketAddress: Hashable, Sendable {
  /// The address itself, in the order of the network.
  package enum Host: Hashable, Sendable {
    case version4([UInt8])
    case version6([UInt8])
  }

  package let host: Host
  /// 0 asks the system for a free port.
  package let port: UInt16

  package init(host: Host, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads the numeric forms; nil for anything else, a name or a missing port included.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")), let port = Self.port(bytes[(colon + 1)...])
    else { return nil }
    var host = bytes[..<colon]
    if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
      host = host.dropFirst().dropLast()
      guard let address = Self.parse(host, family: AF_INET6, count: 16) else { return nil }
      self.init(host: .version6(address), port: port)
    } else {
      guard let address = Self.parse(host, family: AF_INET, count: 4) else { return nil }
      self.init(host: .version4(address), port: port)
    }
  }

  /// Whether only this machine reaches it: 127.0.0.0/8 and ::1.
  package var isLoopback: Bool {
    switch host {
    case .version4(let bytes): bytes[0] == 127
    case .version6(let bytes): bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }
  }

  /// The form that `init(_:)` reads; IPv6 without abbreviation.
  package var text: String {
    switch host {
    case .version4(let bytes):
      bytes.map { String($0) }.joined(separator: ".") + ":" + String(port)
    case .version6(let bytes):
      "[" + (isLoopback ? "::1" : Self.groups(bytes).joined(separator: ":")) + "]:" + String(port)
    }
  }

  private static func groups(_ bytes: [UInt8]) -> [String] {
    stride(from: 0, to: 16, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
  }

  private static func port(_ digits: ArraySlice<UInt8>) -> UInt16? {
    // `UInt16("+5")` is 5, so the bytes are looked at first.
    guard (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return UInt16(String(decoding: digits, as: UTF8.self))
  }

  private static func parse(_ bytes: ArraySlice<UInt8>, family: Int32, count: Int) -> [UInt8]? {
    guard !bytes.contains(0) else { return nil }
    var address = [UInt8](repeating: 0, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    return unsafe inet_pton(family, text, &address) == 1 ? address : nil
  }
}

extension SocketAddress {
  var family: Int32 {
    switch host {
    case .version4: AF_INET
    case .version6: AF_INET6
    }
  }

  /// Calls `body` with the address as the kernel takes it.
  func withSystemAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    switch host {
    case .version4(let bytes):
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: bytes) }
      return unsafe Self.rebound(&address, body)
    case .version6(let bytes):
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: bytes) }
      return unsafe Self.rebound(&address, body)
    }
  }

  private static func rebound<Address, Result>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }

  /// The address to which a socket is bound.
  static func bound(_ number: Int32) throws(SystemError) -> SocketAddress {
    var storage = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    try systemCall("getsockname") {
      unsafe withUnsafeMutablePointer(to: &storage) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getsockname(number, $0, &length)
        }
      }
    }
    // Both forms have family, port, and then the bytes: of IPv4 at 4, of IPv6 at 8 (after the flow label).
    let raw = unsafe withUnsafeBytes(of: &storage) { unsafe Array($0) }
    let port = UInt16(bigEndian: storage.sin6_port)
    return Int32(storage.sin6_family) == AF_INET
      ? SocketAddress(host: .version4(Array(raw[4..<8])), port: port)
      : SocketAddress(host: .version6(Array(raw[8..<24])), port: port)
  }
}

/// Where a message is posted: an `http` or `https` address in ASCII, without user and fragment (RFC 3986 §3).
struct PostTarget: Equatable {
  /// As it was given.
  let text: String
  let isSecure: Bool
  /// A name or a numeric address, the latter of IPv6 without its brackets.
  let host: String
  let port: UInt16
  /// The path and the query, `/` where there is none.
  let path: String

  /// Reads an address; nil for anything else.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) else { return nil }
    let schemes: [(name: String, port: UInt16)] = [("http://", 80), ("https://", 443)]
    guard let scheme = schemes.first(where: { bytes.starts(with: $0.name.utf8) }) else { return nil }
    let rest = bytes.dropFirst(scheme.name.utf8.count)
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard let (host, port) = Self.parts(of: Array(authority)) else { return nil }
    let path = String(decoding: rest.dropFirst(authority.count), as: UTF8.self)
    self.text = text
    isSecure = scheme.port == 443
    self.host = host
    self.port = port ?? scheme.port
    self.path = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
  }

  /// The name as a `Host` field has it.
  var hostField: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  private static func parts(of authority: [UInt8]) -> (host: String, port: UInt16?)? {
    guard !authority.contains(UInt8(ascii: "@")) else { return nil }
    var (host, rest) = (authority[...], ArraySlice<UInt8>())
    if authority.first == UInt8(ascii: "[") {
      guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      (host, rest) = (authority[1..<end], authority[(end + 1)...])
    } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
      (host, rest) = (authority[..<colon], authority[colon...])
    }
    guard !host.isEmpty else { return nil }
    let name = String(decoding: host, as: UTF8.self)
    if rest.isEmpty { return (name, nil) }
    let digits = rest.dropFirst()
    guard rest.first == UInt8(ascii: ":"), (1...5).contains(digits.count),
      digits.allSatisfy({ (0x30...0x39).contains($0) }),
      let port = UInt16(String(decoding: digits, as: UTF8.self)), port > 0
    else { return nil }
    return (name, port)
  }
}

/// `uri-host [ ":" port ]` as Host and targets spell it (RFC 9110 §7.2, RFC 3986 §3.2.2).
enum Authority {
  /// Whether the octets are a host that is not empty, and a port of digits where one follows.
  static func isHostAndPort(_ octets: ArraySlice<UInt8>, needsPort: Bool) -> Bool {
    guard let end = hostEnd(octets), end > octets.startIndex else { return false }
    guard end < octets.endIndex else { return !needsPort }
    let port = octets[(end + 1)...]
    return octets[end] == UInt8(ascii: ":") && port.allSatisfy(Octets.isDigit) && !(needsPort && port.isEmpty)
  }

  /// Where a valid host ends; nil where there is none.
  private static func hostEnd(_ octets: ArraySlice<UInt8>) -> Int? {
    if octets.first == UInt8(ascii: "[") {
      guard let bracket = octets.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let literal = octets[(octets.startIndex + 1)..<bracket]
      return isAddress(literal) ? bracket + 1 : nil
    }
    let end = octets.firstIndex(of: UInt8(ascii: ":")) ?? octets.endIndex
    return isRegisteredName(octets[..<end]) ? end : nil
  }

  /// The characters of an IPv6 address; that they are in a sensible order is nothing this server relies on.
  private static func isAddress(_ octets: ArraySlice<UInt8>) -> Bool {
    octets.count >= 2
      && octets.allSatisfy {
        Octets.hexadecimalValue($0) != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
      }
  }

  private static func isRegisteredName(_ octets: ArraySlice<UInt8>) -> Bool {
    var index = octets.startIndex
    while index < octets.endIndex {
      if octets[index] == UInt8(ascii: "%") {
        guard index + 2 < octets.endIndex, Octets.hexadecimalValue(octets[index + 1]) != nil,
          Octets.hexadecimalValue(octets[index + 2]) != nil
        else { return false }
        index += 3
      } else {
        guard Octets.isNameCharacter(octets[index]) else { return false }
        index += 1
      }
    }
    return true
  }
}

/// Method, target and version (RFC 9112 §3), parted by exactly one space each.
struct RequestLine: Sendable {
  let method: Method
  let target: RequestTarget
  let version: HTTPVersion

  init(parsing line: ArraySlice<UInt8>) throws(RequestRefusal) {
    let parts = line.split(separator: Octets.space, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(Octets.isTokenCharacter) else {
      throw .malformedRequestLine
    }
    method = Method(octets: Array(parts[0]))
    version = try Self.version(parts[2])
    target = try RequestTarget(parsing: parts[1], method: method)
  }

  /// `HTTP/1.0` and `HTTP/1.x`; the name is in capitals and each number one digit (RFC 9112 §2.3).
  private static func version(_ octets: ArraySlice<UInt8>) throws(RequestRefusal) -> HTTPVersion {
    let bytes = Array(octets)
    guard bytes.count == 8, bytes.starts(with: "HTTP/".utf8), Octets.isDigit(bytes[5]),
      bytes[6] == UInt8(ascii: "."), Octets.isDigit(bytes[7])
    else { throw .malformedRequestLine }
    guard bytes[5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
    return bytes[7] == UInt8(ascii: "0") ? .http10 : .http11
  }
}

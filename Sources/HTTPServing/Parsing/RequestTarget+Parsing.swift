extension RequestTarget {
  init(parsing octets: ArraySlice<UInt8>, method: Method) throws(RequestRefusal) {
    if method == .connect {
      guard Authority.isHostAndPort(octets, needsPort: true) else { throw .malformedTarget }
      self.init(form: .authority, path: Array(octets), query: nil)
    } else if octets.elementsEqual("*".utf8) {
      guard method == .options else { throw .malformedTarget }
      self.init(form: .asterisk, path: Array(octets), query: nil)
    } else if octets.first == UInt8(ascii: "/") {
      try self.init(.origin, pathAndQuery: octets)
    } else {
      try self.init(.absolute, pathAndQuery: Self.afterAuthority(octets))
    }
  }

  private init(_ form: Form, pathAndQuery octets: ArraySlice<UInt8>) throws(RequestRefusal) {
    let mark = octets.firstIndex(of: UInt8(ascii: "?")) ?? octets.endIndex
    let path = octets[..<mark]
    let query = mark < octets.endIndex ? octets[(mark + 1)...] : nil
    guard Self.isValid(path, also: UInt8(ascii: "/"), UInt8(ascii: "/")),
      Self.isValid(query ?? [], also: UInt8(ascii: "/"), UInt8(ascii: "?"))
    else { throw .malformedTarget }
    self.init(
      form: form, path: path.isEmpty ? [UInt8(ascii: "/")] : Array(path), query: query.map(Array.init))
  }

  /// What follows `http://host:port` or `https://host:port`; a user's name there is an error (RFC 9110 §4.2.4).
  private static func afterAuthority(_ octets: ArraySlice<UInt8>) throws(RequestRefusal) -> ArraySlice<UInt8>
  {
    guard let colon = octets.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedTarget }
    let scheme = octets[..<colon]
    let rest = octets[(colon + 1)...]
    guard Octets.areEqualFolded(scheme, "http") || Octets.areEqualFolded(scheme, "https"),
      rest.starts(with: "//".utf8)
    else { throw .malformedTarget }
    let afterSlashes = rest.dropFirst(2)
    let end =
      afterSlashes.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? afterSlashes.endIndex
    guard Authority.isHostAndPort(afterSlashes[..<end], needsPort: false) else { throw .malformedTarget }
    return afterSlashes[end...]
  }

  /// Whether every octet is a `pchar` or one of the two others, and every percent sign has two digits behind it.
  private static func isValid(_ octets: ArraySlice<UInt8>, also one: UInt8, _ other: UInt8) -> Bool {
    var index = octets.startIndex
    while index < octets.endIndex {
      let octet = octets[index]
      if octet == UInt8(ascii: "%") {
        guard index + 2 < octets.endIndex, Octets.hexadecimalValue(octets[index + 1]) != nil,
          Octets.hexadecimalValue(octets[index + 2]) != nil
        else { return false }
        index += 3
      } else {
        guard Octets.isPathCharacter(octet) || octet == one || octet == other else { return false }
        index += 1
      }
    }
    return true
  }
}

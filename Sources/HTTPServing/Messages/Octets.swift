/// Classes of octets in the grammar of RFC 9110 and RFC 3986; all work on bytes, so that no letter outside ASCII
/// folds onto one inside.
enum Octets {
  static let carriageReturn: UInt8 = 0x0D
  static let lineFeed: UInt8 = 0x0A
  static let space: UInt8 = 0x20
  static let tab: UInt8 = 0x09

  static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }

  /// SP or HTAB: all that counts as white space in HTTP/1.1.
  static func isBlank(_ octet: UInt8) -> Bool { octet == space || octet == tab }

  static func isLetter(_ octet: UInt8) -> Bool { (octet | 0x20) &- 0x61 < 26 }

  /// `tchar` of RFC 9110 §5.6.2.
  static func isTokenCharacter(_ octet: UInt8) -> Bool {
    if isLetter(octet) || isDigit(octet) { return true }
    switch octet {
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
      UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "^"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      return true
    default: return false
    }
  }

  /// `unreserved` or `sub-delims` of RFC 3986 §2.
  static func isNameCharacter(_ octet: UInt8) -> Bool {
    if isLetter(octet) || isDigit(octet) { return true }
    switch octet {
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "!"),
      UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
      return true
    default: return false
    }
  }

  /// `pchar` of RFC 3986 §3.3 without the percent sign.
  static func isPathCharacter(_ octet: UInt8) -> Bool {
    isNameCharacter(octet) || octet == UInt8(ascii: ":") || octet == UInt8(ascii: "@")
  }

  /// The value of a hexadecimal digit, or nil.
  static func hexadecimalValue(_ octet: UInt8) -> UInt8? {
    if isDigit(octet) { return octet - 0x30 }
    let letter = (octet | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// The octet with A–Z made a–z and everything else left alone.
  static func folded(_ octet: UInt8) -> UInt8 { octet &- 0x41 < 26 ? octet | 0x20 : octet }

  /// Whether two texts are the same but for the case of A–Z.
  static func areEqualFolded(_ octets: ArraySlice<UInt8>, _ name: String) -> Bool {
    octets.count == name.utf8.count && zip(octets, name.utf8).allSatisfy { folded($0) == folded($1) }
  }

  /// What is left without SP and HTAB at both ends.
  static func trimmed(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = octets
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }

  /// The elements of a comma-separated list without white space around them; empty ones are left out (RFC 9110
  /// §5.6.1.2).
  static func list(_ octets: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    octets.split(separator: UInt8(ascii: ",")).map(trimmed).filter { !$0.isEmpty }
  }
}

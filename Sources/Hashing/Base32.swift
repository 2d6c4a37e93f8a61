/// Base 32 (RFC 4648 §6) in lower case and without padding: five bits a character, safe where case is lost.
package enum Base32 {
  /// The characters `a`–`z` and `2`–`7` for `bytes`.
  package static func encode(_ bytes: [UInt8]) -> String {
    var characters: [UInt8] = []
    characters.reserveCapacity((bytes.count * 8 + 4) / 5)
    var bits: UInt32 = 0
    var bitCount: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      bitCount += 8
      while bitCount >= 5 {
        bitCount -= 5
        characters.append(character(bits >> bitCount & 31))
      }
    }
    if bitCount > 0 { characters.append(character(bits << (5 - bitCount) & 31)) }
    return String(decoding: characters, as: UTF8.self)
  }

  private static func character(_ value: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x32 + value - 26)
  }
}

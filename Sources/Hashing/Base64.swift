/// Base 64 (RFC 4648 §4) with the standard alphabet and padding.
package enum Base64 {
  /// Four characters for each three bytes begun, padded with `=`.
  package static func encode(_ bytes: [UInt8]) -> String {
    var characters: [UInt8] = []
    characters.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let length = min(3, bytes.count - start)
      var group: UInt32 = 0
      for index in 0..<3 {
        group = group << 8 | (index < length ? UInt32(bytes[start + index]) : 0)
      }
      for index in 0..<4 {
        let value = group >> UInt32(18 - 6 * index) & 63
        characters.append(index <= length ? character(value) : 0x3D)
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// The bytes that `text` stands for, nil when another text would be the right spelling of them: no white
  /// space, all of the padding, no URL alphabet, no bits left over (RFC 4648 §3.5).
  package static func decode(_ text: String) -> [UInt8]? {
    let characters = text.utf8.span
    guard characters.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count / 4 * 3)
    for start in stride(from: 0, to: characters.count, by: 4) {
      let isLast = start + 4 == characters.count
      let padding = isLast ? paddingLength(characters, at: start) : 0
      var group: UInt32 = 0
      for index in 0..<4 - padding {
        guard let value = value(of: characters[start + index]) else { return nil }
        group |= value << UInt32(18 - 6 * index)
      }
      for index in 0..<3 - padding {
        bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * index)))
      }
      guard group & (1 << UInt32(8 * padding) - 1) == 0 else { return nil }
    }
    return bytes
  }

  /// How many `=` end the group at `start`: 0, 1 or 2.
  private static func paddingLength(_ characters: Span<UInt8>, at start: Int) -> Int {
    guard characters[start + 3] == 0x3D else { return 0 }
    return characters[start + 2] == 0x3D ? 2 : 1
  }

  private static func character(_ value: UInt32) -> UInt8 {
    let code =
      switch value {
      case 0..<26: 0x41 + value
      case 26..<52: 0x61 + value - 26
      case 52..<62: 0x30 + value - 52
      case 62: UInt32(0x2B)
      default: UInt32(0x2F)
      }
    return UInt8(truncatingIfNeeded: code)
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case 0x41...0x5A: UInt32(character - 0x41)
    case 0x61...0x7A: UInt32(character - 0x61 + 26)
    case 0x30...0x39: UInt32(character - 0x30 + 52)
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }
}

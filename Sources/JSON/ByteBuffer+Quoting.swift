import Markup

/// Strings, which are escaped byte by byte.
extension ByteBuffer {
  mutating func append(quoted text: String) {
    append(quoted: text.utf8.span)
  }

  mutating func append(quoted text: [UInt8]) {
    append(quoted: text.span)
  }

  private mutating func append(quoted text: Span<UInt8>) {
    append(0x22)
    if text.hasEscape() { append(escaped: text) } else { append(0..<text.count, of: text) }
    append(0x22)
  }

  private mutating func append(escaped source: Span<UInt8>) {
    var index = 0
    while index < source.count {
      guard let escape = source.escape(at: index) else {
        append(source[index])
        index += 1
        continue
      }
      append(escapeOf: escape.codePoint)
      index += escape.length
    }
  }

  private mutating func append(escapeOf codePoint: UInt16) {
    append(0x5C)
    switch codePoint {
    case 0x22: append(0x22)
    case 0x5C: append(0x5C)
    case 0x08: append(0x62)
    case 0x0C: append(0x66)
    case 0x0A: append(0x6E)
    case 0x0D: append(0x72)
    case 0x09: append(0x74)
    default:
      append(0x75)
      for shift in [12, 8, 4, 0] {
        let digit = UInt8(truncatingIfNeeded: codePoint >> UInt16(shift) & 0xF)
        append(digit < 10 ? 0x30 + digit : 0x61 + digit - 10)
      }
    }
  }
}

extension Span<UInt8> {
  /// Whether anything must be escaped in valid UTF-8.
  fileprivate func hasEscape() -> Bool {
    !isPlain() && indices.contains { escape(at: $0) != nil }
  }

  /// Whether all is printable ASCII without `"` and `\`, as most text is.
  ///
  /// Looks at every byte and branches nowhere, so that the processor takes many bytes in a step.
  private func isPlain() -> Bool {
    var exceptions: UInt8 = 0
    for index in indices {
      let byte = self[index]
      exceptions |= (byte &- 0x20 > 0x5E ? 1 : 0) | (byte == 0x22 ? 1 : 0) | (byte == 0x5C ? 1 : 0)
    }
    return exceptions == 0
  }

  /// The code point that starts at `index` and its length in bytes, if it must be escaped.
  ///
  /// That is what RFC 8259 §7 asks for, and what would act on those who look at the document: DEL and C1,
  /// U+2028 and U+2029, the marks, embeddings and isolates of bidirectional text (UAX #9), U+FEFF.
  fileprivate func escape(at index: Int) -> (codePoint: UInt16, length: Int)? {
    let byte = self[index]
    switch byte {
    case 0x00...0x1F, 0x22, 0x5C, 0x7F: return (UInt16(byte), 1)
    case 0xC2 where index + 1 < count && self[index + 1] < 0xA0: return (UInt16(self[index + 1]), 2)
    case 0xD8 where index + 1 < count && self[index + 1] == 0x9C: return (0x061C, 2)
    case 0xE2 where index + 2 < count: return escapeOfGeneralPunctuation(at: index)
    case 0xEF where index + 2 < count && self[index + 1] == 0xBB && self[index + 2] == 0xBF:
      return (0xFEFF, 3)
    default: return nil
    }
  }

  /// The same for three bytes that start with E2.
  private func escapeOfGeneralPunctuation(at index: Int) -> (codePoint: UInt16, length: Int)? {
    guard self[index + 1] == 0x80 || self[index + 1] == 0x81 else { return nil }
    let codePoint = 0x2000 | UInt16(self[index + 1] & 0x3F) << 6 | UInt16(self[index + 2] & 0x3F)
    switch codePoint {
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: return (codePoint, 3)
    default: return nil
    }
  }
}

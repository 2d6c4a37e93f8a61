/// Escaping looks at bytes, never at Characters: `"` followed by U+0301 is another Character, but still a
/// quote.
extension ByteBuffer {
  /// Appends foreign text so that it cannot leave the place it is put in.
  ///
  /// NUL becomes U+FFFD; for XML so does all else that XML 1.0 §2.2 forbids: the C0 controls except TAB, LF
  /// and CR, and U+FFFE and U+FFFF.
  ///
  /// - Complexity: O(*n*); one copy when nothing needs escaping.
  package mutating func append(_ text: String, escaping: MarkupEscaping) {
    let source = text.utf8.span
    guard let first = source.firstReplaced(isXML: escaping.isXML) else { return append(text) }
    appendEscaped(source, from: first, isXML: escaping.isXML)
  }

  /// Appends foreign bytes, already known to be UTF-8, so that they cannot leave the place they are put in.
  ///
  /// Replaces what ``append(_:escaping:)`` replaces. Whether the bytes are UTF-8 is not looked at.
  package mutating func append(bytes newBytes: [UInt8], escaping: MarkupEscaping) {
    append(bytes: newBytes[...], escaping: escaping)
  }

  /// Appends foreign bytes, already known to be UTF-8, without copying the slice first.
  package mutating func append(bytes newBytes: ArraySlice<UInt8>, escaping: MarkupEscaping) {
    let source = newBytes.span
    guard let first = source.firstReplaced(isXML: escaping.isXML) else { return append(bytes: newBytes) }
    appendEscaped(source, from: first, isXML: escaping.isXML)
  }

  /// The slow path: copies what comes before `first`, then decides byte by byte.
  private mutating func appendEscaped(_ source: Span<UInt8>, from first: Int, isXML: Bool) {
    for index in 0..<first { append(source[index]) }
    var index = first
    while index < source.count {
      let byte = source[index]
      switch byte {
      case 0x26: append("&amp;")
      case 0x3C: append("&lt;")
      case 0x3E: append("&gt;")
      case 0x22: append("&quot;")
      case 0x27: append("&#39;")
      case 0x00...0x1F where isForbiddenControl(byte, isXML: isXML): append("\u{FFFD}")
      case 0xEF where isXML && source.hasNoncharacter(at: index):
        append("\u{FFFD}")
        index += 2
      default: append(byte)
      }
      index += 1
    }
  }
}

/// Whether a byte below 0x20 may not stand in the document, not even as a reference.
private func isForbiddenControl(_ byte: UInt8, isXML: Bool) -> Bool {
  byte == 0 || (isXML && byte != 0x09 && byte != 0x0A && byte != 0x0D)
}

extension Span<UInt8> {
  /// The place of the first byte that cannot be copied as it is.
  fileprivate func firstReplaced(isXML: Bool) -> Int? {
    for index in indices {
      switch self[index] {
      case 0x26, 0x3C, 0x3E, 0x22, 0x27: return index
      case let byte where byte < 0x20 && isForbiddenControl(byte, isXML: isXML): return index
      case 0xEF where isXML && hasNoncharacter(at: index): return index
      default: continue
      }
    }
    return nil
  }

  /// Whether U+FFFE or U+FFFF (EF BF BE, EF BF BF) starts at `index`, where EF is.
  fileprivate func hasNoncharacter(at index: Int) -> Bool {
    index + 2 < count && self[index + 1] == 0xBF && self[index + 2] >= 0xBE
  }
}

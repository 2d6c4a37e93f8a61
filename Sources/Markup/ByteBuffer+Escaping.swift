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
    self.append(escaping: escaping) { $0.append(text) }
  }

  /// Appends foreign bytes, already known to be UTF-8, so that they cannot leave the place they are put in.
  ///
  /// Replaces what ``append(_:escaping:)`` replaces. Whether the bytes are UTF-8 is not looked at.
  package mutating func append(bytes newBytes: [UInt8], escaping: MarkupEscaping) {
    self.append(escaping: escaping) { $0.append(bytes: newBytes) }
  }

  /// Appends foreign bytes, already known to be UTF-8, without copying the slice first.
  package mutating func append(bytes newBytes: ArraySlice<UInt8>, escaping: MarkupEscaping) {
    self.append(escaping: escaping) { $0.append(bytes: newBytes) }
  }

  /// Appends foreign text that people read: without what ``DisplayText`` takes away, and escaped.
  ///
  /// - Complexity: O(*n*); one copy when nothing of it has to change.
  package mutating func append(displayed text: String, escaping: MarkupEscaping) {
    let start = count
    append(text)
    if withSpan(from: start, { $0.isPlain(limit: DisplayText.scalarLimit) }) { return }
    truncate(to: start)
    append(DisplayText.neutralised(text), escaping: escaping)
  }

  /// Escapes what `append` appends, which seldom needs it.
  @inline(__always)
  package mutating func append(escaping: MarkupEscaping, _ append: (inout ByteBuffer) -> Void) {
    let start = count
    append(&self)
    if withSpan(from: start, { $0.firstReplaced(isXML: escaping.isXML) }) != nil {
      escape(from: start, isXML: escaping.isXML)
    }
  }

  /// Escapes what stands from a place on, in which something is to be replaced.
  private mutating func escape(from start: Int, isXML: Bool) {
    let source = bytes(from: start)
    truncate(to: start)
    appendEscaped(source.span, isXML: isXML)
  }

  /// The slow path: what lies between two replaced bytes is copied in one piece.
  private mutating func appendEscaped(_ source: Span<UInt8>, isXML: Bool) {
    var (start, next) = (0, source.firstReplaced(isXML: isXML))
    while let index = next {
      append(start..<index, of: source)
      start = index + 1
      switch source[index] {
      case 0x26: append("&amp;")
      case 0x3C: append("&lt;")
      case 0x3E: append("&gt;")
      case 0x22: append("&quot;")
      case 0x27: append("&#39;")
      case 0xEF:
        append("\u{FFFD}")
        start += 2
      default: append("\u{FFFD}")
      }
      next = source.firstReplaced(isXML: isXML, from: start)
    }
    append(start..<source.count, of: source)
  }
}

extension Span<UInt8> {
  /// A bit for each byte below 64 that HTML replaces: NUL, `"`, `&`, `'`, `<` and `>`.
  private static var replacedInHTML: UInt64 { 1 | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E }

  /// The same for XML, with the C0 controls except TAB, LF and CR.
  private static var replacedInXML: UInt64 {
    replacedInHTML | 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)
  }

  /// The place of the first byte from `start` on that cannot be copied as it is.
  fileprivate func firstReplaced(isXML: Bool, from start: Int = 0) -> Int? {
    let replaced = isXML ? Self.replacedInXML : Self.replacedInHTML
    var index = start
    while index < count {
      let byte = self[index]
      if byte < 64 {
        if replaced &>> UInt64(byte) & 1 != 0 { return index }
      } else if byte == 0xEF, isXML, hasNoncharacter(at: index) {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Whether the bytes are printable ASCII, at most `limit`, of which nothing is replaced anywhere.
  fileprivate func isPlain(limit: Int) -> Bool {
    guard count <= limit else { return false }
    if count < 8 { return isPlainByteByByte }
    var index = 0
    while index + 8 < count {
      if !isPlainWord(at: index) { return false }
      index += 8
    }
    // The last word overlaps the one before.
    return isPlainWord(at: count - 8)
  }

  private var isPlainByteByByte: Bool {
    let replaced = Self.replacedInHTML | 0xFFFF_FFFF  // no control is printable
    for index in indices {
      let byte = self[index]
      if byte < 64 ? replaced &>> UInt64(byte) & 1 != 0 : byte > 0x7E { return false }
    }
    return true
  }

  /// The same of eight bytes at once.
  private func isPlainWord(at index: Int) -> Bool {
    let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    let isOutside = (word | word &- eight(0x20) | zeros(word ^ eight(0x7F))) & eight(0x80)
    let quotes = zeros(word ^ eight(0x22)) | zeros(word ^ eight(0x27))
    let others = zeros(word ^ eight(0x26)) | zeros(word ^ eight(0x3C)) | zeros(word ^ eight(0x3E))
    return isOutside | quotes | others == 0
  }

  /// Whether U+FFFE or U+FFFF (EF BF BE, EF BF BF) starts at `index`, where EF is.
  fileprivate func hasNoncharacter(at index: Int) -> Bool {
    index + 2 < count && self[index + 1] == 0xBF && self[index + 2] >= 0xBE
  }
}

/// A byte eight times.
@inline(__always)
private func eight(_ byte: UInt64) -> UInt64 { 0x0101_0101_0101_0101 &* byte }

/// The highest bit of the lowest byte that is 0, and perhaps of some above it; nothing where none is.
@inline(__always)
private func zeros(_ word: UInt64) -> UInt64 { (word &- eight(1)) & ~word & eight(0x80) }

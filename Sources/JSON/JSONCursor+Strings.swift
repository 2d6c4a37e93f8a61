/// Strings: one pass over the bytes, one validation, one copy.
extension JSONCursor {
  /// Reads a string, the quotes included.
  mutating func readString(_ input: Span<UInt8>) throws(JSONFault) -> String {
    let start = offset + 1
    do throws(JSONFault) {
      return try readString(input, from: start)
    } catch {
      // UTF-8 is validated last, so a fault of another kind may hide an earlier one.
      guard let earlier = firstInvalidUTF8(input, in: start..<error.offset) else { throw error }
      throw JSONFault(.invalidUTF8, at: earlier)
    }
  }

  private mutating func readString(_ input: Span<UInt8>, from start: Int) throws(JSONFault) -> String {
    var runStart = start
    var position = start
    while position < input.count {
      switch input[position] {
      case 0x22:
        offset = position + 1
        if runStart == start { return try text(of: input.extracting(start..<position), at: position) }
        appendUnescaped(input, runStart..<position)
        return try text(of: unescaped.span, at: position)
      case 0x5C:
        if runStart == start { unescaped.removeAll(keepingCapacity: true) }
        appendUnescaped(input, runStart..<position)
        position = try readEscape(input, at: position)
        runStart = position
      case let byte where byte < 0x20:
        throw JSONFault(.controlCharacter(byte), at: position)
      default:
        position += 1
      }
    }
    throw .unexpected(in: input, at: position, expected: .stringEnd)
  }

  /// The text of bytes; the fault, if any, lies before `offset`.
  func text(of bytes: Span<UInt8>, at offset: Int) throws(JSONFault) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes))
    } catch {
      throw JSONFault(.invalidUTF8, at: offset)
    }
  }

  private mutating func appendUnescaped(_ input: Span<UInt8>, _ range: Range<Int>) {
    for index in range { unescaped.append(input[index]) }
  }

  /// Appends what the escape at `position` stands for, and says where it ends.
  private mutating func readEscape(_ input: Span<UInt8>, at position: Int) throws(JSONFault) -> Int {
    guard position + 1 < input.count else {
      throw .unexpected(in: input, at: position + 1, expected: .escapedCharacter)
    }
    switch input[position + 1] {
    case 0x22: unescaped.append(0x22)
    case 0x5C: unescaped.append(0x5C)
    case 0x2F: unescaped.append(0x2F)
    case 0x62: unescaped.append(0x08)
    case 0x66: unescaped.append(0x0C)
    case 0x6E: unescaped.append(0x0A)
    case 0x72: unescaped.append(0x0D)
    case 0x74: unescaped.append(0x09)
    case 0x75: return try readUnicodeEscape(input, at: position)
    default: throw .unexpected(in: input, at: position + 1, expected: .escapedCharacter)
    }
    return position + 2
  }

  /// Appends the scalar of `\uXXXX`, or of two that are a surrogate pair.
  private mutating func readUnicodeEscape(_ input: Span<UInt8>, at position: Int) throws(JSONFault) -> Int {
    let unit = try codeUnit(input, at: position)
    if let scalar = Unicode.Scalar(unit) {
      unescaped.append(contentsOf: scalar.utf8)
      return position + 6
    }
    let next = position + 6
    guard next + 1 < input.count, input[next] == 0x5C, input[next + 1] == 0x75,
      let scalar = scalar(lead: unit, trail: try codeUnit(input, at: next))
    else { throw JSONFault(.loneSurrogate(unit), at: position) }
    unescaped.append(contentsOf: scalar.utf8)
    return next + 6
  }

  /// The scalar of a surrogate pair, nil when the units are none.
  private func scalar(lead: UInt16, trail: UInt16) -> Unicode.Scalar? {
    guard UTF16.isLeadSurrogate(lead), UTF16.isTrailSurrogate(trail) else { return nil }
    return Unicode.Scalar(0x10000 + (UInt32(lead & 0x3FF) << 10 | UInt32(trail & 0x3FF)))
  }

  /// The four hexadecimal digits of the `\uXXXX` at `position`.
  private func codeUnit(_ input: Span<UInt8>, at position: Int) throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for index in position + 2..<position + 6 {
      guard index < input.count, let digit = hexadecimalDigit(input[index]) else {
        throw .unexpected(in: input, at: index, expected: .hexadecimalDigit)
      }
      unit = unit << 4 | digit
    }
    return unit
  }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
  switch byte {
  case 0x30...0x39: UInt16(byte - 0x30)
  case 0x41...0x46: UInt16(byte - 0x41 + 10)
  case 0x61...0x66: UInt16(byte - 0x61 + 10)
  default: nil
  }
}

/// The first byte in `range` that starts no valid UTF-8 sequence; only asked once something is wrong.
private func firstInvalidUTF8(_ input: Span<UInt8>, in range: Range<Int>) -> Int? {
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: input.extracting(range))
    return nil
  } catch {
    return range.lowerBound + error.byteOffsets.lowerBound
  }
}

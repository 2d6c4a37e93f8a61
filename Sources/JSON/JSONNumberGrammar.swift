/// The grammar of numbers: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` (RFC 8259 §6).
enum JSONNumberGrammar {
  /// Whether all of `text` is one number.
  static func matches(_ text: String) -> Bool {
    let bytes = text.utf8.span
    do throws(JSONFault) {
      return try end(of: bytes, from: 0) == bytes.count
    } catch {
      return false
    }
  }

  /// The place after the number that starts at `start`; what follows is the caller's to judge.
  static func end(of input: Span<UInt8>, from start: Int) throws(JSONFault) -> Int {
    var offset = start
    if offset < input.count, input[offset] == 0x2D { offset += 1 }
    let isZeroFirst = offset < input.count && input[offset] == 0x30
    let integerEnd = try endOfDigits(input, from: offset)
    if isZeroFirst, integerEnd > offset + 1 { throw JSONFault(.leadingZero, at: offset) }
    offset = integerEnd
    if offset < input.count, input[offset] == 0x2E {
      offset = try endOfDigits(input, from: offset + 1)
    }
    if offset < input.count, input[offset] | 0x20 == 0x65 {
      offset += 1
      if offset < input.count, input[offset] == 0x2B || input[offset] == 0x2D { offset += 1 }
      offset = try endOfDigits(input, from: offset)
    }
    return offset
  }

  /// The place after one or more digits.
  private static func endOfDigits(_ input: Span<UInt8>, from start: Int) throws(JSONFault) -> Int {
    var offset = start
    while offset < input.count, isDigit(input[offset]) { offset += 1 }
    guard offset > start else { throw JSONFault.unexpected(in: input, at: offset, expected: .digit) }
    return offset
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39
  }
}

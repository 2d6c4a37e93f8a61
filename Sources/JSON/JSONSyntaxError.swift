/// Why a text is not JSON, and where.
package struct JSONSyntaxError: Error, Equatable {
  /// What the parser met. Holds no names and no values of the input.
  package enum Reason: Sendable, Equatable {
    /// The text starts with a byte order mark, which RFC 8259 §8.1 forbids.
    case byteOrderMark
    /// The text ends where something had to follow.
    case unexpectedEnd(expected: Expectation)
    /// A byte stands where it cannot.
    case unexpectedByte(UInt8, expected: Expectation)
    /// A number such as `012`.
    case leadingZero
    /// A raw control character (below U+0020) inside a string.
    case controlCharacter(UInt8)
    /// Half of a surrogate pair as an escape.
    case loneSurrogate(UInt16)
    /// Bytes in a string that are not UTF-8.
    case invalidUTF8
    /// A name that the same object had before, byte for byte.
    case duplicateName
    /// An array or object inside more than `limit` others, itself counted.
    case tooDeep(limit: Int)
  }

  /// What would have been right in that place.
  package enum Expectation: Sendable, Equatable, CaseIterable {
    /// Any value.
    case value
    /// The first element of an array, or `]`.
    case valueOrArrayEnd
    /// `,` or `]`.
    case commaOrArrayEnd
    /// A quoted member name; `}` would leave a trailing comma.
    case name
    /// The first member of an object, or `}`.
    case nameOrObjectEnd
    /// The `:` after a name.
    case colon
    /// `,` or `}`.
    case commaOrObjectEnd
    /// The rest of `true`, `false` or `null`.
    case literal
    /// `0` to `9`.
    case digit
    /// One of the four after `\u`.
    case hexadecimalDigit
    /// One of the eight characters that may follow a backslash, or `u`.
    case escapedCharacter
    /// The closing quote.
    case stringEnd
    /// Nothing but white space after the value.
    case endOfText
  }

  /// The rule that is broken.
  package let reason: Reason
  /// Lines end with LF; the first is 1.
  package let line: Int
  /// Counted in bytes from 1.
  package let column: Int
  /// Counted in bytes from 0, from the start of what was given to the parser.
  package let offset: Int

  /// States a fault at a known place.
  package init(reason: Reason, line: Int, column: Int, offset: Int) {
    self.reason = reason
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Counts lines only now: correct texts need not pay for it.
  init(_ fault: JSONFault, in input: Span<UInt8>) {
    var line = 1
    var lineStart = 0
    for index in 0..<fault.offset where input[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    self.init(reason: fault.reason, line: line, column: fault.offset - lineStart + 1, offset: fault.offset)
  }
}

/// A reason with its offset: all that the parser knows while it runs.
struct JSONFault: Error {
  let reason: JSONSyntaxError.Reason
  let offset: Int

  init(_ reason: JSONSyntaxError.Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// The fault for whatever stands at `offset`, be it a byte or the end.
  static func unexpected(
    in input: Span<UInt8>, at offset: Int, expected: JSONSyntaxError.Expectation
  ) -> JSONFault {
    guard offset < input.count else { return JSONFault(.unexpectedEnd(expected: expected), at: input.count) }
    return JSONFault(.unexpectedByte(input[offset], expected: expected), at: offset)
  }
}

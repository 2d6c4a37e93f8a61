import JSON
import Testing

@Suite struct ErrorPositionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let reason: JSONSyntaxError.Reason
    let line: Int
    let column: Int
    let offset: Int

    init(
      _ name: String, _ text: String, _ reason: JSONSyntaxError.Reason, _ line: Int, _ column: Int,
      _ offset: Int
    ) {
      self.init(name, bytes: Array(text.utf8), reason, line, column, offset)
    }

    init(
      _ name: String, bytes: [UInt8], _ reason: JSONSyntaxError.Reason, _ line: Int, _ column: Int,
      _ offset: Int
    ) {
      testDescription = name
      self.bytes = bytes
      self.reason = reason
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  private static let cases = [
    Case("nothing", "", .unexpectedEnd(expected: .value), 1, 1, 0),
    Case("only white space", " \n ", .unexpectedEnd(expected: .value), 2, 2, 3),
    Case("a byte order mark", "\u{FEFF}{}", .byteOrderMark, 1, 1, 0),
    Case("a second value", "{}\n{}", .unexpectedByte(0x7B, expected: .endOfText), 2, 1, 3),
    Case("a trailing comma in an array", "[1,\n  2,\n]", .unexpectedByte(0x5D, expected: .value), 3, 1, 9),
    Case("a trailing comma in an object", "{\"a\":1,}", .unexpectedByte(0x7D, expected: .name), 1, 8, 7),
    Case("a name without quotes", "{a:1}", .unexpectedByte(0x61, expected: .nameOrObjectEnd), 1, 2, 1),
    Case("a missing colon", "{\"a\" 1}", .unexpectedByte(0x31, expected: .colon), 1, 6, 5),
    Case("a missing comma", "[1 2]", .unexpectedByte(0x32, expected: .commaOrArrayEnd), 1, 4, 3),
    Case("an array that is not closed", "[1", .unexpectedEnd(expected: .commaOrArrayEnd), 1, 3, 2),
    Case("an object that is not closed", "{\"a\":1", .unexpectedEnd(expected: .commaOrObjectEnd), 1, 7, 6),
    Case("an array closed as an object", "[}", .unexpectedByte(0x7D, expected: .valueOrArrayEnd), 1, 2, 1),
    Case("a leading zero", "[-012]", .leadingZero, 1, 3, 2),
    Case("a plus", "+1", .unexpectedByte(0x2B, expected: .value), 1, 1, 0),
    Case("a fraction without digits", "[1.]", .unexpectedByte(0x5D, expected: .digit), 1, 4, 3),
    Case("an exponent without digits", "1e+", .unexpectedEnd(expected: .digit), 1, 4, 3),
    Case("a cut literal", "[nul]", .unexpectedByte(0x5D, expected: .literal), 1, 5, 4),
    Case("a line feed in a string", "[\"a\nb\"]", .controlCharacter(0x0A), 1, 4, 3),
    Case("columns count bytes", "[\"é\", x]", .unexpectedByte(0x78, expected: .value), 1, 8, 7),
    Case("CR LF is one line end", "[\r\n\r\nx]", .unexpectedByte(0x78, expected: .valueOrArrayEnd), 3, 1, 5),
    Case("a string that is not closed", "\"abc", .unexpectedEnd(expected: .stringEnd), 1, 5, 4),
    Case("an unknown escape", #"["\x"]"#, .unexpectedByte(0x78, expected: .escapedCharacter), 1, 4, 3),
    Case("a cut escape", #""\"#, .unexpectedEnd(expected: .escapedCharacter), 1, 3, 2),
    Case("a short code", #""\u12G4""#, .unexpectedByte(0x47, expected: .hexadecimalDigit), 1, 6, 5),
    Case("a lone lead surrogate", #"["ab\uD800"]"#, .loneSurrogate(0xD800), 1, 5, 4),
    Case("a lone trail surrogate", #""\uDC00""#, .loneSurrogate(0xDC00), 1, 2, 1),
    Case("a lead before no trail", #""\uD800\u0041""#, .loneSurrogate(0xD800), 1, 2, 1),
    Case("a cut pair", #""\uD800\"#, .loneSurrogate(0xD800), 1, 2, 1),
    Case("invalid UTF-8", bytes: [0x22, 0x61, 0xFF, 0x22], .invalidUTF8, 1, 3, 2),
    Case("invalid UTF-8 behind an escape", bytes: [0x22, 0x5C, 0x6E, 0xC3, 0x22], .invalidUTF8, 1, 4, 3),
    Case("invalid UTF-8 before a control", bytes: [0x22, 0xC0, 0x80, 0x00], .invalidUTF8, 1, 2, 1),
    Case("an encoded surrogate", bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8, 1, 2, 1),
    Case("UTF-16", bytes: [0xFF, 0xFE, 0x7B, 0x00], .unexpectedByte(0xFF, expected: .value), 1, 1, 0),
    Case("a duplicate name", "{\"a\":1,\n \"a\":2}", .duplicateName, 2, 2, 9),
    Case(
      "NEL and VT are no white space", "[\u{B}1]", .unexpectedByte(0x0B, expected: .valueOrArrayEnd), 1, 2, 1),
  ]

  @Test(arguments: cases)
  func `a fault is reported with its reason and its place`(fault: Case) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(fault.bytes) }
    #expect(
      error
        == JSONSyntaxError(
          reason: fault.reason, line: fault.line, column: fault.column, offset: fault.offset))
  }
}

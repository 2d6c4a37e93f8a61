import JSON
import Testing

@Suite struct NumberTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("42", 42), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min),
      ("9223372036854775808", nil), ("1.0", nil), ("1e2", nil), ("1E2", nil), ("-1.5", nil),
    ] as [(String, Int64?)])
  func `an integer is one only in its exact form`(text: String, expected: Int64?) throws {
    let number = try #require(JSONNumber(text))
    #expect(number.integer == expected)
  }

  @Test func `a large integer is an integer that does not fit`() throws {
    let number = try #require(JSONNumber("123456789012345678901234567890"))
    #expect(number.isInteger)
    #expect(number.integer == nil)
  }

  @Test(arguments: [
    "", "-", "+1", "01", "1.", ".5", "1e", "NaN", "Infinity", "0x1", "1 ", " 1", "１", "1\u{301}",
  ])
  func `what is no number makes no number`(text: String) {
    #expect(JSONNumber(text) == nil)
  }

  @Test func `two spellings of one amount differ`() {
    #expect(JSONNumber("1") != JSONNumber("1.0"))
    #expect(JSONNumber("1.0") == JSONNumber("1.0"))
    #expect(JSONNumber(-7) == JSONNumber("-7"))
  }
}

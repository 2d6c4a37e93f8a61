import JSON
import Testing

@Suite struct ParserTests {
  @Test func `members keep the order of the source and numbers their spelling`() throws {
    let value = try JSONParser.parse(Array(#" {"b": [1.50, -0, 1E+2], "a": {"c": null, "d": true}} "#.utf8))
    guard case .object(let object) = value, case .array(let numbers)? = object["b"] else {
      Issue.record("not the object that was written")
      return
    }
    #expect(object.members.map(\.name) == ["b", "a"])
    let texts = numbers.map { if case .number(let number) = $0 { number.text } else { "" } }
    #expect(texts == ["1.50", "-0", "1E+2"])
    #expect(object["a"] == .object(JSONObject([("c", .null), ("d", .bool(true))])))
    #expect(object["c"] == nil)
  }

  @Test(arguments: [
    ("all short escapes", #""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    ("NUL", #""a\u0000b""#, "a\0b"),
    ("two bytes", #""\u00e9\u00E9""#, "éé"),
    ("a surrogate pair", #""x\uD83D\ude00y""#, "x😀y"),
    ("the last scalar", #""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    ("a noncharacter", #""\uFFFF""#, "\u{FFFF}"),
    ("text around an escape", #""été\n東京""#, "été\n東京"),
    (
      "a long text", "\"" + String(repeating: "0123456789", count: 20) + "\"",
      String(repeating: "0123456789", count: 20)
    ),
    ("DEL", "\"\u{7F}\"", "\u{7F}"),
    ("empty", #""""#, ""),
  ])
  func `a string is what its escapes stand for`(name: String, source: String, expected: String) throws {
    guard case .string(let text) = try JSONParser.parse(Array(source.utf8)) else {
      Issue.record("\(name) is no string")
      return
    }
    #expect(Array(text.utf8) == Array(expected.utf8), "\(name)")
  }

  @Test func `a combining mark behind a quote ends no string early and hides no end`() throws {
    let value = try JSONParser.parse(Array("[\"a\\\"\u{301}\",\"\u{301}b\"]".utf8))
    #expect(value == .array([.string("a\"\u{301}"), .string("\u{301}b")]))
  }

  @Test func `a line of a larger text is parsed without a copy, and counts from its own start`() throws {
    let lines = Array("{\"a\":1}\n{\"b\":]\n".utf8)
    #expect(try JSONParser.parse(lines[0..<7]) == .object(JSONObject([("a", .number(JSONNumber(1)))])))
    let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(lines[8..<14]) }
    #expect(
      error
        == JSONSyntaxError(
          reason: .unexpectedByte(0x5D, expected: .value), line: 1, column: 6, offset: 5))
  }

  @Test func `64 levels are accepted and 65 refused`() throws {
    let deepest = nested(64)
    #expect(try JSONParser.parse(deepest).canonicalBytes == deepest)
    let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(nested(65)) }
    #expect(error == JSONSyntaxError(reason: .tooDeep(limit: 64), line: 1, column: 65, offset: 64))
    let objects = String(repeating: #"{"a":"#, count: 65) + "1" + String(repeating: "}", count: 65)
    #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(objects.utf8)) }
  }

  @Test func `depth counts what is open, not what was`() throws {
    let siblings = "[" + Array(repeating: "[[],{}]", count: 100).joined(separator: ",") + "]"
    let limits = JSONLimits(maximumDepth: 3)
    #expect(throws: Never.self) { try JSONParser.parse(Array(siblings.utf8), limits: limits) }
    let scalar = try JSONParser.parse(Array("1".utf8), limits: JSONLimits(maximumDepth: 0))
    #expect(scalar == .number(JSONNumber(1)))
  }

  @Test(arguments: [2, 32, 33, 34, 500])
  func `a name that comes twice is refused in small and large objects`(count: Int) {
    let members = (0..<count).map { "\"key-\($0)\":\($0)" }
    let distinct = "{" + members.joined(separator: ",") + "}"
    #expect(throws: Never.self) { try JSONParser.parse(Array(distinct.utf8)) }
    for repeated in [0, count / 2, count - 1] {
      let twice = "{" + (members + [members[repeated]]).joined(separator: ",") + "}"
      let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(Array(twice.utf8)) }
      #expect(error?.reason == .duplicateName)
      #expect(error?.offset == distinct.utf8.count)
    }
  }

  @Test(arguments: [
    ("Kelvin sign", "cus_K", "cus_\u{212A}"), ("NFC and NFD", "\u{E9}", "e\u{301}"),
    ("semicolon", ";", "\u{37E}"),
    ("order of marks", "a\u{323}\u{307}", "a\u{307}\u{323}"),
  ])
  func `names that only look alike are two members`(name: String, one: String, other: String) throws {
    for padding in [0, 20] {
      let filler = (0..<padding).map { "\"\($0)\":0," }.joined()
      let source = "{\(filler)\"\(one)\":1,\"\(other)\":2}"
      guard case .object(let object) = try JSONParser.parse(Array(source.utf8)) else {
        Issue.record("\(name) is no object")
        return
      }
      #expect(object[one] == .number(JSONNumber(1)))
      #expect(object[other] == .number(JSONNumber(2)))
    }
  }

  @Test func `a name is the same however it is escaped`() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONParser.parse(Array(#"{"a":1,"\u0061":2}"#.utf8))
    }
    #expect(error == JSONSyntaxError(reason: .duplicateName, line: 1, column: 8, offset: 7))
  }

  @Test(arguments: [
    ("as expected", #"{"a":3,"b":4}"#, ["a", "b"]), ("in another order", #"{"b":3,"a":4}"#, ["b", "a"]),
    ("fewer", #"{"a":3}"#, ["a"]), ("more", #"{"a":3,"b":4,"c":5}"#, ["a", "b", "c"]),
    ("one that opens alike", #"{"a":3,"bb":4}"#, ["a", "bb"]),
    ("one that ends early", #"{"a":3,"":4}"#, ["a", ""]),
    ("spelt with an escape", #"{"\u0061":3,"b":4}"#, ["a", "b"]),
    ("with white space", #"{ "a" :3, "b" : 4 }"#, ["a", "b"]),
  ])
  func `an object in a list has its own names`(name: String, second: String, names: [String]) throws {
    #expect(try self.names(ofObjects: #"[{"a":1,"b":2},\#(second)]"#) == [["a", "b"], names])
  }

  @Test(arguments: [
    #"{"a":1,"a":2}"#, #"{"b":1,"b":2}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"c":2,"a":3}"#,
  ])
  func `an object in a list repeats no name`(second: String) {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONParser.parse(Array(#"[{"a":1,"b":2},\#(second)]"#.utf8))
    }
    #expect(error?.reason == .duplicateName)
  }

  @Test func `a name of the object before is no other name's escape`() throws {
    // The first name is a backslash; behind the second one's a quote is escaped.
    #expect(try names(ofObjects: #"[{"\\":1},{"\":2}":3}]"#) == [[#"\"#], [#"":2}"#]])
  }

  private func names(ofObjects source: String) throws -> [[String]] {
    guard case .array(let values) = try JSONParser.parse(Array(source.utf8)) else { return [] }
    return values.map { value in
      if case .object(let object) = value { object.members.map(\.name) } else { [] }
    }
  }

  private func nested(_ depth: Int) -> [UInt8] {
    [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
  }
}

import JSON
import Testing

@Suite struct ValueTests {
  @Test func `values are equal by bytes`() {
    #expect(JSONValue.string("cus_K") != .string("cus_\u{212A}"))
    #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    #expect(JSONValue.object(JSONObject([("\u{E9}", .null)])) != .object(JSONObject([("e\u{301}", .null)])))
    #expect(JSONValue.array([.bool(true), .null]) == .array([.bool(true), .null]))
    #expect(JSONValue.null != .bool(false))
  }

  @Test func `the order of members is a difference, but not in the canonical form`() throws {
    let one = try parse(#"{"a":{"y":2,"x":1},"b":[3]}"#)
    let other = try parse(#" {"b" : [3], "\u0061" : {"x":1, "y":2}} "#)
    #expect(one != other)
    #expect(one.canonicalBytes == other.canonicalBytes)
    #expect(one.canonicalBytes == Array(#"{"a":{"x":1,"y":2},"b":[3]}"#.utf8))
  }

  @Test func `canonical members are sorted by the bytes of their names`() throws {
    let value = try parse(#"{"é":1,"z":2,"Z":3,"za":4,"":5,"\uFFFF":6,"😀":7}"#)
    let expected = "{\"\":5,\"Z\":3,\"z\":2,\"za\":4,\"é\":1,\"\u{FFFF}\":6,\"😀\":7}"
    #expect(value.canonicalBytes == Array(expected.utf8))
  }

  @Test func `canonical numbers keep their spelling and arrays their order`() throws {
    #expect(try parse("[421.10, 421.1, 1e2]").canonicalBytes == Array("[421.10,421.1,1e2]".utf8))
  }

  @Test func `an object made with one name twice stops the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONObject([("a", .null), ("a", .null)])
    }
  }

  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8))
  }
}

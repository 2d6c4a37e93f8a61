import JSON
import Testing

@Suite struct PlaceTests {
  private let source = Array(
    """
    {
      "a": {"b": [1, {"c": 2}], "x\\u0041": "}"},
      "d": {
        "e": "text"
      }
    }
    """.utf8)

  @Test(arguments: [
    (["a"], 2, 3), (["a", "b"], 2, 9), (["a", "xA"], 2, 29), (["d"], 3, 3), (["d", "e"], 4, 5),
  ])
  func `a member is found by its path`(path: [String], line: Int, column: Int) throws {
    let place = try #require(JSONParser.place(of: path, in: source))
    #expect((place.line, place.column) == (line, column))
  }

  @Test(arguments: [[], ["x"], ["a", "c"], ["a", "b", "c"], ["d", "e", "f"]])
  func `what is not there has no place`(path: [String]) {
    #expect(JSONParser.place(of: path, in: source) == nil)
  }

  @Test func `what is not JSON has no place`() {
    #expect(JSONParser.place(of: ["a"], in: Array("{\"b\": tru".utf8)) == nil)
    #expect(JSONParser.place(of: ["a"], in: []) == nil)
  }
}

import JSON
import Markup
import Testing

@Suite struct WriterTests {
  @Test func `a compact document has no white space`() {
    var writer = JSONWriter()
    writeSample(&writer)
    #expect(
      text(writer) == #"{"name":"Ada","lines":[1,2.50,true,null],"none":[],"empty":{},"deep":[[{"a":-1}]]}"#)
  }

  @Test func `a key that was quoted before is the same key, however deep it stands`() {
    var one = JSONWriter(style: .pretty)
    var other = JSONWriter(style: .pretty)
    var keys = JSONKeys()
    for _ in 0..<20 {
      one.beginObject()
      other.beginObject()
      for (number, name) in [(3, "a"), (0, ""), (7, "\"\u{2028}é")] {
        one.key(name)
        one.null()
        other.key(number, of: &keys) { name }
        other.null()
      }
      one.key("a")
      other.key(3, of: &keys) { "a" }
    }
    one.null()
    other.null()
    #expect(one.bytes == other.bytes)
  }

  @Test func `a name is asked for once at each depth`() {
    var writer = JSONWriter(style: .pretty)
    var (keys, count) = (JSONKeys(), 0)
    for _ in 0..<2 {
      writer.beginObject()
      for _ in 0..<3 {
        writer.key(1, of: &keys) {
          count += 1
          return "a"
        }
        writer.null()
      }
      writer.key("b")
    }
    #expect(count == 2)
  }

  @Test func `what needs an escape is found at each place`() {
    for length in 0..<20 {
      for offset in 0...length {
        let (before, after) = (String(repeating: "a", count: offset), String(repeating: "é", count: length))
        for (source, escape) in ["\"": #"\""#, "\u{7F}": #"\u007f"#, "\u{2028}": #"\u2028"#] {
          var writer = JSONWriter()
          writer.beginArray()
          writer.string(before + source + after)
          writer.string(Array((before + source + after).utf8))
          writer.endArray()
          let quoted = "\"" + before + escape + after + "\""
          #expect(text(writer) == "[\(quoted),\(quoted)]")
        }
      }
    }
  }

  @Test func `a string that needs no escape is written in place`() {
    var writer = JSONWriter()
    writer.beginArray()
    writer.plainString { $0.append("2024-01") }
    writer.plainString { _ in }
    writer.endArray()
    #expect(text(writer) == #"["2024-01",""]"#)
  }

  @Test func `an emptied writer begins at the margin`() {
    var writer = JSONWriter(style: .pretty)
    writer.beginArray()
    writer.beginArray()
    writer.removeAll(keepingCapacity: true)
    writer.beginArray()
    writer.null()
    writer.endArray()
    #expect(text(writer) == "[\n  null\n]")
  }

  @Test func `a pretty document has a line a member`() {
    var writer = JSONWriter(style: .pretty)
    writeSample(&writer)
    writer.endDocument()
    #expect(
      text(writer) == """
        {
          "name": "Ada",
          "lines": [
            1,
            2.50,
            true,
            null
          ],
          "none": [],
          "empty": {},
          "deep": [
            [
              {
                "a": -1
              }
            ]
          ]
        }

        """)
  }

  @Test func `documents one after another are NDJSON`() {
    var writer = JSONWriter()
    writer.beginArray()
    writer.endArray()
    writer.endDocument()
    writer.integer(7)
    writer.endDocument()
    #expect(text(writer) == "[]\n7\n")
  }

  @Test func `an emptied writer starts anew, even out of an open container`() {
    var writer = JSONWriter(style: .pretty)
    writer.beginObject()
    writer.key("half")
    writer.removeAll(keepingCapacity: true)
    writer.null()
    #expect(text(writer) == "null")
  }

  @Test(arguments: [
    (42100, 2, "421.00"), (-5, 2, "-0.05"), (7, 0, "7"), (0, 2, "0.00"), (5, 1, "0.5"),
    (-12345, 3, "-12.345"),
    (Int64.min, 2, "-92233720368547758.08"), (Int64.max, 19, "0.9223372036854775807"),
    (1, 25, "0." + String(repeating: "0", count: 24) + "1"), (Int64.max, 0, "\"9223372036854775807\""),
  ])
  func `a decimal shows all its places`(digits: Int64, fractionDigits: Int, expected: String) {
    var writer = JSONWriter()
    writer.decimal(digits: digits, fractionDigits: fractionDigits)
    #expect(text(writer) == expected)
  }

  @Test(arguments: [
    (0, "0"), (-1, "-1"), (9_007_199_254_740_991, "9007199254740991"),
    (-9_007_199_254_740_991, "-9007199254740991"),
    (9_007_199_254_740_992, "\"9007199254740992\""), (-9_007_199_254_740_992, "\"-9007199254740992\""),
    (Int64.min, "\"-9223372036854775808\""),
  ])
  func `an integer that not every reader keeps exact is a string`(number: Int64, expected: String) {
    var writer = JSONWriter()
    writer.integer(number)
    #expect(text(writer) == expected)
  }

  @Test(arguments: [
    ("quote and backslash", "a\"b\\c", #"a\"b\\c"#),
    ("a quote under an accent", "\"\u{301}", "\\\"\u{301}"),
    ("short forms", "\u{8}\u{C}\n\r\t", #"\b\f\n\r\t"#),
    ("other controls", "\0\u{1B}\u{1F}\u{7F}", #"\u0000\u001b\u001f\u007f"#),
    ("C1", "\u{80}\u{9B}\u{9F}\u{A0}", "\\u0080\\u009b\\u009f\u{A0}"),
    ("line separators", "\u{2027}\u{2028}\u{2029}", "\u{2027}\\u2028\\u2029"),
    ("bidirectional marks", "\u{200D}\u{200E}\u{200F}\u{61C}", "\u{200D}\\u200e\\u200f\\u061c"),
    ("embeddings", "\u{202A}\u{202E}\u{202F}", "\\u202a\\u202e\u{202F}"),
    ("isolates", "\u{2065}\u{2066}\u{2069}\u{206A}", "\u{2065}\\u2066\\u2069\u{206A}"),
    ("byte order mark", "\u{FEFF}\u{FEFE}\u{FF00}", "\\ufeff\u{FEFE}\u{FF00}"),
    ("markup and slash stay", "</script>&'", "</script>&'"),
    ("neighbours by bytes", "\u{60C}\u{61D}\u{2100}é😀", "\u{60C}\u{61D}\u{2100}é😀"),
  ])
  func `text that would act is escaped`(name: String, source: String, expected: String) throws {
    var writer = JSONWriter()
    writer.string(source)
    #expect(writer.bytes == Array("\"\(expected)\"".utf8), "\(name)")
    #expect(try JSONParser.parse(writer.bytes) == .string(source), "\(name)")
    writer.removeAll()
    writer.beginObject()
    writer.key(source)
    writer.null()
    writer.endObject()
    #expect(writer.bytes == Array("{\"\(expected)\":null}".utf8), "\(name)")
  }

  @Test func `every scalar survives the way out and back`() throws {
    var all = String.UnicodeScalarView()
    for value: UInt32 in 0...0x2FFF { if let scalar = Unicode.Scalar(value) { all.append(scalar) } }
    for value: UInt32 in [0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x10FFFF] {
      if let scalar = Unicode.Scalar(value) { all.append(scalar) }
    }
    var writer = JSONWriter()
    writer.string(String(all))
    #expect(try JSONParser.parse(writer.bytes) == .string(String(all)))
  }

  @Test func `a parsed value is written as it was`() throws {
    let source = #"{"b":[1.50,-0,1E+2,"x"],"a":{"c":null,"d":true},"":false}"#
    var writer = JSONWriter()
    writer.write(try JSONParser.parse(Array(source.utf8)))
    #expect(text(writer) == source)
    var pretty = JSONWriter(style: .pretty)
    pretty.write(try JSONParser.parse(Array(source.utf8)))
    #expect(try JSONParser.parse(pretty.bytes) == JSONParser.parse(Array(source.utf8)))
  }

  @Test func `a number that is none stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.decimal("1e")
    }
  }

  @Test func `a member without a key stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.null()
    }
  }

  @Test func `an unfinished document stops the program`() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.endDocument()
    }
  }

  private func writeSample(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.string("Ada")
    writer.key("lines")
    writer.beginArray()
    writer.integer(1)
    writer.decimal("2.50")
    writer.bool(true)
    writer.null()
    writer.endArray()
    writer.key("none")
    writer.beginArray()
    writer.endArray()
    writer.key("empty")
    writer.beginObject()
    writer.endObject()
    writer.key("deep")
    writer.write(.array([.array([.object(JSONObject([("a", .number(JSONNumber(-1)))]))])]))
    writer.endObject()
  }

  private func text(_ writer: borrowing JSONWriter) -> String {
    String(decoding: writer.bytes, as: UTF8.self)
  }
}

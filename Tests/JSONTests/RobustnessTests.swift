import FolioTestSupport
import JSON
import Testing

@Suite struct RobustnessTests {
  private static let samples = [
    #"{"id":"evt_1","amount":421.00,"tags":["a","b\n",null],"nested":{"x":-1e-5,"y":{}}}"#,
    #"["\uD83D\uDE00","é東京😀",true,false,null,[[[]]],0,-0,1.5E+10]"#,
    "{\n  \"k\" : [ 1 , 2 ],\r\n\t\"é\": \"\\\"\\\\\" }\n",
  ]
  /// Bytes that mean something to the grammar or to UTF-8, which chance alone would seldom hit.
  private static let spice =
    Array(#"{}[]",:\u0123456789abcdefDd.-+eE/ntr"#.utf8) + [
      0, 0x0A, 0x7F, 0x80, 0xBF, 0xC3, 0xE2, 0xED, 0xEF, 0xF0, 0xFF,
    ]

  @Test(arguments: samples)
  func `whatever happens to a text, it is parsed or refused with a place`(sample: String) throws {
    var generator = SeededGenerator(seed: 0xF0110)
    let original = Array(sample.utf8)
    for _ in 0..<5_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, using: &generator) }
      try check(bytes)
    }
  }

  @Test(arguments: samples)
  func `a text cut anywhere is refused at its end or before`(sample: String) throws {
    let whole = Array(sample.utf8)
    for length in whole.indices { try check(Array(whole[..<length])) }
  }

  @Test func `random bytes are refused with a place`() throws {
    var generator = SeededGenerator(seed: 8259)
    for length in 0..<500 {
      try check((0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  /// What is accepted must survive the way out and back; what is refused must have a place that exists.
  private func check(_ bytes: [UInt8]) throws {
    do throws(JSONSyntaxError) {
      let value = try JSONParser.parse(bytes)
      var writer = JSONWriter()
      writer.write(value)
      guard try JSONParser.parse(writer.bytes) != value else { return }
      Issue.record("\(bytes) is not what was written")
    } catch {
      let lineCount = bytes.count { $0 == 0x0A } + 1
      guard
        !(0...bytes.count).contains(error.offset) || !(1...lineCount).contains(error.line) || error.column < 1
      else { return }
      Issue.record("\(bytes) has no such place: \(error)")
    }
  }

  private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &generator)
    let byte = Self.spice.randomElement(using: &generator) ?? 0
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes.insert(byte, at: place)
    case 1 where place < bytes.count: bytes[place] = byte
    case 2 where place < bytes.count: bytes.remove(at: place)
    default: bytes.insert(contentsOf: bytes[place...].prefix(8), at: place)
    }
  }
}

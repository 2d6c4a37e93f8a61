import Markup
import Testing

@Suite struct MarkupEscapingTests {
  @Test(arguments: MarkupEscaping.allCases)
  func `the five characters of markup are escaped everywhere`(escaping: MarkupEscaping) {
    #expect(escaped("a&b<c>d\"e'f", escaping) == "a&amp;b&lt;c&gt;d&quot;e&#39;f")
  }

  @Test(
    arguments: MarkupEscaping.allCases, ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{20E3}"])
  func `a combining scalar hides no markup`(escaping: MarkupEscaping, scalar: String) {
    let result = escaped("x\"\(scalar)<\(scalar)", escaping)
    #expect(Array(result.utf8) == Array("x&quot;\(scalar)&lt;\(scalar)".utf8))
  }

  @Test(arguments: MarkupEscaping.allCases)
  func `text without markup stays as it is`(escaping: MarkupEscaping) {
    let text = "Größe 10 €\t\r\n\u{7F}\u{FFFD}\u{F8FF}\u{1F600}"
    #expect(Array(escaped(text, escaping).utf8) == Array(text.utf8))
    #expect(escaped("", escaping) == "")
  }

  @Test func `HTML replaces NUL and no other control`() {
    #expect(escaped("a\0b\u{1}\u{FFFE}", .htmlText) == "a\u{FFFD}b\u{1}\u{FFFE}")
    #expect(escaped("a\0b\u{1}\u{FFFE}", .htmlAttribute) == "a\u{FFFD}b\u{1}\u{FFFE}")
  }

  @Test(arguments: [MarkupEscaping.xmlText, .xmlAttribute])
  func `XML replaces each character that it forbids`(escaping: MarkupEscaping) {
    for value: UInt8 in 0..<0x20 where ![0x09, 0x0A, 0x0D].contains(value) {
      let control = String(Unicode.Scalar(value))
      #expect(escaped("a\(control)b", escaping) == "a\u{FFFD}b")
    }
    #expect(escaped("\u{FFFE}", escaping) == "\u{FFFD}")
    #expect(escaped("a\u{FFFF}b", escaping) == "a\u{FFFD}b")
    #expect(escaped("\u{1FFFE}\u{FFBF}", escaping) == "\u{1FFFE}\u{FFBF}")
  }

  @Test func `bytes, slices and text are escaped alike`() {
    let text = "<a\u{FFFF}\0 href=\"é\">"
    for escaping in MarkupEscaping.allCases {
      var whole = ByteBuffer()
      whole.append(bytes: Array(text.utf8), escaping: escaping)
      var slice = ByteBuffer()
      slice.append(bytes: Array("<\(text)<".utf8).dropFirst().dropLast(), escaping: escaping)
      #expect(whole.bytes == Array(escaped(text, escaping).utf8))
      #expect(slice.bytes == whole.bytes)
    }
  }

  @Test func `a cut sequence at the end is copied, not read past`() {
    var buffer = ByteBuffer()
    buffer.append(bytes: [0x3C, 0xEF, 0xBF], escaping: .xmlText)
    buffer.append(bytes: [0xEF], escaping: .xmlText)
    #expect(buffer.bytes == Array("&lt;".utf8) + [0xEF, 0xBF, 0xEF])
  }

  @Test(arguments: MarkupEscaping.allCases)
  func `what is replaced is found at each place of a text`(escaping: MarkupEscaping) {
    let replacements = [
      "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;", "\0": "\u{FFFD}",
    ]
    for length in 0..<20 {
      for offset in 0...length {
        let (before, after) = (String(repeating: "a", count: offset), String(repeating: "é", count: length))
        for (byte, replacement) in replacements {
          #expect(escaped(before + byte + after, escaping) == before + replacement + after)
        }
      }
    }
  }

  @Test func `replaced characters one after another leave nothing between them`() {
    #expect(escaped("<<&&", .xmlText) == "&lt;&lt;&amp;&amp;")
    #expect(escaped("a\u{FFFE}<\u{FFFF}b", .xmlText) == "a\u{FFFD}&lt;\u{FFFD}b")
  }

  @Test(arguments: ["plain", "a<b", "é", "a\u{7F}b", "a\nb", "\u{202E}x", ""])
  func `what is displayed is neutralised and escaped`(text: String) {
    for count in [1, 2, 119, 120, 121, 130] {
      let long = String(repeating: text, count: count)
      var buffer = ByteBuffer()
      buffer.append(displayed: long, escaping: .htmlText)
      #expect(buffer.bytes == Array(escaped(DisplayText.neutralised(long), .htmlText).utf8))
    }
  }

  @Test func `what is displayed is looked at wherever it stands`() {
    let unplain = (0...0x1F).map { Unicode.Scalar($0) } + Array("\"&'<>\u{7F}\u{80}é".unicodeScalars)
    for length in 0..<20 {
      let plain = String(repeating: "~ ", count: length)
      for offset in 0..<plain.utf8.count {
        for scalar in unplain {
          let text = plain.prefix(offset) + String(scalar) + plain.dropFirst(offset)
          var buffer = ByteBuffer()
          buffer.append(displayed: String(text), escaping: .htmlText)
          #expect(buffer.text == escaped(DisplayText.neutralised(String(text)), .htmlText))
        }
      }
    }
  }

  @Test func `only what a closure appends is escaped`() {
    var buffer = ByteBuffer()
    buffer.append("<b>")
    buffer.append(escaping: .htmlText) { $0.append("1 < 2") }
    buffer.append(escaping: .htmlText) { $0.append("plain") }
    buffer.append(escaping: .htmlText) { _ in }
    #expect(buffer.bytes == Array("<b>1 &lt; 2plain".utf8))
  }

  private func escaped(_ text: String, _ escaping: MarkupEscaping) -> String {
    var buffer = ByteBuffer()
    buffer.append(text, escaping: escaping)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }
}

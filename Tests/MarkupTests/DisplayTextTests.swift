import Markup
import Testing

@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain ASCII", "Invoice 42 (EUR)", "Invoice 42 (EUR)"),
    ("letters of the world", "Ŝtéłlä 東京 שלום", "Ŝtéłlä 東京 שלום"),
    ("an escape sequence", "a\u{1B}[31mred", "a[31mred"),
    ("NUL, BEL, DEL and C1", "a\0\u{7}\u{7F}\u{80}\u{9B}\u{9F}b", "ab"),
    ("line ends and TAB", "a\tb\nc\rd\r\ne", "a b c d  e"),
    ("bidirectional controls", "a\u{202A}\u{202E}\u{2066}\u{2069}\u{200E}\u{200F}\u{61C}b", "ab"),
    ("line and paragraph separator", "a\u{2028}\u{2029}b", "ab"),
    ("byte order mark", "\u{FEFF}a", "a"),
    ("noncharacters", "a\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}b", "ab"),
    (
      "neighbours of what goes", "\u{2029}\u{2027}\u{202F}\u{2065}\u{206A}\u{FDF0}\u{A0}",
      "\u{2027}\u{202F}\u{2065}\u{206A}\u{FDF0}\u{A0}"
    ),
    ("joiners", "👩\u{200D}💻 می\u{200C}خواهم", "👩\u{200D}💻 می\u{200C}خواهم"),
  ])
  func `text keeps what is read and loses what acts`(name: String, text: String, expected: String) {
    #expect(Array(DisplayText.neutralised(text).utf8) == Array(expected.utf8), "\(name)")
  }

  @Test(arguments: ["a", "é"])
  func `text is cut after the limit, and only then`(letter: String) {
    let whole = String(repeating: letter, count: 120)
    #expect(DisplayText.neutralised(whole) == whole)
    #expect(DisplayText.neutralised(whole + letter) == whole + "…")
    #expect(DisplayText.neutralised("abc", scalarLimit: 2) == "ab…")
    #expect(DisplayText.neutralised("abc", scalarLimit: 0) == "…")
    #expect(DisplayText.neutralised("", scalarLimit: 0) == "")
  }

  /// A literal cannot spell these.
  @Test(arguments: [UInt32(0xFDD0), 0xFDDF, 0xFDEF])
  func `noncharacters among the Arabic forms go away`(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(DisplayText.neutralised("a\(String(scalar))b") == "ab")
  }

  @Test func `what is stripped counts for nothing`() {
    #expect(DisplayText.neutralised("\0a\0b\0\0", scalarLimit: 2) == "ab")
  }

  @Test func `marks that would cover the lines around stay away, those of scripts and emoji stay`() {
    let zalgo = String(repeating: "e" + String(repeating: "\u{301}", count: 10_000), count: 2)
    #expect(DisplayText.neutralised(zalgo).unicodeScalars.count == 2 + 2 * DisplayText.marksLimit)
    for text in ["שָׁלוֹם", "ที่สุด", "क्षत्रिय", "👩🏽‍🚀", "❤️", "e\u{301}\u{323}"] {
      #expect(DisplayText.neutralised(text) == text)
    }
  }

  @Test func `combining marks count one by one`() {
    let marked = String(repeating: "e\u{301}\u{323}\u{302}", count: 50)
    #expect(DisplayText.neutralised(marked).unicodeScalars.count == 121)
  }

  @Test func `text of which all stays is cut at the limit and not before`() {
    let text = String(repeating: "\u{0639}e\u{0301}", count: 40)
    #expect(DisplayText.neutralised(text) == text)
    #expect(DisplayText.neutralised(text + "x") == text + "…")
    #expect(DisplayText.neutralised(text + "\u{202E}") == text)
  }

  @Test func `marks are counted in Arabic as elsewhere`() {
    let marks = String(repeating: "\u{064B}", count: DisplayText.marksLimit)
    #expect(DisplayText.neutralised("\u{0628}" + marks) == "\u{0628}" + marks)
    #expect(DisplayText.neutralised("\u{0628}" + marks + "\u{064C}") == "\u{0628}" + marks)
  }
}

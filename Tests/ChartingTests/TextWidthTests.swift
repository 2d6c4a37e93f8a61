import Charting
import Testing

@Suite struct TextWidthTests {
  @Test(
    arguments: [
      ("", 0), ("0123456789", 792), ("jan", 218), ("JAN", 278), ("日本語", 396), ("🎉", 132), ("سبتمبر", 476),
      ("50%", 291), ("É", 93), ("$1,008.95", 627), ("1\u{202F}000", 357), ("e\u{301}", 73),
      ("\u{2067}7\u{2069}", 80), ("٣", 80),
    ] as [(String, Int64)])
  func `a text is as wide as its characters and a tenth more`(text: String, tenths: Int64) {
    #expect(TextWidth(of: text).tenths == tenths)
  }
}

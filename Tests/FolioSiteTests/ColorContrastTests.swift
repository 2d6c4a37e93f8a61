import FolioSite
import Foundation
import Testing

@Suite struct ThemeColorTests {
  @Test(arguments: [("#0B57d0", "#0b57d0"), ("#fa0", "#ffaa00"), ("#000", "#000000")])
  func `a colour has three or six digits of either case, and is written in six small ones`(
    read: String, written: String
  ) {
    #expect(ThemeColor(read)?.text == written)
  }

  @Test(arguments: [
    "", "#", "fff", "#ff", "#ffff", "#fffff", "#ggg", "#fff ", "# fff", "#\u{E9}a", "#+ff", "red",
  ])
  func `anything else is no colour`(text: String) {
    #expect(ThemeColor(text) == nil)
  }

  @Test func `mixing goes from the colour itself to the other`() throws {
    let color = try #require(ThemeColor("#40e010"))
    #expect(color.mixed(with: .white, parts: 0) == color)
    #expect(color.mixed(with: .white, parts: 128).text == "#9fef87")
    #expect(color.mixed(with: .black, parts: 128).text == "#207008")
    #expect(color.mixed(with: .white, parts: 256) == .white)
    #expect(color.mixed(with: .black, parts: 256) == .black)
  }
}

@Suite struct ColorContrastTests {
  // Known ratios: 21, 1, and the two greys on either side of 4.5 on white, 4.542 and 4.478.
  @Test(arguments: [
    ("#fff", "#000", 2100, "21.0", true), ("#fff", "#fff", 100, "1.0", false),
    ("#767676", "#fff", 454, "4.5", true), ("#777777", "#fff", 447, "4.4", false),
    ("#0b57d0", "#fff", 638, "6.3", true), ("#8ab4ff", "#161b21", 828, "8.2", true),
  ])
  func `a ratio is rounded down, so that its text never hides a failure`(
    one: String, other: String, hundredths: Int, text: String, isReadable: Bool
  ) throws {
    let (one, other) = (try #require(ThemeColor(one)), try #require(ThemeColor(other)))
    let ratio = one.contrast(with: other)
    #expect(ratio == other.contrast(with: one))
    #expect(ratio.hundredths == hundredths && ratio.text == text && (ratio >= .ofText) == isReadable)
  }

  @Test func `every grey has the contrast with black that the formula of WCAG gives`() {
    for value in UInt32(0)...255 {
      let part = Double(value) / 255
      let light = part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      let found = ThemeColor(rgb: value << 16 | value << 8 | value).contrast(with: .black).hundredths
      #expect(abs(Double(found) + 0.5 - 100 * (light + 0.05) / 0.05) <= 0.5001, "\(value)")
    }
  }

  @Test func `the nearest colour that can be read is the colour itself where it can`() throws {
    let blue = try #require(ThemeColor("#0b57d0"))
    #expect(blue.nearest(reaching: .ofText, on: [.white]) == blue)
    #expect(blue.nearest(reaching: .ofText, on: [.black])?.text == "#3372d7")
    #expect(blue.nearest(reaching: .ofText, on: [.black, .white])?.text == "#3372d7")
    #expect(blue.nearest(reaching: .ofText, on: [.black, .white, blue]) == nil)
  }

  @Test(arguments: ["#ff8800", "#ffff00", "#00c2a8", "#ff66cc"])
  func `one step less dark would not do`(text: String) throws {
    let color = try #require(ThemeColor(text))
    let nearest = try #require(color.nearest(reaching: .ofText, on: [.white]))
    #expect(nearest.isDarker(than: color) && nearest.contrast(with: .white) >= .ofText)
    let parts = try #require((0...256).first { color.mixed(with: .black, parts: $0) == nearest })
    #expect(color.mixed(with: .black, parts: parts - 1).contrast(with: .white) < .ofText)
  }
}

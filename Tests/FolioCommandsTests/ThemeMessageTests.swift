import FolioCommands
import FolioSite
import Testing

@Suite struct ThemeMessageTests {
  @Test(arguments: [
    (
      ##"{"accent_color": "#ff8800"}"##,
      "accent_color (#ff8800) has a contrast of 2.2:1 on the light page (#f6f7f9) and needs 4.5:1. Take a darker one, such as #ad5c00."
    ),
    (
      ##"{"accent_color_dark": "#0b57d0"}"##,
      "accent_color_dark (#0b57d0) has a contrast of 2.7:1 on the dark card (#161b21) and needs 4.5:1. Take a lighter one, such as #4982dc."
    ),
    (
      ##"{"theme": {"dark": {"ink6": "#fff"}}}"##,
      "theme.dark.ink6 (#ffffff) has a contrast of 1.4:1 on the dark heat6 (#bcd8ff) and needs 4.5:1. Take a darker one, such as #5d5d5d."
    ),
    (
      ##"{"theme": {"light": {"crad": "#fff"}}}"##, "There is no key 'theme.light.crad'. Did you mean 'card'?"
    ),
    (##"{"accent_color": "red"}"##, "accent_color must be a colour such as #0b57d0, not \"red\"."),
    (
      ##"{"theme": {"radius": "2em"}}"##,
      "theme.radius must be whole pixels from 0px to 24px, such as 8px, not \"2em\"."
    ),
    (
      ##"{"theme": {"font": "url(x)"}}"##,
      "theme.font must be font families such as Inter, \"Noto Sans\", sans-serif: ASCII names of at most 256 bytes in all, not \"url(x)\"."
    ),
  ])
  func `a theme that is refused says why and what would do`(text: String, words: String) {
    #expect {
      try SiteConfiguration(Array(text.utf8), file: "portal.json")
    } throws: { error in
      ErrorPresentation.text(for: error) == "portal.json: " + words
    }
  }

  @Test func `a ground on which nearly all is too faint names five of them and counts the rest`() {
    #expect {
      try SiteConfiguration(Array(##"{"theme": {"dark": {"card": "#8090a0"}}}"##.utf8), file: "portal.json")
    } throws: { error in
      let words = ErrorPresentation.text(for: error)
      let first =
        "portal.json: theme.dark.text (#e6eaf0) has a contrast of 2.7:1 on the dark card (#8090a0) and needs 4.5:1. "
        + "No colour of its hue reaches that wherever it stands: change what is behind it. theme.dark.quiet ("
      return words.hasPrefix(first) && words.hasSuffix(" And 7 more.")
    }
  }
}

import FolioSite
import FolioStore
import FolioTestSupport
import Foundation
import JSON
import Testing

private func theme(_ text: String) throws(SiteConfigurationError) -> Theme {
  try SiteConfiguration(Array(text.utf8), file: "portal.json").theme
}

/// The faults for which a configuration is refused; none where it is taken.
private func faults(of text: String) throws -> [ContrastFault] {
  do {
    _ = try theme(text)
    return []
  } catch .contrast("portal.json", let faults) {
    return faults
  }
}

private func style(_ text: String) throws -> String {
  String(decoding: try theme(text).stylesheet, as: UTF8.self)
}

@Suite struct ThemeTests {
  @Test(arguments: ColorScheme.allCases) func `the shipped colours keep every minimum`(scheme: ColorScheme) {
    #expect(Theme().contrastFaults.isEmpty)
    for token in ThemeToken.allCases {
      guard let (backgrounds, least) = token.need else { continue }
      for background in backgrounds {
        let ratio = token.standard(in: scheme).contrast(with: background.standard(in: scheme))
        #expect(ratio >= least, "\(token.rawValue) on \(background.rawValue): \(ratio.text)")
      }
    }
  }

  @Test func `the stylesheet's colours are the shipped ones`() throws {
    let file = Repository.root.appendingPathComponent("assets/css/folio.css")
    let roots = try String(contentsOf: file, encoding: .utf8).components(separatedBy: ":root {").dropFirst()
      .map { $0.components(separatedBy: "}")[0] }
    for (scheme, root) in zip(ColorScheme.allCases, roots) {
      for declaration in root.components(separatedBy: ";") {
        let parts = declaration.components(separatedBy: ":").map {
          $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard parts.count == 2, let color = ThemeColor(parts[1]) else { continue }
        let token = try #require(
          ThemeToken(rawValue: String(parts[0].dropFirst(2))), "\(parts[0]) has no token")
        #expect(color == token.standard(in: scheme), "--\(token.rawValue) of the \(scheme.rawValue) scheme")
      }
    }
  }

  @Test func `an accent that cannot be read is refused on the background where it reads worst`() throws {
    let faults = try faults(of: ##"{"accent_color": "#ff8800"}"##)
    let fault = try #require(faults.first)
    #expect(
      faults.count == 1 && fault.path == "accent_color" && fault.scheme == .light && fault.background == .page
    )
    #expect(fault.found < .ofText && fault.needed == .ofText)
    let nearest = try #require(fault.nearest)
    #expect(throws: Never.self) { try theme(#"{"accent_color": "\#(nearest.text)"}"#) }
  }

  @Test(arguments: ["#7a1fa2", "#000", "#b00020", "#0a5c36", "#1b1f24"])
  func `the dark scheme's accent follows from the light one and can be read`(accent: String) throws {
    let derived = try theme(#"{"accent_color": "\#(accent)"}"#).color(of: .accent, in: .dark)
    for ground in [ThemeToken.card, .page] {
      #expect(derived.contrast(with: ground.standard(in: .dark)) >= .ofText)
    }
    let (source, parts) = (try #require(ThemeColor(accent)), 0...256)
    #expect(parts.contains { source.mixed(with: .white, parts: $0) == derived })
  }

  @Test func `a dark accent of its own stands, and is checked too`() throws {
    let own = try theme(##"{"accent_color": "#7a1fa2", "accent_color_dark": "#e1bee7"}"##)
    #expect(
      own.color(of: .accent, in: .dark).text == "#e1bee7" && own.color(of: .link, in: .dark).text == "#e1bee7"
    )
    let fault = try #require(faults(of: ##"{"accent_color_dark": "#0b57d0"}"##).first)
    #expect(fault.path == "accent_color_dark" && fault.background == .card)
    #expect(try !#require(fault.nearest).isDarker(than: fault.color))
  }

  @Test(arguments: [
    (##"{"light": {"text": "#999"}}"##, "theme.light.text", ThemeToken.page, ContrastRatio.ofText),
    (##"{"dark": {"quiet": "#555"}}"##, "theme.dark.quiet", .card, .ofText),
    (##"{"light": {"link": "#9999ff"}}"##, "theme.light.link", .page, .ofText),
    (##"{"light": {"s2": "#eebb88"}}"##, "theme.light.s2", .card, .ofMarks),
    (##"{"dark": {"other": "#444"}}"##, "theme.dark.other", .card, .ofMarks),
    (##"{"light": {"heat3": "#123f80"}}"##, "theme.light.ink3", .heat3, .ofText),
    (##"{"dark": {"ink6": "#fff"}}"##, "theme.dark.ink6", .heat6, .ofText),
    (##"{"dark": {"card": "#fff"}}"##, "theme.dark.text", .card, .ofText),
  ])
  func `a colour that is too faint is refused with its key, its ground and its need`(
    keys: String, path: String, ground: ThemeToken, needed: ContrastRatio
  ) throws {
    let fault = try #require(faults(of: #"{"theme": \#(keys)}"#).first)
    #expect(fault.path == path && fault.background == ground && fault.needed == needed)
  }

  @Test func `a ground that all else is too faint on is refused with each of them`() throws {
    let faults = try faults(of: ##"{"theme": {"light": {"card": "#808080"}}}"##)
    #expect(faults.count > 5 && faults.allSatisfy { $0.background == .card && $0.scheme == .light })
    #expect(!faults.contains { $0.token == .link })
  }

  @Test func `a colour that fits is taken, alone or with the ground that it needs`() throws {
    let own = try theme(
      ##"{"theme": {"light": {"page": "#fffdf8", "s1": "#456"}, "dark": {"heat6": "#fff", "grid": "#161b21"}}}"##
    )
    #expect(
      own.color(of: .page, in: .light).text == "#fffdf8"
        && own.color(of: .series1, in: .light).text == "#445566")
    #expect(own.color(of: .page, in: .dark) == ThemeToken.page.standard(in: .dark))
  }

  @Test(arguments: [
    (##"{"theme": {"light": {"crad": "#fff"}}}"##, "theme.light.crad", "card"),
    (##"{"theme": {"drak": {}}}"##, "theme.drak", "dark"),
    (##"{"theme": {"dark": {"accent": "#fff"}}}"##, "theme.dark.accent", "link"),
  ])
  func `an unknown name is refused with those that are known there`(text: String, path: String, known: String)
  {
    #expect {
      try theme(text)
    } throws: { error in
      guard case SiteConfigurationError.unknownKey(_, path, let names) = error else { return false }
      return names.contains(known)
    }
  }

  @Test(arguments: ["8", "8 px", "25px", "-1px", "+8px", "08px", "8em", "1.5px", ""])
  func `a radius is whole pixels up to 24`(radius: String) throws {
    let error = FieldError(path: "theme.radius", expected: .pixels(most: 24), found: "\"\(radius)\"")
    #expect(throws: SiteConfigurationError.field(file: "portal.json", error)) {
      try theme(#"{"theme": {"radius": "\#(radius)"}}"#)
    }
    #expect(try theme(#"{"theme": {"radius": "0px"}}"#).radiusPixels == 0)
    #expect(try theme(#"{"theme": {"radius": "24px"}}"#).radiusPixels == 24)
  }

  @Test(arguments: [
    "Inter", "-apple-system, \"Segoe UI\", sans-serif", "'Noto Sans' , serif", "Gill Sans MT,x_1",
    String(repeating: "x", count: 256),
  ])
  func `a list of font families is taken as it is`(font: String) throws {
    var own = SiteConfiguration()
    own.theme.fontFamilies = font
    #expect(try SiteConfiguration(own.fileBytes, file: "portal.json") == own)
  }

  @Test(arguments: [
    "", " ", "Inter,", ",Inter", "url(x)", "x; color: red", "x} body{", "a/*", "\"Segoe UI", "\"\"",
    "\"a\\\"b\"",
    "\"a\" b", "1st", "--x", "x\ny", "@import", "caf\u{E9}", "\"a,b\"", "<x>", "\"\u{301}", "x!important",
    "\"",
    String(repeating: "x", count: 257),
  ])
  func `what could leave its place in a stylesheet is no font family`(font: String) throws {
    var own = SiteConfiguration()
    own.theme.fontFamilies = font
    #expect {
      try SiteConfiguration(own.fileBytes, file: "portal.json")
    } throws: { error in
      guard case SiteConfigurationError.field(_, let error) = error else { return false }
      return error.path == "theme.font" && error.expected == .fontFamilies
    }
  }

  @Test func `what is written reads back`() throws {
    var own = SiteConfiguration()
    own.theme[.accent, in: .light] = ThemeColor("#7a1fa2")
    own.theme[.accent, in: .dark] = ThemeColor("#e1bee7")
    own.theme[.page, in: .light] = ThemeColor("#fffdf8")
    own.theme[.series1, in: .dark] = ThemeColor("#8ab4ff")
    own.theme.radiusPixels = 4
    own.theme.fontFamilies = "Inter, sans-serif"
    #expect(try SiteConfiguration(own.fileBytes, file: "portal.json") == own)
  }
}

@Suite struct ThemeStylesheetTests {
  @Test(arguments: [
    "{}", ##"{"accent_color": "#0B57D0"}"##, ##"{"theme": {"dark": {"card": "#161b21"}, "radius": "8px"}}"##,
  ])
  func `a site that changes nothing adds nothing`(text: String) throws {
    #expect(try theme(text).stylesheet.isEmpty)
  }

  @Test func `colours are for screens, and the dark scheme repeats what only the light one changes`() throws {
    #expect(
      try style(
        ##"{"accent_color": "#7a1fa2", "theme": {"light": {"page": "#fffdf8"}, "radius": "4px", "font": "Inter, serif"}}"##
      )
        == """

        /* The site's theme */
        @media screen {
          :root { --page: #fffdf8; --accent: #7a1fa2; --link: #7a1fa2; }
        }
        @media screen and (prefers-color-scheme: dark) {
          :root { --page: #0e1216; --accent: #a76bc1; --link: #a76bc1; }
        }
        :root { --radius: 4px; --font: Inter, serif; }

        """)
  }

  @Test func `the published stylesheet is the shipped file, and after it the theme under another name`()
    throws
  {
    let shipped = try Array(Data(contentsOf: Repository.root.appendingPathComponent("assets/css/folio.css")))
    let plain = try stylesheet(Theme())
    #expect(plain.bytes == shipped)
    let own = try theme(##"{"accent_color": "#7a1fa2"}"##)
    let themed = try stylesheet(own)
    #expect(themed.bytes == shipped + own.stylesheet && themed.name != plain.name)
  }

  private func stylesheet(_ theme: Theme) throws -> (name: String, bytes: [UInt8]) {
    let sources = try SiteSources(
      root: Repository.root.path, site: nil, logo: nil, theme: theme, languages: ["en"])
    let name = try #require(sources.assetNames["folio.css"])
    return try #require(sources.assets.first { $0.name == name })
  }
}

@Suite struct ThemeSchemaTests {
  @Test(arguments: ColorScheme.allCases)
  func `the schema documents every colour with its shipped value`(scheme: ColorScheme) throws {
    let file = Repository.root.appendingPathComponent("assets/schemas/portal.schema.json")
    let schema = try JSONParser.parse(Array(Data(contentsOf: file)))
    let tokens = ThemeToken.allCases.filter { $0 != .accent }
    let defaults = try members(of: schema, ["properties", "theme", "properties", scheme.rawValue, "default"])
    #expect(defaults.map(\.name) == tokens.map(\.rawValue))
    #expect(defaults.map(\.value) == tokens.map { .string($0.standard(in: scheme).text) })
    let documented = try members(of: schema, ["$defs", "colors", "properties"])
    #expect(documented.map(\.name) == tokens.map(\.rawValue))
  }

  @Test func `the schema's examples are configurations`() throws {
    let file = Repository.root.appendingPathComponent("assets/schemas/portal.schema.json")
    let schema = try JSONParser.parse(Array(Data(contentsOf: file)))
    guard case .object(let object) = schema, case .array(let examples)? = object["examples"] else {
      Issue.record("no examples")
      return
    }
    for example in examples {
      var writer = JSONWriter()
      writer.write(example)
      writer.endDocument()
      #expect(throws: Never.self) { try SiteConfiguration(writer.bytes, file: "portal.json") }
    }
  }

  private func members(of value: JSONValue, _ path: [String]) throws -> [(name: String, value: JSONValue)] {
    var value = value
    for name in path {
      guard case .object(let object) = value else { break }
      value = try #require(object[name], "\(name)")
    }
    guard case .object(let object) = value else { return [] }
    return object.members
  }
}

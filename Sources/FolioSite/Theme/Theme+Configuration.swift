import FolioStore
import JSON

extension Theme {
  /// Reads the keys of `portal.json` that make a theme.
  init(_ fields: FieldReader) throws(FieldError) {
    self.init()
    let accent = try fields.optionalColor("accent_color")
    // The shipped accent has a shipped dark one, from which nothing is derived.
    if accent != ThemeToken.accent.standard(in: .light) { self[.accent, in: .light] = accent }
    self[.accent, in: .dark] = try fields.optionalColor("accent_color_dark")
    guard let theme = try fields.optionalObject("theme") else { return }
    for scheme in ColorScheme.allCases {
      guard let colors = try theme.optionalObject(scheme.rawValue) else { continue }
      for token in Self.tokens { self[token, in: scheme] = try colors.optionalColor(token.rawValue) }
    }
    radiusPixels = try theme.optionalRadius("radius") ?? radiusPixels
    fontFamilies = try theme.optionalFontFamilies("font")
  }

  /// The colours that `theme` may name; the accent has keys of its own.
  private static let tokens = ThemeToken.allCases.filter { $0 != .accent }

  /// What a site changed, as `theme` holds it.
  var document: JSONObject {
    var members: [(name: String, value: JSONValue)] = ColorScheme.allCases.compactMap { scheme in
      let colors = Self.tokens.compactMap { token in
        self[token, in: scheme].map { (token.rawValue, JSONValue.string($0.text)) }
      }
      return colors.isEmpty ? nil : (scheme.rawValue, .object(JSONObject(colors)))
    }
    if radiusPixels != Self.standardRadiusPixels { members.append(("radius", .string("\(radiusPixels)px"))) }
    if let fontFamilies { members.append(("font", .string(fontFamilies))) }
    return JSONObject(members)
  }

  /// Every name that `theme` may hold.
  static var knownKeys: JSONObject {
    let colors = JSONValue.object(JSONObject(tokens.map { ($0.rawValue, .null) }))
    return JSONObject([("light", colors), ("dark", colors), ("radius", .null), ("font", .null)])
  }
}

extension FieldReader {
  fileprivate func optionalColor(_ name: String) throws(FieldError) -> ThemeColor? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value, let color = ThemeColor(text) else { throw fail(name, .color) }
    return color
  }

  /// Whole pixels, `8px`.
  fileprivate func optionalRadius(_ name: String) throws(FieldError) -> Int? {
    guard let value = value(name) else { return nil }
    let radii = 0...Theme.mostRadiusPixels
    guard case .string(let text) = value,
      let radius = radii.first(where: { "\($0)px".utf8.elementsEqual(text.utf8) })
    else { throw fail(name, .pixels(most: Theme.mostRadiusPixels)) }
    return radius
  }

  fileprivate func optionalFontFamilies(_ name: String) throws(FieldError) -> String? {
    guard let value = value(name) else { return nil }
    guard case .string(let text) = value, isFontFamilyList(text) else { throw fail(name, .fontFamilies) }
    return text
  }
}

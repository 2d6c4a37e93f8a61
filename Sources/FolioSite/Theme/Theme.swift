/// What a site changes of the shipped look; nothing at first.
package struct Theme: Hashable, Sendable {
  private var overrides: [Place: ThemeColor] = [:]
  /// Of cards and fields, from 0 to ``mostRadiusPixels``.
  package var radiusPixels = standardRadiusPixels
  /// A CSS list of font families; nil for the system's own.
  package var fontFamilies: String?

  package init() {}

  private struct Place: Hashable {
    let token: ThemeToken
    let scheme: ColorScheme
  }

  package static let standardRadiusPixels = 8
  package static let mostRadiusPixels = 24

  /// The colour that the site sets for a token, nil where it leaves the one that follows.
  package subscript(_ token: ThemeToken, in scheme: ColorScheme) -> ThemeColor? {
    get { overrides[Place(token: token, scheme: scheme)] }
    set { overrides[Place(token: token, scheme: scheme)] = newValue }
  }

  /// The colour of a token: the site's, else what follows from the site's accent, else the shipped one.
  package func color(of token: ThemeToken, in scheme: ColorScheme) -> ThemeColor {
    if let own = self[token, in: scheme] { return own }
    switch (token, scheme) {
    case (.link, _): return color(of: .accent, in: scheme)
    case (.accent, .dark): return derivedAccent ?? token.standard(in: scheme)
    default: return token.standard(in: scheme)
    }
  }

  /// The site's accent made as light as text on the dark scheme must be; nil where the site has none.
  private var derivedAccent: ThemeColor? {
    guard let accent = self[.accent, in: .light] else { return nil }
    let backgrounds = [ThemeToken.card, .page].map { color(of: $0, in: .dark) }
    return accent.nearest(reaching: .ofText, on: backgrounds) ?? accent
  }
}

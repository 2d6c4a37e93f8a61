/// A colour that cannot be read, or made out, where it stands.
package struct ContrastFault: Hashable, Sendable {
  package let scheme: ColorScheme
  package let token: ThemeToken
  package let color: ThemeColor
  package let background: ThemeToken
  package let backgroundColor: ThemeColor
  package let found: ContrastRatio
  package let needed: ContrastRatio
  /// The nearest of the same hue that would do on every background of the token; nil where none does.
  package let nearest: ThemeColor?

  /// The way to the colour in `portal.json`: `accent_color`, `theme.dark.text`.
  package var path: String {
    switch (token, scheme) {
    case (.accent, .light): "accent_color"
    case (.accent, .dark): "accent_color_dark"
    default: "theme.\(scheme.rawValue).\(token.rawValue)"
    }
  }
}

extension Theme {
  /// The colours that fall short of their need, each on the background where it does most, the light scheme first.
  package var contrastFaults: [ContrastFault] {
    ColorScheme.allCases.flatMap { scheme in
      ThemeToken.allCases.compactMap { contrastFault(of: $0, in: scheme) }
    }
  }

  private func contrastFault(of token: ThemeToken, in scheme: ColorScheme) -> ContrastFault? {
    // A link that has the accent's colour falls short with it.
    guard let (backgrounds, least) = token.need, token != .link || self[.link, in: scheme] != nil
    else { return nil }
    let color = color(of: token, in: scheme)
    let pairs = backgrounds.map { ground in
      let ground = (token: ground, color: self.color(of: ground, in: scheme))
      return (ground: ground, ratio: color.contrast(with: ground.color))
    }
    guard let worst = pairs.min(by: { $0.ratio < $1.ratio }), worst.ratio < least else { return nil }
    return ContrastFault(
      scheme: scheme, token: token, color: color, background: worst.ground.token,
      backgroundColor: worst.ground.color, found: worst.ratio, needed: least,
      nearest: color.nearest(reaching: least, on: pairs.map(\.ground.color)))
  }
}

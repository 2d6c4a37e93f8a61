extension Theme {
  /// The rules that follow `folio.css` in the published stylesheet; empty when they would change nothing.
  ///
  /// Colours are for screens alone: paper keeps those that `folio.css` gives it.
  package var stylesheet: [UInt8] {
    let tokens = ThemeToken.allCases.filter { token in
      ColorScheme.allCases.contains { color(of: token, in: $0) != token.standard(in: $0) }
    }
    var rules = ""
    if !tokens.isEmpty {
      rules += "@media screen {\n  \(root(tokens.map { declaration(of: $0, in: .light) }))\n}\n"
      // These rules come last, so the dark scheme says again what only the light one changes.
      rules += "@media screen and (prefers-color-scheme: dark) {\n"
      rules += "  \(root(tokens.map { declaration(of: $0, in: .dark) }))\n}\n"
    }
    if !measures.isEmpty { rules += root(measures) + "\n" }
    return rules.isEmpty ? [] : Array(("\n/* The site's theme */\n" + rules).utf8)
  }

  /// What is no colour, for screen and paper.
  private var measures: [String] {
    var measures: [String] = []
    if radiusPixels != Self.standardRadiusPixels { measures.append("--radius: \(radiusPixels)px;") }
    if let fontFamilies { measures.append("--font: \(fontFamilies);") }
    return measures
  }

  private func declaration(of token: ThemeToken, in scheme: ColorScheme) -> String {
    "--\(token.rawValue): \(color(of: token, in: scheme).text);"
  }

  private func root(_ declarations: [String]) -> String {
    ":root { \(declarations.joined(separator: " ")) }"
  }
}

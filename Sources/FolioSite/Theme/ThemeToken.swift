/// The schemes of `prefers-color-scheme`.
package enum ColorScheme: String, CaseIterable, Sendable {
  case light, dark
}

/// A colour of the stylesheet; its raw value is the name of the CSS variable, without the dashes.
package enum ThemeToken: String, CaseIterable, Sendable {
  /// Behind everything, and behind what is read.
  case page, card
  case text, quiet
  /// Rules of tables and frames; the lines, the foot and the empty part of charts.
  case line, grid, axis, track
  /// The site's own colour: the current page and the focus, and links unless they have another.
  case accent, link
  case series1 = "s1"
  case series2 = "s2"
  case series3 = "s3"
  case series4 = "s4"
  /// The series of what has none of its own.
  case other
  /// Words that say a state.
  case ok, bad, due
  /// The cells of a heat table from the least to the most.
  case heat0, heat1, heat2, heat3, heat4, heat5, heat6
  /// The figures in those cells.
  case ink0, ink1, ink2, ink3, ink4, ink5, ink6

  /// The colour that a site has which says nothing.
  package func standard(in scheme: ColorScheme) -> ThemeColor {
    ThemeColor(rgb: scheme == .light ? palette.light : palette.dark)
  }

  /// Where the colour must stand out and how much; nil for grounds and for what only decorates.
  package var need: (backgrounds: [ThemeToken], least: ContrastRatio)? {
    switch self {
    case .text, .quiet, .accent, .link, .ok, .bad, .due: ([.card, .page], .ofText)
    case .axis, .series1, .series2, .series3, .series4, .other: ([.card], .ofMarks)
    case .ink0: ([.heat0], .ofText)
    case .ink1: ([.heat1], .ofText)
    case .ink2: ([.heat2], .ofText)
    case .ink3: ([.heat3], .ofText)
    case .ink4: ([.heat4], .ofText)
    case .ink5: ([.heat5], .ofText)
    case .ink6: ([.heat6], .ofText)
    case .page, .card, .line, .grid, .track: nil
    case .heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6: nil
    }
  }
}

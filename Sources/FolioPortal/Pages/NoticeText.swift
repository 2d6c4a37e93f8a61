import Markup

/// Markdown from data before it is parsed: harmless to see, with its lines and indentation as they were.
enum NoticeText {
  /// How many combining marks may follow one another; scripts and emoji need fewer.
  static let marksLimit = 8

  /// The text without controls and marks of direction, and with runs of combining marks cut.
  ///
  /// Line feeds and tabs stay, and other line ends become line feeds, because Markdown lives by them.
  ///
  /// - Complexity: O(n).
  static func neutralised(_ text: String) -> String {
    var (output, piece) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      if scalar == "\n" && previous == "\r" { continue }
      guard scalar == "\n" || scalar == "\r" || scalar == "\t" else {
        piece.append(scalar)
        continue
      }
      output += harmless(piece) + [scalar == "\t" ? "\t" : "\n"]
      piece = String.UnicodeScalarView()
    }
    return String(output + harmless(piece))
  }

  private static func harmless(_ piece: String.UnicodeScalarView) -> [Unicode.Scalar] {
    var markCount = 0
    return DisplayText.neutralised(String(piece), scalarLimit: .max).unicodeScalars.filter { scalar in
      markCount = isCombining(scalar) ? markCount + 1 : 0
      return markCount <= marksLimit
    }
  }

  private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x300 { return false }
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark
  }
}

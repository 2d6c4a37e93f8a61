import Markup

/// Markdown from data before it is parsed: harmless to see, with its lines and indentation as they were.
enum NoticeText {
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

  private static func harmless(_ piece: String.UnicodeScalarView) -> String.UnicodeScalarView {
    DisplayText.neutralised(String(piece), scalarLimit: .max).unicodeScalars
  }
}

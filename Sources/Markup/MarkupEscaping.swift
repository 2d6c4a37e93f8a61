/// Where a piece of foreign text is put, which decides what of it must be replaced.
///
/// All of them escape `&`, `<`, `>`, `"` and `'`, so text escaped for one place stays harmless in the other.
package enum MarkupEscaping: Sendable, CaseIterable {
  /// Between HTML tags.
  case htmlText
  /// Inside a quoted HTML attribute value.
  case htmlAttribute
  /// Between XML or SVG tags.
  case xmlText
  /// Inside a quoted XML or SVG attribute value.
  case xmlAttribute

  /// XML 1.0 §2.2 forbids more characters than HTML, even as references.
  var isXML: Bool {
    switch self {
    case .htmlText, .htmlAttribute: false
    case .xmlText, .xmlAttribute: true
    }
  }
}

/// Text that came from data, made harmless for the people who read it on a page or in a terminal.
///
/// This is about what people see; it replaces no escaping.
package enum DisplayText {
  /// `text` without the characters that steer a terminal, turn the direction of reading or cannot be seen.
  ///
  /// Goes away: C0 and C1 controls (TAB, LF and CR become a space each), the marks, embeddings and isolates
  /// of bidirectional text (UAX #9), U+2028, U+2029, U+FEFF and noncharacters. ZWJ and ZWNJ stay: emoji and
  /// several scripts are wrong without them.
  ///
  /// Of combining marks one after another at most ``marksLimit`` stay: more would cover the lines around.
  ///
  /// Keeps `scalarLimit` Unicode scalars, and "…" follows where more was to come. Scalars, because one
  /// Character may hold ten thousand combining marks.
  ///
  /// - Complexity: O(*n*); text of which nothing goes away comes back as it is.
  package static func neutralised(_ text: String, scalarLimit: Int = scalarLimit) -> String {
    if isShortPrintableASCII(text, limit: scalarLimit) || isHarmless(text, limit: scalarLimit) { return text }
    var kept = String.UnicodeScalarView()
    var (keptCount, marksInARow) = (0, 0)
    for scalar in text.unicodeScalars {
      guard let replacement = neutralised(scalar) else { continue }
      marksInARow = isMark(scalar) ? marksInARow + 1 : 0
      if marksInARow > marksLimit { continue }
      guard keptCount < scalarLimit else {
        kept.append("…")
        break
      }
      kept.append(replacement)
      keptCount += 1
    }
    return String(kept)
  }

  /// How many Unicode scalars are kept where nothing else is said.
  package static let scalarLimit = 120

  /// The most combining marks in a row; no writing system stacks more on one letter.
  package static let marksLimit = 6

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    // The first mark of Unicode is U+0300, and there is none among the letters of Arabic; looking one up takes longer.
    if scalar.value < 0x300 || (0x0620...0x064A).contains(scalar.value) { return false }
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .enclosingMark
  }

  /// Whether every scalar stays.
  private static func isHarmless(_ text: String, limit: Int) -> Bool {
    var (count, marksInARow) = (0, 0)
    for scalar in text.unicodeScalars {
      marksInARow = isMark(scalar) ? marksInARow + 1 : 0
      count += 1
      if count > limit || marksInARow > marksLimit || neutralised(scalar) != scalar { return false }
    }
    return true
  }

  private static func isShortPrintableASCII(_ text: String, limit: Int) -> Bool {
    let bytes = text.utf8.span
    guard bytes.count <= limit else { return false }
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] > 0x7E { return false }
    return true
  }

  /// What stands for `scalar`, nil when nothing does.
  private static func neutralised(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: " "
    case 0x00...0x1F, 0x7F...0x9F: nil
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: nil
    case 0x2028, 0x2029, 0xFEFF: nil
    case 0xFDD0...0xFDEF: nil
    case let value where value & 0xFFFE == 0xFFFE: nil  // the last two of each plane
    default: scalar
    }
  }
}

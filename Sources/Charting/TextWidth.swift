/// How wide a text of 12 px is, without a font: generous, so that what is laid out by it does not touch.
///
/// In ems: digits 0.6, Latin 0.55, capitals 0.7, ideographs, emoji and the per cent sign 1, Arabic and other
/// letters 0.6, spaces, points and commas 0.3; marks upon letters and invisible characters nothing; and a tenth
/// more of all.
package struct TextWidth: Hashable, Sendable {
  /// In tenths of a pixel, rounded up.
  package let tenths: Int64

  /// Measures by Unicode scalars.
  ///
  /// - Complexity: O(n).
  package init(of text: String) {
    let sum = text.unicodeScalars.reduce(into: Int64(0)) { $0 += Self.tenths(of: $1) }
    tenths = (sum * 11 + 9) / 10
  }

  private static func tenths(of scalar: Unicode.Scalar) -> Int64 {
    switch scalar.value {
    case 0x30...0x39: 72
    case 0x41...0x5A: 84
    case 0x20, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0xA0, 0x2009, 0x202F: 36
    case 0x25: 120
    case 0x20...0x7E: 66
    default: scalar.isWide ? 120 : tenths(of: scalar.properties.generalCategory)
    }
  }

  private static func tenths(of category: Unicode.GeneralCategory) -> Int64 {
    switch category {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    case .uppercaseLetter, .titlecaseLetter: 84
    case .decimalNumber, .otherLetter: 72
    default: 66
    }
  }
}

extension Unicode.Scalar {
  /// Whether the character fills a square: the blocks that UAX #11 has as wide, and emoji.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: properties.isEmojiPresentation
    }
  }
}

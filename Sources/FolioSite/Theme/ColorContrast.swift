/// The contrast ratio of two colours in hundredths, rounded down: from 100 to 2100 (WCAG 2.2, contrast ratio).
///
/// Rounded down, a ratio reaches a minimum of whole hundredths exactly if the true one does.
package struct ContrastRatio: Hashable, Comparable, Sendable {
  package let hundredths: Int

  /// What text needs (WCAG 2.2, 1.4.3).
  package static let ofText = ContrastRatio(hundredths: 450)
  /// What a chart's marks need (WCAG 2.2, 1.4.11).
  package static let ofMarks = ContrastRatio(hundredths: 300)

  package static func < (left: ContrastRatio, right: ContrastRatio) -> Bool {
    left.hundredths < right.hundredths
  }

  /// One decimal, rounded down, so that what fails never reads as if it passed: `4.4`.
  package var text: String { "\(hundredths / 100).\(hundredths / 10 % 10)" }
}

extension ThemeColor {
  /// The relative luminance, in 10 000 times ``LinearLight/full`` (WCAG 2.2, relative luminance).
  private var luminance: Int {
    2_126 * LinearLight.of(red) + 7_152 * LinearLight.of(green) + 722 * LinearLight.of(blue)
  }

  /// The same for every order of the two.
  package func contrast(with other: ThemeColor) -> ContrastRatio {
    // 0.05 of white stands for the light that a screen throws back.
    let glare = 500 * LinearLight.full
    let (one, two) = (luminance + glare, other.luminance + glare)
    return ContrastRatio(hundredths: 100 * max(one, two) / min(one, two))
  }

  package func isDarker(than other: ThemeColor) -> Bool { luminance < other.luminance }

  /// The least darkened or lightened colour of the same hue that reaches `least` on every background, itself first;
  /// nil where not even black or white does.
  package func nearest(reaching least: ContrastRatio, on backgrounds: [ThemeColor]) -> ThemeColor? {
    for parts in 0...256 {
      for end in [ThemeColor.black, .white] {
        let candidate = mixed(with: end, parts: parts)
        if backgrounds.allSatisfy({ candidate.contrast(with: $0) >= least }) { return candidate }
      }
    }
    return nil
  }
}

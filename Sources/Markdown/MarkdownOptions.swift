/// How a Markdown text is to be rendered.
package struct MarkdownOptions: Equatable, Sendable {
  /// Who wrote the text.
  package var origin: MarkdownOrigin
  /// How many levels headings move down, 0 to 5, so that a text's `#` fits below the page's own headings.
  package var headingOffset: Int
  /// The level of all headings, 1 to 6, where a text stands alone and its own levels would leave gaps in the page's;
  /// nil to keep them apart.
  package var headingLevel: Int?

  /// Makes options; an offset outside 0 to 5 is a programming error.
  ///
  /// - Parameters:
  ///   - origin: who wrote the text, which decides how long it may be.
  ///   - headingOffset: levels to move headings down, 0 to 5; level 6 stays 6.
  ///   - headingLevel: one level for all headings, in place of an offset.
  package init(origin: MarkdownOrigin, headingOffset: Int = 0, headingLevel: Int? = nil) {
    precondition((0...5).contains(headingOffset), "headings have six levels")
    precondition(headingLevel.map((1...6).contains) ?? true, "headings have six levels")
    self.headingLevel = headingLevel
    self.origin = origin
    self.headingOffset = headingOffset
  }
}

/// Who wrote a text. Both are rendered by the same safe rules; only the lengths differ.
package enum MarkdownOrigin: Equatable, Sendable {
  /// Pages and notices of the site's operator.
  case operatorText
  /// Anything that came in from outside, such as a product's description.
  case foreignText

  /// The longest text that is rendered, in UTF-8 bytes: 8 KiB when foreign, since cmark-gfm takes quadratic time
  /// on some inputs (13.8 s for 60 kB of nested list markers); 4 MiB for the operator's own.
  package var bytesLimit: Int {
    switch self {
    case .operatorText: 4 << 20
    case .foreignText: 8 << 10
    }
  }
}

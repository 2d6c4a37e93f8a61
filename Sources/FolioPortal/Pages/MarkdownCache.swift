import Markdown
import Markup
import Synchronization

/// The notices of a build as markup: many portals carry the same ones, and each is rendered once.
package final class MarkdownCache: Sendable {
  /// How many texts are kept; more are rendered each time.
  static let entriesLimit = 1_000

  private let entries = Mutex<[[UInt8]: [UInt8]]>([:])

  package init() {}

  /// A notice as markup, without what steers a terminal, turns the direction of reading or cannot be seen.
  ///
  /// - Throws: `MarkdownError`.
  func markup(of text: String) throws(MarkdownError) -> [UInt8] {
    try markup(of: NoticeText.neutralised(text), MarkdownOptions(origin: .foreignText, headingLevel: 2))
  }

  /// The operator's own text as markup.
  ///
  /// - Throws: `MarkdownError`.
  func markup(ofOwn text: String) throws(MarkdownError) -> [UInt8] {
    try markup(of: text, MarkdownOptions(origin: .operatorText))
  }

  private func markup(of text: String, _ options: MarkdownOptions) throws(MarkdownError) -> [UInt8] {
    let key = Array(text.utf8)
    if let known = entries.withLock({ $0[key] }) { return known }
    let markup = try MarkdownDocument.render(text, options: options)
    entries.withLock { if $0.count < Self.entriesLimit { $0[key] = markup } }
    return markup
  }
}

/// Why a Markdown text was not rendered.
package enum MarkdownError: Error, Equatable, Sendable {
  /// The text is longer than its origin may be; both numbers count UTF-8 bytes.
  case tooLong(bytes: Int, limit: Int)
  /// The installed cmark-gfm lacks an extension of GitHub's dialect.
  case missingExtension(name: String)
  /// cmark-gfm gave no parser, tree or text.
  case libraryFailure
}

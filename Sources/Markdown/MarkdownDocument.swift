import CCmarkGFM
import Synchronization

/// GitHub's dialect of Markdown as HTML: tables, strikethrough, autolinks and task lists.
///
/// Raw HTML is dropped, images leave their descriptions, and links other than to the web and to mail leave their texts. Bytes that
/// are not UTF-8, and NUL, become U+FFFD. The result is finished markup: never run a template over it.
package enum MarkdownDocument {
  /// The version of cmark-gfm that runs.
  package static var libraryVersion: String { unsafe String(cString: cmark_version_string()) }

  /// Renders UTF-8 bytes.
  ///
  /// - Returns: HTML of flow content, ending in a newline unless it is empty.
  /// - Throws: ``MarkdownError/tooLong(bytes:limit:)`` past the origin's limit, before anything is parsed.
  package static func render(
    _ source: [UInt8], options: MarkdownOptions
  ) throws(MarkdownError) -> [UInt8] {
    let limit = options.origin.bytesLimit
    guard source.count <= limit else { throw .tooLong(bytes: source.count, limit: limit) }
    return try cmark.withLock { isRegistered throws(MarkdownError) in
      if !isRegistered { CMarkTree.registerExtensions() }
      isRegistered = true
      let tree = try CMarkTree(parsing: source)
      tree.setHeadings { level in
        options.headingLevel.map { Int32($0) } ?? min(6, level + Int32(options.headingOffset))
      }
      tree.unwrapImages()
      tree.unwrapLinks { LinkAddress.isAllowed($0, in: options.origin) }
      return TableAlignment.asClasses(try tree.renderHTML())
    }
  }

  /// Renders a text.
  ///
  /// - Returns: HTML of flow content, ending in a newline unless it is empty.
  /// - Throws: ``MarkdownError/tooLong(bytes:limit:)`` past the origin's limit, before anything is parsed.
  package static func render(
    _ source: String, options: MarkdownOptions
  ) throws(MarkdownError) -> [UInt8] {
    try render(Array(source.utf8), options: options)
  }
}

/// Whether the extensions are registered. The lock is held while cmark-gfm parses, because its tables of special
/// characters are process-wide: an extension's are added before the inlines of a text and removed after them, so two
/// texts parsed at once would see each other's.
private let cmark = Mutex(false)

/// Why a template cannot be used, and where: found when it is parsed or when its library is put together.
package struct TemplateSyntaxError: Error, Equatable, Sendable {
  /// The file as the caller named it.
  package let file: String
  /// Counted from 1.
  package let line: Int
  /// Counted from 1 in Unicode scalars, the start of the tag.
  package let column: Int
  /// The whole tag with its delimiters, or as much of an unclosed one as its line holds; empty without a tag.
  package let tag: String
  /// What is wrong.
  package let reason: Reason

  /// The kinds of fault, each with the facts that explain it.
  package enum Reason: Equatable, Sendable {
    /// The first byte that cannot be read is at this place.
    case invalidUTF8
    /// The closing delimiter never comes.
    case unclosedTag
    /// A section, block or parent is still open at the end of the file.
    case unclosedSection
    /// A closing tag names something else than what is open.
    case mismatchedClose(opener: String, openerLine: Int)
    /// A closing tag where nothing is open.
    case unopenedClose
    /// A tag without the name it needs.
    case emptyTag
    /// A name with whitespace in it, or with an empty part as in `a..b`.
    case malformedName
    /// Not two words without `=` between `=` and `=`.
    case malformedDelimiters
    /// Something that prints stands directly inside a parent tag, where only blocks have an effect.
    case notABlock
    /// A partial or parent that no source provides.
    case unknownPartial(name: String)
  }

  init(_ reason: Reason, file: String, source: [UInt8], range: Range<Int>) {
    let place = TagPlace(range, in: source)
    self.file = file
    line = place.line
    column = place.column
    tag = place.tag
    self.reason = reason
  }
}

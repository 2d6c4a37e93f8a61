/// Why a page could not be rendered, and which tag of which template asked for it.
package struct TemplateRenderError: Error, Equatable, Sendable {
  /// The file as it was named when the template was parsed.
  package let file: String
  /// Counted from 1.
  package let line: Int
  /// Counted from 1 in Unicode scalars, the start of the tag.
  package let column: Int
  /// The whole tag with its delimiters.
  package let tag: String
  /// What is wrong.
  package let reason: Reason

  /// The kinds of fault, each with the facts that explain it.
  package enum Reason: Equatable, Sendable {
    /// No context has this part of the name (strict mode).
    case unknownName(part: String)
    /// A tag that prints names a list or an object (strict mode).
    case notPrintable
    /// A dynamic name leads to something else than text (strict mode).
    case partialNameNotText
    /// No template of the library has this name (strict mode).
    case unknownPartial(name: String)
    /// Partials, parents and blocks are nested deeper than ``TemplateRenderer/depthLimit``.
    case nestedTooDeep(limit: Int)
    /// More partials, parents and blocks in one page than ``TemplateRenderer/expansionsLimit``.
    case tooManyExpansions(limit: Int)
  }

  init(_ reason: Reason, template: Template, instruction: Int) {
    let place = TagPlace(template.tags[instruction], in: template.source)
    file = template.file
    line = place.line
    column = place.column
    tag = place.tag
    self.reason = reason
  }
}

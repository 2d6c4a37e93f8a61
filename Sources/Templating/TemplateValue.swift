/// What a template can be given: the data model of Mustache, with markup and opaque scalars told apart from text.
package enum TemplateValue: Sendable {
  /// Present but empty: prints nothing, is falsey, and is no error in strict mode.
  case null
  /// Prints `true` or `false`.
  case bool(Bool)
  /// Text for people, escaped by `{{ }}` and inserted as it is by `{{{ }}}`.
  case text(String)
  /// Bytes that are markup already, inserted verbatim by every kind of tag; whoever makes one vouches for it.
  case markup([UInt8])
  /// Prints decimal digits without grouping; numbers for people are leaves or text.
  case integer(Int64)
  /// A scalar whose text only the renderer's printer knows: an amount, a date, a share.
  case leaf(TemplateLeaf)
  /// Repeats a section once for each item; cannot be printed.
  case list([TemplateValue])
  /// Repeats a section once for each row; cannot be printed.
  case table(any TemplateTable)
  /// The context in which the names of a section are looked up; cannot be printed.
  case object(TemplateObject)

  /// Whether a section shows its body: false, null and the empty list are falsey, as is a leaf that says so.
  package var isTruthy: Bool {
    switch self {
    case .null: false
    case .bool(let value): value
    case .list(let items): !items.isEmpty
    case .table(let table): table.count > 0
    case .leaf(let leaf): leaf.isTruthy
    case .text, .markup, .integer, .object: true
    }
  }
}

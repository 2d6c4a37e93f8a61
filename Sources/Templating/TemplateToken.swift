/// A piece of a template's source: static text that never crosses the end of a line, or one tag.
struct TemplateToken {
  enum Kind: Equatable {
    case text
    case value(isEscaped: Bool)
    case section, inverted, close
    case partial, parent
    /// A block that replaces one of its parent's when `isOverride`, else a place that can be replaced.
    case block(isOverride: Bool)
    /// A comment or a change of delimiters.
    case silent
  }

  let kind: Kind
  /// The bytes of the source; narrowed as whitespace is taken away from text.
  var range: Range<Int>
  /// The name inside the tag, without the asterisk of a dynamic name.
  var name = 0..<0
  var isDynamic = false
  /// Whether a line of output begins here: a line of the source does, or the body of a block.
  let startsLine: Bool
  /// The index of the closing tag for what opens, of the opening tag for what closes.
  var partner = -1
  /// Whether the tag has its line to itself.
  var isStandalone = false
  /// The whitespace before a standalone tag, to be put before each line that the tag brings.
  var indentation = 0..<0

  init(_ kind: Kind, _ range: Range<Int>, startsLine: Bool) {
    self.kind = kind
    self.range = range
    self.startsLine = startsLine
  }

  var isTag: Bool { kind != .text }

  var isBlock: Bool {
    if case .block = kind { true } else { false }
  }

  /// The whitespace that its lines get; nil when the tag stands within a line.
  var lineIndentation: Range<Int>? { isStandalone ? indentation : nil }
}

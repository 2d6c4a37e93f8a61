/// Cuts a template into text and tags and pairs each opening tag with its closing one.
///
/// - Complexity: O(*n*) in the length of the source.
struct TemplateTokenizer {
  typealias Reason = TemplateSyntaxError.Reason

  let source: [UInt8]
  let file: String
  private(set) var tokens: [TemplateToken] = []
  private var offset = 0
  private var textStart = 0
  private var openTags: [Int] = []
  private var openDelimiter = [Byte.leftBrace, Byte.leftBrace]
  private var closeDelimiter = [Byte.rightBrace, Byte.rightBrace]

  init(source: [UInt8], file: String) {
    self.source = source
    self.file = file
  }

  mutating func tokenize() throws(TemplateSyntaxError) {
    while offset < source.count {
      if source[offset] == Byte.newline {
        offset += 1
        flushText()
      } else if isFound(openDelimiter, at: offset) {
        flushText()
        try scanTag()
        textStart = offset
      } else {
        offset += 1
      }
    }
    flushText()
    if let opener = openTags.last { throw error(.unclosedSection, tokens[opener].range) }
  }

  private mutating func flushText() {
    guard textStart < offset else { return }
    append(.text, textStart..<offset)
    textStart = offset
  }

  private mutating func append(_ kind: TemplateToken.Kind, _ range: Range<Int>) {
    let startsLine = tokens.last.map { $0.isBlock || endsLine($0) } ?? true
    tokens.append(TemplateToken(kind, range, startsLine: startsLine))
  }

  private func endsLine(_ token: TemplateToken) -> Bool {
    !token.isTag && source[token.range.upperBound - 1] == Byte.newline
  }

  private func isFound(_ bytes: [UInt8], at start: Int) -> Bool {
    guard start + bytes.count <= source.count else { return false }
    for index in bytes.indices where source[start + index] != bytes[index] { return false }
    return true
  }

  func error(_ reason: Reason, _ range: Range<Int>) -> TemplateSyntaxError {
    TemplateSyntaxError(reason, file: file, source: source, range: range)
  }
}

// MARK: - Tags

extension TemplateTokenizer {
  private mutating func scanTag() throws(TemplateSyntaxError) {
    let start = offset
    let inner = start + openDelimiter.count
    let first = inner < source.count ? source[inner] : 0
    switch first {
    case Byte.leftBrace:
      let content = try scanContent(from: inner + 1, closing: [Byte.rightBrace] + closeDelimiter, tag: start)
      try appendNamed(.value(isEscaped: false), start..<offset, name: content)
    case Byte.equals:
      let content = try scanContent(from: inner + 1, closing: [Byte.equals] + closeDelimiter, tag: start)
      append(.silent, start..<offset)
      try setDelimiters(content, tag: start..<offset)
    default:
      let content = try scanContent(from: inner, closing: closeDelimiter, tag: start)
      try appendTag(start..<offset, content: content)
    }
  }

  /// Moves past the closing delimiter and returns what stands before it, trimmed.
  private mutating func scanContent(
    from start: Int, closing: [UInt8], tag: Int
  ) throws(TemplateSyntaxError) -> Range<Int> {
    var end = start
    while !isFound(closing, at: end) {
      guard end < source.count else {
        let line = source[tag...].firstIndex(of: Byte.newline) ?? source.count
        throw error(.unclosedTag, tag..<line)
      }
      end += 1
    }
    offset = end + closing.count
    return trimmed(start..<end)
  }

  private mutating func appendTag(_ range: Range<Int>, content: Range<Int>) throws(TemplateSyntaxError) {
    guard let sigil = content.first.map({ source[$0] }) else { throw error(.emptyTag, range) }
    let rest = trimmed(content.dropFirst())
    switch sigil {
    case UInt8(ascii: "!"): append(.silent, range)
    case UInt8(ascii: "#"): try appendNamed(.section, range, name: rest)
    case UInt8(ascii: "^"): try appendNamed(.inverted, range, name: rest)
    case UInt8(ascii: "$"): try appendNamed(.block(isOverride: isDirectlyInParent), range, name: rest)
    case UInt8(ascii: "<"): try appendReference(.parent, range, name: rest)
    case UInt8(ascii: ">"): try appendReference(.partial, range, name: rest)
    case UInt8(ascii: "/"): try appendClose(range, name: rest)
    case UInt8(ascii: "&"): try appendNamed(.value(isEscaped: false), range, name: rest)
    default: try appendNamed(.value(isEscaped: true), range, name: content)
    }
  }

  private mutating func appendReference(
    _ kind: TemplateToken.Kind, _ range: Range<Int>, name: Range<Int>
  ) throws(TemplateSyntaxError) {
    let isDynamic = name.first.map { source[$0] == Byte.asterisk } ?? false
    try appendNamed(kind, range, name: isDynamic ? trimmed(name.dropFirst()) : name)
    tokens[tokens.count - 1].isDynamic = isDynamic
  }

  private mutating func appendNamed(
    _ kind: TemplateToken.Kind, _ range: Range<Int>, name: Range<Int>
  ) throws(TemplateSyntaxError) {
    guard !name.isEmpty else { throw error(.emptyTag, range) }
    guard !source[name].contains(where: Byte.isBlank) else { throw error(.malformedName, range) }
    if isDirectlyInParent, kind != .block(isOverride: true) { throw error(.notABlock, range) }
    append(kind, range)
    tokens[tokens.count - 1].name = name
    switch kind {
    case .section, .inverted, .parent, .block: openTags.append(tokens.count - 1)
    case .text, .value, .close, .partial, .silent: break
    }
  }

  private mutating func appendClose(_ range: Range<Int>, name: Range<Int>) throws(TemplateSyntaxError) {
    guard !name.isEmpty else { throw error(.emptyTag, range) }
    guard let opener = openTags.popLast() else { throw error(.unopenedClose, range) }
    guard closes(tokens[opener], name: name) else {
      let place = TagPlace(tokens[opener].range, in: source)
      throw error(.mismatchedClose(opener: place.tag, openerLine: place.line), range)
    }
    append(.close, range)
    tokens[tokens.count - 1].partner = opener
    tokens[opener].partner = tokens.count - 1
  }

  private func closes(_ opener: TemplateToken, name: Range<Int>) -> Bool {
    guard opener.isDynamic else { return source[opener.name] == source[name] }
    return source[name.lowerBound] == Byte.asterisk
      && source[opener.name] == source[trimmed(name.dropFirst())]
  }

  private var isDirectlyInParent: Bool { openTags.last.map { tokens[$0].kind == .parent } ?? false }

  private mutating func setDelimiters(_ content: Range<Int>, tag: Range<Int>) throws(TemplateSyntaxError) {
    let words = source[content].split(whereSeparator: Byte.isBlank)
    guard words.count == 2, !source[content].contains(Byte.equals) else {
      throw error(.malformedDelimiters, tag)
    }
    openDelimiter = Array(words[0])
    closeDelimiter = Array(words[1])
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first(where: { !Byte.isBlank(source[$0]) }),
      let last = range.last(where: { !Byte.isBlank(source[$0]) })
    else { return range.lowerBound..<range.lowerBound }
    return first..<(last + 1)
  }
}

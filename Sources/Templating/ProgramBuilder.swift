/// Turns tokens into instructions, resolving names and jump targets.
struct ProgramBuilder {
  private let tokens: [TemplateToken]
  private let source: [UInt8]
  private let file: String
  private var program = Program()
  private var openTags: [OpenTag] = []

  /// A tag whose closing one has not come: where its instruction stands and what it has gathered.
  private struct OpenTag {
    let instruction: Int
    var overrides: [Template.Override] = []
  }

  init(tokens: [TemplateToken], source: [UInt8], file: String) {
    self.tokens = tokens
    self.source = source
    self.file = file
  }

  mutating func build() throws(TemplateSyntaxError) -> Program {
    for token in tokens {
      let isIgnored = openTags.last.map { isParent($0.instruction) } ?? false
      try add(token, isIgnored: isIgnored)
    }
    return program
  }

  private func isParent(_ instruction: Int) -> Bool {
    if case .parent = program.instructions[instruction] { true } else { false }
  }

  private mutating func add(_ token: TemplateToken, isIgnored: Bool) throws(TemplateSyntaxError) {
    switch token.kind {
    case .text:
      guard !isIgnored, !token.range.isEmpty else { return }
      // Empty lines are not indented, so that no line of output ends in whitespace that no one wrote.
      let isEmptyLine = Byte.isLineEnding(source[token.range.lowerBound])
      program.addText(
        source[token.range], startsLine: token.startsLine && !isEmptyLine, range: token.range)
    case .silent:
      if !isIgnored { markLineStart(token) }
    case .close:
      close(token)
    case .block(isOverride: true):
      open(.block(TemplateName(name(token)), end: 0, indentation: nil), token)
    default:
      markLineStart(token)
      try addTag(token)
    }
  }

  /// Lets an indented line begin before a tag that stands first on it.
  private mutating func markLineStart(_ token: TemplateToken) {
    guard token.startsLine, !token.isStandalone else { return }
    program.addText([], startsLine: true, range: token.range)
  }

  private mutating func addTag(_ token: TemplateToken) throws(TemplateSyntaxError) {
    switch token.kind {
    case .value(let isEscaped):
      program.add(.value(path: try path(token), isEscaped: isEscaped), tag: token.range)
    case .section:
      open(.section(path: try path(token), end: 0), token)
    case .inverted:
      open(.inverted(path: try path(token), end: 0), token)
    case .partial:
      program.add(
        .partial(try reference(token), indentation: token.lineIndentation), tag: token.range)
    case .parent:
      let target = try reference(token)
      open(.parent(target, overrides: 0..<0, end: 0, indentation: token.lineIndentation), token)
    case .block:
      open(.block(TemplateName(name(token)), end: 0, indentation: token.lineIndentation), token)
    case .text, .close, .silent:
      break
    }
  }

  private mutating func open(_ instruction: Template.Instruction, _ token: TemplateToken) {
    openTags.append(OpenTag(instruction: program.end))
    program.add(instruction, tag: token.range)
  }

  private mutating func close(_ token: TemplateToken) {
    guard let opened = openTags.popLast() else { return }
    let start = opened.instruction
    switch program.instructions[start] {
    case .section(let path, _):
      markLineStart(token)
      program.replace(start, with: .section(path: path, end: program.end))
      program.add(.sectionEnd(start: start), tag: token.range)
    case .inverted(let path, _):
      markLineStart(token)
      program.replace(start, with: .inverted(path: path, end: program.end))
    case .parent(let target, _, _, let indentation):
      let overrides = program.addOverrides(opened.overrides)
      program.replace(
        start, with: .parent(target, overrides: overrides, end: program.end, indentation: indentation))
    case .block(let name, _, let indentation):
      program.replace(start, with: .block(name, end: program.end, indentation: indentation))
      if let parent = openTags.indices.last, isParent(openTags[parent].instruction) {
        openTags[parent].overrides.append(Template.Override(name: name, body: (start + 1)..<program.end))
      }
    case .text, .value, .constant, .sectionEnd, .partial:
      break
    }
    program.endJoining()
  }
}

// MARK: - Names

extension ProgramBuilder {
  private func name(_ token: TemplateToken) -> String { String(decoding: source[token.name], as: UTF8.self) }

  private mutating func reference(_ token: TemplateToken) throws(TemplateSyntaxError) -> Template.Reference {
    token.isDynamic ? .dynamic(path: try path(token)) : .named(TemplateName(name(token)))
  }

  private mutating func path(_ token: TemplateToken) throws(TemplateSyntaxError) -> Range<Int> {
    let name = source[token.name]
    if name.count == 1, name.first == Byte.dot { return program.addPath([]) }
    let parts = name.split(separator: Byte.dot, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty }) else {
      throw TemplateSyntaxError(.malformedName, file: file, source: source, range: token.range)
    }
    return program.addPath(parts.map { TemplateName(String(decoding: $0, as: UTF8.self)) })
  }
}

import Markup

/// One page being rendered: the stacks that its tags push to and pop from.
///
/// Sections run on an explicit stack of loops, so their nesting costs no native stack; tables, partials, parents and
/// blocks recurse, up to ``TemplateRenderer/depthLimit``.
///
/// Without copies, of which the compiler would make one for each look at the stacks.
struct RenderPass: ~Copyable {
  private let library: TemplateLibrary
  private let printer: any TemplateLeafPrinter
  private let isStrict: Bool

  var contexts: [Context]
  private var loops: [Loop] = []
  let patterns: RowPatterns
  /// What watches the row being rendered; nil where nothing is to be learnt of it.
  var recorder: RowRecorder?
  /// The parents around the tag being rendered, outermost first.
  private var frames: [Frame] = []
  /// What is put before each line of the template being rendered.
  private(set) var indentation: [UInt8] = []
  /// Whether the next line begins within a line of output: a block's body shown in the middle of one.
  private var isWithinLine = false
  var depth = 0
  private var expansions = 0

  /// A value in which names are looked up.
  struct Context {
    let value: TemplateValue
    /// Of a table, the row; 0 for every other value.
    var row = 0

    /// What `{{.}}` stands for; a row is like an object, which cannot be printed.
    var whole: TemplateValue {
      if case .table = value { .object([:]) } else { value }
    }

    func field(_ name: TemplateName) -> TemplateValue? {
      switch value {
      case .object(let object): object[name]
      case .table(let table): table.value(of: name, in: row)
      default: nil
      }
    }
  }

  /// A section on its way through a list.
  private struct Loop {
    let items: [TemplateValue]
    var next: Int
    /// The index of its context.
    let context: Int
  }

  /// What one parent tag overrides.
  private struct Frame {
    let template: Template
    let overrides: Range<Int>
  }

  init(
    context: [TemplateValue], library: TemplateLibrary, mode: TemplateMode, printer: any TemplateLeafPrinter,
    patterns: RowPatterns
  ) {
    contexts = context.map { Context(value: $0) }
    self.library = library
    self.printer = printer
    self.patterns = patterns
    isStrict = mode == .strict
  }

  mutating func run(
    _ range: Range<Int>, of template: Template, into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    let (steps, text) = (template.steps, template.text)
    var index = range.lowerBound
    while index < range.upperBound {
      let step = steps[index]
      switch step.kind {
      case .text:
        if indentation.isEmpty {
          isWithinLine = false
          output.append(step.range, of: text.span)
        } else {
          appendIndented(index, of: template, into: &output)
        }
      case .constant: output.append(step.range, of: text.span)
      case .value:
        if let value = try value(of: step, at: index, of: template) {
          let start = output.count
          guard append(value, isEscaped: step.isEscaped, into: &output) || !isStrict else {
            throw TemplateRenderError(.notPrintable, template: template, instruction: index)
          }
          if recorder != nil { note(step, printed: start..<output.count) }
        }
      case .section:
        if recorder != nil { noteSection(step) }
        let value = try value(of: step, at: index, of: template)
        if case .table(let table)? = value {
          let section = Section(start: index, end: Int(step.target), template: template)
          try runRows(of: table, in: section, into: &output)
          index = section.end
        } else if !enterSection(value) {
          index = Int(step.target)
        }
      case .sectionEnd:
        if advanceSection() { index = Int(step.target) }
      case .inverted:
        if recorder != nil { noteSection(step) }
        if try value(of: step, at: index, of: template)?.isTruthy ?? false { index = Int(step.target) - 1 }
      case .other:
        index = try runOther(index, of: template, into: &output)
      }
      index += 1
    }
  }

  /// Runs a partial, a parent or a block and returns the last instruction that belongs to it.
  private mutating func runOther(
    _ index: Int, of template: Template, into output: inout ByteBuffer
  ) throws(TemplateRenderError) -> Int {
    let instruction = template.instructions[index]
    if recorder != nil, instruction.staticPartial == nil { recorder?.noteOther() }
    switch instruction {
    case .partial(let reference, let indentation):
      if let partial = try find(reference, at: index, of: template) {
        try expand(partial, indentation: indentation, at: index, of: template, into: &output)
      }
      return index
    case .parent(let reference, let overrides, let end, let indentation):
      if let parent = try find(reference, at: index, of: template) {
        frames.append(Frame(template: template, overrides: overrides))
        try expand(parent, indentation: indentation, at: index, of: template, into: &output)
        frames.removeLast()
      }
      return end - 1
    case .block(let name, let end, let indentation):
      let block = Block(name: name, body: (index + 1)..<end, indentation: indentation)
      try show(block, at: index, of: template, into: &output)
      return end - 1
    case .text, .constant, .value, .section, .sectionEnd, .inverted:
      preconditionFailure("these have steps of their own")
    }
  }
}

// MARK: - Text and values

extension RenderPass {
  /// Appends static text with indentation before each line that begins in it.
  private mutating func appendIndented(_ index: Int, of template: Template, into output: inout ByteBuffer) {
    guard case .text(let bytes, let lineStarts) = template.instructions[index] else { return }
    let text = template.text
    var start = bytes.lowerBound
    for lineStart in template.lineStarts[lineStarts] {
      output.append(start..<lineStart, of: text.span)
      if !isWithinLine { output.append(bytes: indentation) }
      isWithinLine = false
      start = lineStart
    }
    isWithinLine = false
    output.append(start..<bytes.upperBound, of: text.span)
  }

  /// Prints a scalar; false for what has no text of its own.
  mutating func append(
    _ value: TemplateValue, isEscaped: Bool, into output: inout ByteBuffer
  ) -> Bool {
    switch value {
    case .null: break
    case .bool(let flag): output.append(flag ? "true" : "false")
    case .text(let text): printer.print(text, isEscaped: isEscaped, into: &output)
    case .markup(let bytes): output.append(bytes: bytes)
    case .integer(let number): output.append(decimal: number)
    case .leaf(let leaf):
      if isEscaped { printer.printMarkup(leaf, into: &output) } else { printer.print(leaf, into: &output) }
    case .list, .table, .object: return false
    }
    return true
  }
}

// MARK: - Names

extension RenderPass {
  /// The value that a tag asks for; nil when it is missing, which strict mode does not let pass.
  private func value(
    of step: Template.Step, at index: Int, of template: Template
  ) throws(TemplateRenderError) -> TemplateValue? {
    if let name = step.name, let value = lookUp(name) { return value }
    return try resolve(step.range, at: index, of: template)
  }

  /// The value of a dotted name; nil when it is missing, which strict mode does not let pass.
  private func resolve(
    _ path: Range<Int>, at index: Int, of template: Template
  ) throws(TemplateRenderError) -> TemplateValue? {
    guard let first = path.first else {
      guard contexts.isEmpty, isStrict else { return contexts.last?.whole }
      throw TemplateRenderError(.unknownName(part: "."), template: template, instruction: index)
    }
    var part = first
    var value = lookUp(template.names[first])
    while let found = value, part + 1 < path.upperBound {
      // What is known to be nothing has nothing in it, and that is no mistake.
      if case .null = found { return found }
      part += 1
      value = field(template.names[part], of: found)
    }
    guard value == nil, isStrict else { return value }
    throw TemplateRenderError(
      .unknownName(part: template.names[part].spelling), template: template, instruction: index)
  }

  private func lookUp(_ name: TemplateName) -> TemplateValue? {
    var index = contexts.count
    while index > 0 {
      index -= 1
      if let value = contexts[index].field(name) { return value }
    }
    return nil
  }

  private func field(_ name: TemplateName, of value: TemplateValue) -> TemplateValue? {
    if case .object(let object) = value { object[name] } else { nil }
  }
}

// MARK: - Sections

extension RenderPass {
  /// Pushes the first context of a section, or returns false when its body is not to be shown.
  private mutating func enterSection(_ value: TemplateValue?) -> Bool {
    guard let value, value.isTruthy else { return false }
    if case .list(let items) = value {
      loops.append(Loop(items: items, next: 1, context: contexts.count))
      contexts.append(Context(value: items[0]))
    } else {
      contexts.append(Context(value: value))
    }
    return true
  }

  /// Replaces the section's context with the next one, or pops it and returns false after the last.
  private mutating func advanceSection() -> Bool {
    let (top, context) = (loops.count - 1, contexts.count - 1)
    // A section on a single value has no loop.
    guard top >= 0, loops[top].context == context else {
      contexts.removeLast()
      return false
    }
    let next = loops[top].next
    guard next < loops[top].items.count else {
      loops.removeLast()
      contexts.removeLast()
      return false
    }
    contexts[context] = Context(value: loops[top].items[next])
    loops[top].next = next + 1
    return true
  }
}

// MARK: - Partials, parents and blocks

extension RenderPass {
  /// A place that a child template may have filled.
  private struct Block {
    let name: TemplateName
    let body: Range<Int>
    let indentation: Range<Int>?
  }

  /// The template that a tag asks for; nil when it is missing, which strict mode does not let pass.
  private func find(
    _ reference: Template.Reference, at index: Int, of template: Template
  ) throws(TemplateRenderError) -> Template? {
    switch reference {
    case .named(let name):
      if let found = library.template(named: name) { return found }
      return try missing(.unknownPartial(name: name.spelling), at: index, of: template)
    case .dynamic(let path):
      guard case .text(let name)? = try resolve(path, at: index, of: template) else {
        return try missing(.partialNameNotText, at: index, of: template)
      }
      if let found = library.template(named: name) { return found }
      return try missing(.unknownPartial(name: name), at: index, of: template)
    }
  }

  private func missing(
    _ reason: TemplateRenderError.Reason, at index: Int, of template: Template
  ) throws(TemplateRenderError) -> Template? {
    guard isStrict else { return nil }
    throw TemplateRenderError(reason, template: template, instruction: index)
  }

  private mutating func expand(
    _ partial: Template, indentation own: Range<Int>?, at index: Int, of template: Template,
    into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    let outer = indentation
    // Within a line only that line is the outer template's; the partial's own lines are as they were written.
    indentation = own.map { indented(outer, by: template.source[$0]) } ?? []
    try descend(at: index, of: template)
    try run(partial.instructions.indices, of: partial, into: &output)
    depth -= 1
    indentation = outer
  }

  /// Renders the outermost override of a block, else its default, in the context of the block.
  private mutating func show(
    _ block: Block, at index: Int, of template: Template, into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    let outer = indentation
    let outerFrames = frames
    if let own = block.indentation { indentation = indented(outer, by: template.source[own]) }
    isWithinLine = block.indentation == nil
    try descend(at: index, of: template)
    if let (frame, body) = override(of: block.name) {
      // The blocks within an override are parameters of the template that wrote it, not of those it extends.
      let author = frames[frame].template
      frames.removeSubrange(frame...)
      try run(body, of: author, into: &output)
      frames = outerFrames
    } else {
      try run(block.body, of: template, into: &output)
    }
    depth -= 1
    isWithinLine = false
    indentation = outer
  }

  private func override(of name: TemplateName) -> (frame: Int, body: Range<Int>)? {
    for (index, frame) in frames.enumerated() {
      for candidate in frame.template.overrides[frame.overrides] where candidate.name == name {
        return (index, candidate.body)
      }
    }
    return nil
  }

  private func indented(_ outer: [UInt8], by own: ArraySlice<UInt8>) -> [UInt8] {
    own.isEmpty ? outer : outer + own
  }

  /// Goes one level deeper, which takes native stack.
  mutating func enter(at index: Int, of template: Template) throws(TemplateRenderError) {
    depth += 1
    if depth > TemplateRenderer.depthLimit {
      throw TemplateRenderError(
        .nestedTooDeep(limit: TemplateRenderer.depthLimit), template: template, instruction: index)
    }
  }

  private mutating func descend(at index: Int, of template: Template) throws(TemplateRenderError) {
    try enter(at: index, of: template)
    expansions += 1
    if expansions > TemplateRenderer.expansionsLimit {
      throw TemplateRenderError(
        .tooManyExpansions(limit: TemplateRenderer.expansionsLimit), template: template, instruction: index)
    }
  }
}

import Markup

/// Tables: sections that are shown for each row.
extension RenderPass {
  /// The instructions of a section: its tag, and its end behind the body.
  struct Section {
    let start: Int
    let end: Int
    let template: Template

    var body: Range<Int> { (start + 1)..<end }
  }

  /// Renders a section for each row of a table.
  mutating func runRows(
    of table: any TemplateTable, in section: Section, into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    recorder?.noteTable()
    try enter(at: section.start, of: section.template)
    contexts.append(Context(value: .table(table)))
    for row in 0..<table.count {
      contexts[contexts.count - 1].row = row
      if recorder == nil, indentation.isEmpty, let shape = table.shape(of: row) {
        try run(shape, of: table, row, in: section, into: &output)
      } else {
        try run(section.body, of: section.template, into: &output)
      }
    }
    contexts.removeLast()
    depth -= 1
  }

  /// Renders a row, of which all but some values may have been rendered before.
  private mutating func run(
    _ shape: RowShape, of table: any TemplateTable, _ row: Int, in section: Section,
    into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    guard let pattern = patterns.pattern(of: shape, section.start, of: section.template) else {
      return try learn(shape, in: section, into: &output)
    }
    guard let pieces = pattern.pieces else {
      return try run(section.body, of: section.template, into: &output)
    }
    var start = 0
    for hole in pieces.holes {
      output.append(start..<hole.end, of: pieces.markup.span)
      start = hole.end
      let value: TemplateValue? =
        switch hole.value {
        case .own(let name): table.value(of: name, in: row)
        case .cell(let cell, let name): table.value(of: name, inCell: cell, of: row)
        }
      if let value { _ = append(value, isEscaped: hole.isEscaped, into: &output) }
    }
    output.append(start..<pieces.markup.count, of: pieces.markup.span)
  }

  /// Renders the first row of a shape.
  private mutating func learn(
    _ shape: RowShape, in section: Section, into output: inout ByteBuffer
  ) throws(TemplateRenderError) {
    let start = output.count
    recorder = RowRecorder(shape, context: contexts.count - 1)
    try run(section.body, of: section.template, into: &output)
    if let recorder {
      patterns.append(
        recorder.pattern(output.bytes(from: start), from: start, section.start, of: section.template))
    }
    recorder = nil
  }

  /// Takes note of a tag that printed something.
  mutating func note(_ step: Template.Step, printed place: Range<Int>) {
    let finding = finding(step)
    recorder?.note(step, finding, printed: place)
  }

  /// Takes note of a tag that asks whether its body is to be shown.
  mutating func noteSection(_ step: Template.Step) {
    let finding = finding(step)
    recorder?.noteSection(step, finding)
  }

  private func finding(_ step: Template.Step) -> RowRecorder.Finding {
    var cell: Int?
    if let recorder, recorder.context + 1 < contexts.count, case .table = contexts[recorder.context + 1].value
    {
      cell = contexts[recorder.context + 1].row
    }
    return RowRecorder.Finding(
      context: step.name.flatMap { contextIndex(of: $0) }, top: contexts.count - 1, cell: cell)
  }

  /// The innermost context that has a name; nil when none has.
  private func contextIndex(of name: TemplateName) -> Int? {
    contexts.lastIndex { $0.field(name) != nil }
  }
}

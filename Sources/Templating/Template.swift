/// A template ready to render: a flat list of instructions over one pool of static text.
///
/// A class only so that handing it from partial to partial moves one reference; it never changes.
package final class Template: Sendable {
  /// The file that errors name.
  package let file: String

  /// The bytes the template was parsed from, kept for indentation and for the places of errors.
  let source: [UInt8]
  /// All static text, joined.
  let text: [UInt8]
  /// Offsets into `text` at which an indented line begins, ascending.
  let lineStarts: [Int]
  /// The parts of all dotted names, joined; a path is a range of these, the empty one being `{{.}}`.
  let names: [TemplateName]
  let overrides: [Override]
  let instructions: [Instruction]
  /// The same instructions as rendering reads them.
  let steps: [Step]
  /// For each instruction the range of its tag in `source`.
  let tags: [Range<Int>]

  init(file: String, source: [UInt8], program: Program) {
    self.file = file
    self.source = source
    text = program.text
    lineStarts = program.lineStarts
    names = program.names
    overrides = program.overrides
    instructions = program.instructions
    tags = program.tags
    steps = Self.steps(of: instructions, names)
  }

  /// The template with other static text and instructions, as many as it had.
  init(_ other: Template, text: [UInt8], instructions: [Instruction]) {
    precondition(instructions.count == other.instructions.count, "jumps lead where they led")
    file = other.file
    source = other.source
    lineStarts = other.lineStarts
    names = other.names
    overrides = other.overrides
    tags = other.tags
    self.text = text
    self.instructions = instructions
    steps = Self.steps(of: instructions, names)
  }

  private static func steps(of instructions: [Instruction], _ names: [TemplateName]) -> [Step] {
    instructions.map { Step($0, names: names) }
  }
}

extension Template {
  /// One step of rendering. Ranges index `text`, `lineStarts`, `names`, `overrides` or, for indentation, `source`;
  /// indentation is nil where the tag stands within a line.
  enum Instruction: Sendable {
    case text(bytes: Range<Int>, lineStarts: Range<Int>)
    case value(path: Range<Int>, isEscaped: Bool)
    /// What stands for a value that is the same for every page.
    case constant(bytes: Range<Int>)
    /// `end` is the index of the matching `sectionEnd`.
    case section(path: Range<Int>, end: Int)
    case sectionEnd(start: Int)
    /// `end` is the index after the body.
    case inverted(path: Range<Int>, end: Int)
    case partial(Reference, indentation: Range<Int>?)
    /// The bodies of the overrides follow; `end` is the index after them.
    case parent(Reference, overrides: Range<Int>, end: Int, indentation: Range<Int>?)
    /// The default body follows; `end` is the index after it.
    case block(TemplateName, end: Int, indentation: Range<Int>?)
  }

  /// Which template a partial or parent tag asks for.
  enum Reference: Sendable {
    case named(TemplateName)
    /// `{{>*name}}`: the text found under that path names the template.
    case dynamic(path: Range<Int>)
  }

  /// What a parent tag puts in the place of a block: the instructions of `body`.
  struct Override: Sendable {
    let name: TemplateName
    let body: Range<Int>
  }
}

/// The parts of a template while they are being put together.
struct Program {
  private(set) var text: [UInt8] = []
  private(set) var lineStarts: [Int] = []
  private(set) var names: [TemplateName] = []
  private(set) var overrides: [Template.Override] = []
  private(set) var instructions: [Template.Instruction] = []
  private(set) var tags: [Range<Int>] = []
  /// Instructions before this index may be jumped over or to, so text must not be joined to them.
  private var joinLimit = 0

  var end: Int { instructions.count }

  mutating func add(_ instruction: Template.Instruction, tag: Range<Int>) {
    instructions.append(instruction)
    tags.append(tag)
  }

  mutating func replace(_ index: Int, with instruction: Template.Instruction) {
    instructions[index] = instruction
  }

  /// Adds static text, joined to the text before it where nothing lies between them.
  mutating func addText(_ bytes: ArraySlice<UInt8>, startsLine: Bool, range: Range<Int>) {
    let textStart = text.count
    let linesStart = lineStarts.count
    if startsLine { lineStarts.append(text.count) }
    text.append(contentsOf: bytes)
    if end > joinLimit, case .text(let earlier, let earlierLines)? = instructions.last {
      replace(
        end - 1,
        with: .text(
          bytes: earlier.lowerBound..<text.count, lineStarts: earlierLines.lowerBound..<lineStarts.count))
    } else {
      add(.text(bytes: textStart..<text.count, lineStarts: linesStart..<lineStarts.count), tag: range)
    }
  }

  /// Ends what can be joined: the next instruction is the target of a jump.
  mutating func endJoining() { joinLimit = end }

  /// Adds a dotted name; its parts are the path, none for `.`.
  mutating func addPath(_ parts: [TemplateName]) -> Range<Int> {
    names += parts
    return (names.count - parts.count)..<names.count
  }

  mutating func addOverrides(_ added: [Template.Override]) -> Range<Int> {
    overrides += added
    return (overrides.count - added.count)..<overrides.count
  }
}

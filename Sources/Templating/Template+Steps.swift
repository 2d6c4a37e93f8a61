extension Template {
  /// An instruction in the few bytes that most of them need: rendering reads millions, and a page is mostly cells.
  struct Step: Sendable {
    enum Kind: UInt8, Sendable {
      case text, constant, value, section, sectionEnd, inverted
      /// Whatever is seldom: partials, parents and blocks.
      case other
    }

    let kind: Kind
    let isEscaped: Bool
    /// The name that a tag asks for; nil for `.` and for a path of several.
    let name: TemplateName?
    /// Of text and constants the place of the first byte, of tags that of the path's first name.
    let start: Int32
    /// Behind the last byte or name.
    let end: Int32
    /// The instruction to go on with.
    let target: Int32

    private init(
      _ kind: Kind, _ range: Range<Int> = 0..<0, name: TemplateName? = nil, isEscaped: Bool = false,
      target: Int = 0
    ) {
      self.kind = kind
      self.isEscaped = isEscaped
      self.name = name
      start = Int32(range.lowerBound)
      end = Int32(range.upperBound)
      self.target = Int32(target)
    }

    init(_ instruction: Instruction, names: [TemplateName]) {
      let name = { (path: Range<Int>) in path.count == 1 ? names[path.lowerBound] : nil }
      switch instruction {
      case .text(let bytes, _): self.init(.text, bytes)
      case .constant(let bytes): self.init(.constant, bytes)
      case .value(let path, let isEscaped): self.init(.value, path, name: name(path), isEscaped: isEscaped)
      case .section(let path, let end): self.init(.section, path, name: name(path), target: end)
      case .sectionEnd(let start): self.init(.sectionEnd, target: start)
      case .inverted(let path, let end): self.init(.inverted, path, name: name(path), target: end)
      case .partial, .parent, .block: self.init(.other)
      }
    }

    var range: Range<Int> { Int(start)..<Int(end) }
  }
}

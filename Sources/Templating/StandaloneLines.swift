/// Decides, once for a whole template, which whitespace belongs to tags rather than to the output.
///
/// A tag that has its line to itself takes the line's whitespace and line ending with it; partials, parents and
/// blocks keep the whitespace before them as the indentation of what they bring. The rules for blocks follow the
/// specification's inheritance tests: indentation is taken off where a body is written and put on where it is shown.
///
/// - Complexity: O(*n*) in the number of tokens.
struct StandaloneLines {
  let source: [UInt8]
  private(set) var tokens: [TemplateToken]

  init(_ tokens: [TemplateToken], source: [UInt8]) {
    self.source = source
    self.tokens = tokens
  }

  mutating func resolve() {
    var start = 0
    for index in tokens.indices where index == tokens.count - 1 || tokens[index + 1].startsLine {
      guard index == tokens.count - 1 || !tokens[index].isBlock else { continue }
      resolveLine(start...index)
      start = index + 1
    }
    for index in tokens.indices where tokens[index].kind == .close {
      let opener = tokens[index].partner
      if tokens[opener].isBlock, startsOnNewLine(opener) { moveIndentation(ofBlock: opener) }
    }
  }

  /// The one place where a line is given to its tags.
  private mutating func resolveLine(_ line: ClosedRange<Int>) {
    let tags = line.filter { tokens[$0].isTag }
    guard let first = tags.first, let last = tags.last else { return }
    if case .block(isOverride: true) = tokens[last].kind, last < line.upperBound, isBlank(line.upperBound) {
      clearText(line.upperBound)
    }
    guard line.allSatisfy({ tokens[$0].isTag || isBlank($0) }) else { return }
    let isEmptyBlock =
      tags.count == 2 && tokens[first].kind == .block(isOverride: false)
      && tokens[first].partner == last
    guard isEmptyBlock || (tags.count == 1 ? standsAlone(first) : tags.allSatisfy(canShareLine(line))) else {
      return
    }
    if first > line.lowerBound, tags.count == 1 || isEmptyBlock || tokens[first].kind == .parent {
      tokens[first].indentation = tokens[line.lowerBound].range
    }
    for tag in tags { tokens[tag].isStandalone = true }
    // An empty block on one line has no line ending of its own: the one after it stays.
    for text in line where !tokens[text].isTag && !(isEmptyBlock && text > last) { clearText(text) }
  }

  private func standsAlone(_ index: Int) -> Bool {
    if case .value = tokens[index].kind { false } else { true }
  }

  /// Whether the tag belongs to inheritance; a place for a block that opens and closes on the line is content of it.
  private func canShareLine(_ line: ClosedRange<Int>) -> (Int) -> Bool {
    { index in
      let token = tokens[index]
      switch token.kind {
      case .parent, .block(isOverride: true): return true
      case .block(isOverride: false): return !line.contains(token.partner)
      case .close: return tokens[token.partner].kind == .parent || tokens[token.partner].isBlock
      case .text, .value, .section, .inverted, .partial, .silent: return false
      }
    }
  }

  private func isBlank(_ index: Int) -> Bool { source[tokens[index].range].allSatisfy(Byte.isBlank) }

  private mutating func clearText(_ index: Int) {
    tokens[index].range = tokens[index].range.lowerBound..<tokens[index].range.lowerBound
  }
}

// MARK: - Blocks

extension StandaloneLines {
  private func startsOnNewLine(_ opener: Int) -> Bool {
    let next = opener + 1
    guard next < tokens[opener].partner, !tokens[next].isTag else { return false }
    return tokens[next].range.isEmpty
  }

  /// Takes the whitespace that all lines of a block's body share off them and makes it the block's.
  private mutating func moveIndentation(ofBlock opener: Int) {
    let lines = linesOfBody(opener)
    let shared = lines.compactMap { sharedIndentation(of: $0, beforeClose: tokens[opener].partner) }
    guard let first = shared.first else { return }
    let length = shared.dropFirst().reduce(first.count) { commonPrefix(first.prefix($0), $1) }
    tokens[opener].indentation = first.prefix(length)
    for line in lines { takeOff(length, from: line) }
  }

  /// The tokens that begin a line of this body, those of nested blocks and parents left out.
  private func linesOfBody(_ opener: Int) -> [Int] {
    var lines: [Int] = []
    var index = opener + 1
    while index < tokens[opener].partner {
      let token = tokens[index]
      if token.isStandalone || token.startsLine { lines.append(index) }
      index = token.isBlock || token.kind == .parent ? token.partner + 1 : index + 1
    }
    return lines
  }

  /// The whitespace a line begins with; nil for lines that print nothing of their own.
  private func sharedIndentation(of index: Int, beforeClose close: Int) -> Range<Int>? {
    let token = tokens[index]
    switch token.kind {
    case .text:
      let content = token.range.first { !Byte.isIndentation(source[$0]) }
      if let content { return isBlank(index) ? nil : token.range.lowerBound..<content }
      return token.range.isEmpty || index + 1 == close ? nil : token.range
    case .partial, .parent, .block: return token.isStandalone ? token.indentation : 0..<0
    case .value, .section, .inverted, .close, .silent: return token.isStandalone ? nil : 0..<0
    }
  }

  private func commonPrefix(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    zip(left, right).prefix { source[$0] == source[$1] }.count
  }

  private mutating func takeOff(_ length: Int, from index: Int) {
    let token = tokens[index]
    if token.isTag {
      tokens[index].indentation = token.indentation.dropFirst(length)
    } else {
      let blank = token.range.prefix { Byte.isIndentation(source[$0]) }
      tokens[index].range = token.range.dropFirst(min(length, blank.count))
    }
  }
}

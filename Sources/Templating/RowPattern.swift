import Markup

/// What rows of one shape have in common, in pieces: markup, and the values in which they differ.
struct RowPattern {
  /// The section that walks the rows.
  let section: Int
  let template: Template
  let shape: RowShape
  /// nil where the first row of the shape did not tell the others.
  let pieces: Pieces?

  struct Pieces {
    let holes: [Hole]
    /// The markup of all pieces, joined: before each hole, and behind the last one.
    let markup: [UInt8]
  }

  /// A place for a value.
  struct Hole {
    let value: RowVariation.Value
    let isEscaped: Bool
    /// Of the pieces' markup, what stands before the value: from the end of the piece before to this place.
    let end: Int
  }

  func fits(_ other: RowShape, _ section: Int, of template: Template) -> Bool {
    shape == other && self.section == section && self.template === template
  }
}

/// The patterns that pages of one language and one printer have told so far, for the pages that follow.
///
/// A class, because pages add to it while they are rendered, one after another.
package final class RowPatterns {
  private var patterns: [RowPattern] = []
  /// Where the latest one stands: the next row is most often of the same shape.
  private var latest = 0

  /// Knows no shape yet.
  package init() {}

  func pattern(of shape: RowShape, _ section: Int, of template: Template) -> RowPattern? {
    if latest < patterns.count, patterns[latest].fits(shape, section, of: template) {
      return patterns[latest]
    }
    for index in patterns.indices where patterns[index].fits(shape, section, of: template) {
      latest = index
      return patterns[index]
    }
    return nil
  }

  func append(_ pattern: RowPattern) { patterns.append(pattern) }
}

/// Watches how the first row of a shape is rendered, to learn whether that tells the others.
///
/// It does if all that the row prints is of the row or of its cells, and is found again by its name where it varies.
struct RowRecorder {
  let shape: RowShape
  /// The index of the row among the contexts.
  let context: Int
  private var holes: [(value: RowVariation.Value, isEscaped: Bool, place: Range<Int>)] = []
  /// Contexts that are a value which varies, by their indices; `{{.}}` prints them.
  private var varying: [(context: Int, value: RowVariation.Value)] = []
  private var isTelling = true
  private var isBeforeCells = false

  init(_ shape: RowShape, context: Int) {
    self.shape = shape
    self.context = context
  }

  /// Where a tag found what it asked for.
  struct Finding {
    /// The index of the context that had the name; nil where none had, and for `.`.
    let context: Int?
    /// The index of the innermost context.
    let top: Int
    /// The number of the cell that is rendered; nil outside of cells.
    let cell: Int?
  }

  /// Takes note of a tag that prints something at `place`.
  mutating func note(_ step: Template.Step, _ finding: Finding, printed place: Range<Int>) {
    if let value = value(of: step, finding) { holes.append((value, step.isEscaped, place)) }
  }

  /// Takes note of a tag that shows its body or not, which is the same for all rows of the shape.
  mutating func noteSection(_ step: Template.Step, _ finding: Finding) {
    let next = finding.top + 1
    varying.removeAll { $0.context >= next }
    isBeforeCells = finding.context == context && step.name != nil && step.name == shape.variation.cells
    if step.name == nil { isTelling = false }
    if let value = value(of: step, finding) { varying.append((next, value)) }
  }

  /// Takes note of a table, which is one of cells or tells nothing.
  mutating func noteTable() {
    isTelling = isTelling && isBeforeCells
    isBeforeCells = false
  }

  /// Takes note of a partial that no value names, of a parent or of a block.
  mutating func noteOther() { isTelling = false }

  /// The value that a tag asks for, where it varies.
  private mutating func value(of step: Template.Step, _ finding: Finding) -> RowVariation.Value? {
    guard let name = step.name else {
      // No more is known of a path.
      isTelling = isTelling && step.range.isEmpty
      return varying.first { $0.context == finding.top }?.value
    }
    guard let found = finding.context, found >= context else {
      isTelling = false
      return nil
    }
    if found == context, shape.variation.names.contains(name) { return .own(name) }
    if found == context + 1, let cell = finding.cell, shape.variation.cellNames.contains(name) {
      return .cell(cell, name)
    }
    return nil
  }

  /// What the rows of the shape have in common, if this row, of these bytes from `start` on, told it.
  func pattern(_ row: [UInt8], from start: Int, _ section: Int, of template: Template) -> RowPattern {
    RowPattern(
      section: section, template: template, shape: shape, pieces: isTelling ? pieces(row, from: start) : nil)
  }

  private func pieces(_ row: [UInt8], from start: Int) -> RowPattern.Pieces {
    var (markup, places, next): ([UInt8], [RowPattern.Hole], Int) = ([], [], 0)
    for hole in holes {
      markup += row[next..<hole.place.lowerBound - start]
      places.append(RowPattern.Hole(value: hole.value, isEscaped: hole.isEscaped, end: markup.count))
      next = hole.place.upperBound - start
    }
    markup += row[next...]
    return RowPattern.Pieces(holes: places, markup: markup)
  }
}

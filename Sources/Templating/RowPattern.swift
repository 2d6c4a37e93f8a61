import Markup

/// The markup that rows of one shape have around the value in which they differ, as places in the page where the
/// first of them stands.
struct RowPattern {
  /// The section that walks the rows.
  let section: Int
  let template: Template
  let shape: RowShape
  let before: Range<Int>
  let after: Range<Int>
  let isEscaped: Bool

  func fits(_ other: RowShape, _ section: Int, of template: Template) -> Bool {
    shape == other && self.section == section && self.template === template
  }
}

/// Watches how the first row of a shape is rendered, to learn whether that tells the others.
///
/// It does if the varying value is printed once and asked for nowhere else, and if all else is of the row.
struct RowRecorder {
  let shape: RowShape
  /// The index of the row among the contexts.
  let context: Int
  private var value: (place: Range<Int>, isEscaped: Bool)?
  private var isTelling = true

  init(_ shape: RowShape, context: Int) {
    self.shape = shape
    self.context = context
  }

  /// Takes note of a tag that asked for a name.
  ///
  /// - Parameters:
  ///   - found: the index of the context that had the name; nil where none had.
  ///   - place: what the tag printed; nil for one that opens a section.
  mutating func note(_ step: Template.Step, found: Int?, printed place: Range<Int>?) {
    guard let name = step.name else {
      // `{{.}}` is of the section around it, of which note was taken; no more is known of a path.
      isTelling = isTelling && step.range.isEmpty
      return
    }
    isTelling = isTelling && (found ?? -1) >= context
    guard name == shape.varying else { return }
    isTelling = isTelling && value == nil && place != nil
    value = place.map { ($0, step.isEscaped) }
  }

  /// Takes note of a partial, a parent or a block.
  mutating func noteOther() { isTelling = false }

  /// What the rows of the shape have in common, if this row, which stands at `row`, told it.
  func pattern(_ row: Range<Int>, _ section: Int, of template: Template) -> RowPattern? {
    guard isTelling, let value else { return nil }
    return RowPattern(
      section: section, template: template, shape: shape, before: row.lowerBound..<value.place.lowerBound,
      after: value.place.upperBound..<row.upperBound, isEscaped: value.isEscaped)
  }
}

package import Markup

/// Columns from zero, each a stack of parts; for amounts that start anew with every day or month.
package struct ColumnChart: Sendable {
  /// What the chart says to those who cannot see it.
  package let description: ChartDescription
  /// In the order of reading, all of one width.
  package let columns: [Column]
  /// A value that every column may be compared with, as a dotted line; nil for none.
  package let average: Int64?
  /// The class of the first series; a chart of failures has ``SeriesClass/bad``.
  package let seriesClass: SeriesClass

  /// A chart whose axis reaches from zero over all columns and the average.
  package init(
    _ description: ChartDescription, columns: [Column], average: Int64? = nil, seriesClass: SeriesClass = .s1
  ) {
    self.description = description
    self.columns = columns
    self.average = average
    self.seriesClass = seriesClass
  }

  /// Appends the chart as HTML with inline SVG; nothing for no columns.
  ///
  /// `tickLabel` says what the axis writes at a value.
  ///
  /// - Complexity: O(n), times the number of value labels.
  package func render(
    direction: ChartDirection = .leftToRight, tickLabel: (Int64) -> String, into buffer: inout ByteBuffer
  ) {
    if columns.isEmpty { return }
    let hasTextsBelow = columns.contains { $0.valueLabel != nil && $0.hangs }
    let frame = ChartFrame(
      covering: reach, direction, hasTextsBelow: hasTextsBelow)
    let stacks = columns.map { ColumnStack($0, seriesClass, in: frame) }
    frame.begin(description, tickLabel: tickLabel, into: &buffer)
    for index in columns.indices { append(stacks[index], at: index, frame, into: &buffer) }
    if let average { buffer.appendLine("avg", .fullWidth, y: frame.y(of: average)) }
    for index in columns.indices { appendTexts(at: index, above: stacks, frame, into: &buffer) }
    frame.end(into: &buffer)
  }

  /// From the lowest to the highest value that the axis has to reach.
  private var reach: ClosedRange<Int64> {
    var (low, high) = (average ?? 0, average ?? 0)
    for column in columns {
      let reach = column.reach
      (low, high) = (min(low, reach.lowerBound), max(high, reach.upperBound))
    }
    return low...high
  }

  private func append(
    _ stack: ColumnStack, at index: Int, _ frame: ChartFrame, into buffer: inout ByteBuffer
  ) {
    let column = columns[index]
    let slot = frame.direction.x(Extent.slot(index, of: columns.count))
    for bar in stack.bars { buffer.appendRect(bar.name, slot, bar.y, tip: column.tip) }
    if column.parts == nil {
      buffer.appendLine("gap", slot, y: frame.y(of: 0) - Self.gapHeight / 2, tip: column.tip)
    }
  }

  private func appendTexts(
    at index: Int, above stacks: [ColumnStack], _ frame: ChartFrame, into buffer: inout ByteBuffer
  ) {
    let (column, slot) = (columns[index], Extent.slot(index, of: columns.count))
    if let text = column.valueLabel {
      let place = LabelPlace(text, on: slot)
      let y = valueLabelY(at: index, stacks: stacks[covered(by: place)])
      frame.appendText("vl", at: place, y: y, text, into: &buffer)
    }
    if let label = column.label { frame.appendLabel(label, on: slot, into: &buffer) }
  }

  /// The columns that a text reaches over in the narrowest plot, so that it can keep clear of them.
  private func covered(by place: LabelPlace) -> Range<Int> {
    let extent = place.extent(in: LabelPlace.narrowPlot)
    let (count, width) = (Int64(columns.count), LabelPlace.narrowPlot)
    let first = max(0, extent.start) * count / width
    let last = min(width - 1, extent.end) * count / width
    return Int(first)..<Int(min(count - 1, last)) + 1
  }

  /// The baseline of a value's text: above all columns that it reaches over, or below them when its own hangs.
  private func valueLabelY(at index: Int, stacks: ArraySlice<ColumnStack>) -> Int64 {
    columns[index].hangs ? (stacks.map(\.bottom).max() ?? 0) + 130 : (stacks.map(\.top).min() ?? 0) - 50
  }

  /// Of the mark for a gap, as `folio.css` draws it, in tenths of a pixel.
  private static let gapHeight: Int64 = 60
}

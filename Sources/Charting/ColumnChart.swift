package import Markup

/// Columns from zero, each a stack of parts; for amounts that start anew with every day or month.
package struct ColumnChart: Sendable {
  /// One column.
  package struct Column: Hashable, Sendable {
    /// From below, one for each series, classes `s1` to `s4`; nil is a gap: nobody knows, which is not zero.
    package let parts: [Int64]?
    /// What the column is expected to reach, drawn as an outline above a partial one; nil for none.
    package let projected: Int64?
    /// Whether the span is not over, so that the column is not to be compared with whole ones.
    package let isPartial: Bool
    /// The text below; nil for none.
    package let label: ChartLabel?
    /// What a pointer reads on the column.
    package let tip: String

    package init(
      parts: [Int64]?, projected: Int64? = nil, isPartial: Bool = false, label: ChartLabel? = nil, tip: String
    ) {
      self.parts = parts
      self.projected = projected
      self.isPartial = isPartial
      self.label = label
      self.tip = tip
    }
  }

  package let description: ChartDescription
  package let columns: [Column]

  package init(_ description: ChartDescription, columns: [Column]) {
    self.description = description
    self.columns = columns
  }

  /// Appends the chart as HTML with inline SVG; nothing for no columns.
  ///
  /// Parts below zero have no height: their figures belong into the table beside the chart.
  ///
  /// `tickLabel` says what the axis writes at a value.
  ///
  /// - Complexity: O(n).
  package func render(tickLabel: (Int64) -> String, into buffer: inout ByteBuffer) {
    if columns.isEmpty { return }
    let frame = ChartFrame(ticks: AxisTicks(covering: columns.map(\.highest).max() ?? 0))
    frame.begin(description, tickLabel: tickLabel, into: &buffer)
    for (index, column) in columns.enumerated() {
      append(column, in: slot(index), frame, into: &buffer)
    }
    frame.end(into: &buffer)
  }

  /// A column's place in hundredths of a per cent.
  private func slot(_ index: Int) -> (start: Int64, width: Int64) {
    let count = Int64(columns.count)
    let (start, end) = (10_000 * Int64(index) / count, 10_000 * Int64(index + 1) / count)
    // Narrow gaps between many columns, wider ones between few; a lone column does not fill the plot.
    let gap = (end - start) * (count > 16 ? 12 : count > 3 ? 22 : 60) / 100
    return (start + gap / 2, end - start - gap)
  }

  private func append(
    _ column: Column, in slot: (start: Int64, width: Int64), _ frame: ChartFrame,
    into buffer: inout ByteBuffer
  ) {
    var length: Int64 = 0
    for (series, part) in (column.parts ?? []).enumerated() where part > 0 {
      // One pixel at least, so that little is not taken for nothing.
      let height = max(10, frame.length(of: part))
      let name = "s\(series % 4 + 1)" + (column.isPartial ? " part" : "")
      appendBar(name, slot, from: length, to: length + height, column.tip, frame, into: &buffer)
      length += height
    }
    if let projected = column.projected, frame.length(of: projected) > length {
      appendBar("est", slot, from: length, to: frame.length(of: projected), column.tip, frame, into: &buffer)
    }
    if let label = column.label {
      frame.appendLabel(label, x: slot.start + slot.width / 2, into: &buffer)
    }
  }

  private func appendBar(
    _ name: String, _ slot: (start: Int64, width: Int64), from: Int64, to: Int64, _ tip: String,
    _ frame: ChartFrame, into buffer: inout ByteBuffer
  ) {
    buffer.append("<rect class=\"\(name)\" x=\"")
    buffer.append(hundredths: slot.start)
    buffer.append("%\" width=\"")
    buffer.append(hundredths: slot.width)
    buffer.append("%\" y=\"")
    buffer.append(tenths: frame.y(above: to))
    buffer.append("\" height=\"")
    buffer.append(tenths: to - from)
    buffer.append("\"><title>")
    buffer.append(tip, escaping: .xmlText)
    buffer.append("</title></rect>")
  }
}

extension ColumnChart.Column {
  /// The highest point that the axis has to reach; parts that do not fit a sum count as the largest number.
  fileprivate var highest: Int64 {
    let sum = (parts ?? []).reduce(into: Int128(0)) { $0 += Int128(max(0, $1)) }
    return max(Int64(clamping: sum), projected ?? 0)
  }
}

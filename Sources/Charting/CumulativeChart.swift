package import Markup

/// A line that only rises: what has come together so far, and where it is expected to end.
package struct CumulativeChart: Sendable {
  package let description: ChartDescription
  /// The totals at the ends of the spans that are over, the first span first; nil where nobody knows.
  package let totals: [Int64?]
  /// How many spans the whole period has, at least as many as there are totals.
  package let spanCount: Int
  /// The total at the end of the period; nil for no projection.
  package let projected: Int64?
  /// Texts below, by the span that they stand under.
  package let labels: [Int: ChartLabel]

  package init(
    _ description: ChartDescription, totals: [Int64?], spanCount: Int, projected: Int64? = nil,
    labels: [Int: ChartLabel] = [:]
  ) {
    precondition(totals.count <= spanCount, "a period holds its spans")
    self.description = description
    self.totals = totals
    self.spanCount = spanCount
    self.projected = projected
    self.labels = labels
  }

  /// Appends the chart as HTML with inline SVG; nothing without a total.
  ///
  /// `tickLabel` says what the axis writes at a value.
  ///
  /// - Complexity: O(n).
  package func render(tickLabel: (Int64) -> String, into buffer: inout ByteBuffer) {
    let known = totals.compactMap(\.self)
    guard let highest = known.max() else { return }
    let frame = ChartFrame(ticks: AxisTicks(covering: max(highest, projected ?? 0)))
    frame.begin(description, tickLabel: tickLabel, into: &buffer)
    let view = "viewBox=\"0 0 10000 \(ChartFrame.height)\" width=\"100%\" height=\"\(ChartFrame.height)\""
    buffer.append("<svg \(view) preserveAspectRatio=\"none\"><path class=\"act\" d=\"")
    appendTotals(frame, into: &buffer)
    buffer.append("\"/>")
    appendProjection(frame, into: &buffer)
    buffer.append("</svg>")
    for (span, label) in labels.sorted(by: { $0.key < $1.key }) {
      frame.appendLabel(label, x: x(after: span), into: &buffer)
    }
    frame.end(into: &buffer)
  }

  /// In hundredths of a per cent.
  private func x(after spans: Int) -> Int64 { 10_000 * Int64(spans) / Int64(spanCount) }

  /// The line starts at nothing; a gap lifts the pen.
  private func appendTotals(_ frame: ChartFrame, into buffer: inout ByteBuffer) {
    var isDrawing = false
    for (index, total) in ([0] + totals).enumerated() {
      if let total { appendPoint(isDrawing ? "L" : "M", index, total, frame, into: &buffer) }
      isDrawing = total != nil
    }
  }

  private func appendProjection(_ frame: ChartFrame, into buffer: inout ByteBuffer) {
    guard let projected, totals.count < spanCount, let last = totals.lastIndex(where: { $0 != nil }),
      let total = totals[last]
    else { return }
    buffer.append("<path class=\"prj\" d=\"")
    appendPoint("M", last + 1, total, frame, into: &buffer)
    appendPoint("L", spanCount, projected, frame, into: &buffer)
    buffer.append("\"/>")
  }

  private func appendPoint(
    _ command: String, _ spans: Int, _ total: Int64, _ frame: ChartFrame, into buffer: inout ByteBuffer
  ) {
    buffer.append(command)
    buffer.append(decimal: x(after: spans))
    buffer.append(" ")
    buffer.append(tenths: frame.y(above: frame.length(of: total)))
  }
}

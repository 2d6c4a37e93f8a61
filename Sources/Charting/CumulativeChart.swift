package import Markup

/// A line that adds up: what has come together so far, and where it is expected to end.
package struct CumulativeChart: Sendable {
  /// A value that the line is measured against.
  package struct Limit: Hashable, Sendable {
    /// Where the line is.
    package let value: Int64
    /// What stands at its line, with the value: "Budget $2,000.00".
    package let label: String

    /// A line at a value.
    package init(_ value: Int64, label: String) { (self.value, self.label) = (value, label) }
  }

  /// What the chart says to those who cannot see it.
  package let description: ChartDescription
  /// The totals at the ends of the spans that are over, the first span first; nil where nobody knows.
  package let totals: [Int64?]
  /// The total before the first span; nil lets the line begin at the first total.
  package let start: Int64?
  /// How many spans the whole period has, at least as many as there are totals.
  package let spanCount: Int
  /// The total at the end of the period; nil for no projection.
  package let projected: Int64?
  /// Between which totals the period is likely to end; nil when nobody says.
  package let range: ClosedRange<Int64>?
  /// Lines across the plot, within the axis wherever they are.
  package let limits: [Limit]
  /// Texts below, by the span that they stand under.
  package let labels: [Int: ChartLabel]
  /// The text at the last known total; nil for none.
  package let lastLabel: String?
  /// The text at the projected total; nil for none.
  package let projectedLabel: String?

  /// - Precondition: there are no more totals than spans.
  package init(
    _ description: ChartDescription, totals: [Int64?], start: Int64? = 0, spanCount: Int,
    projected: Int64? = nil, range: ClosedRange<Int64>? = nil, limits: [Limit] = [],
    labels: [Int: ChartLabel] = [:], lastLabel: String? = nil, projectedLabel: String? = nil
  ) {
    precondition(totals.count <= spanCount, "a period holds its spans")
    self.description = description
    self.totals = totals
    self.start = start
    self.spanCount = spanCount
    self.projected = projected
    self.range = range
    self.limits = limits
    self.labels = labels
    self.lastLabel = lastLabel
    self.projectedLabel = projectedLabel
  }

  /// Appends the chart as HTML with inline SVG; nothing without a total.
  ///
  /// A projection and its range are shown while spans are missing. `tickLabel` says what the axis writes at a value.
  ///
  /// - Complexity: O(n).
  package func render(
    direction: ChartDirection = .leftToRight, tickLabel: (Int64) -> String, into buffer: inout ByteBuffer
  ) {
    guard let last = totals.lastIndex(where: { $0 != nil }), let total = totals[last] else { return }
    let outlook = totals.count < spanCount ? projected.map { Outlook(projected: $0, range: range) } : nil
    let drawing = CumulativeDrawing(
      chart: self, last: (last + 1, total), outlook: outlook,
      frame: ChartFrame(covering: reach(outlook), direction))
    drawing.frame.begin(description, tickLabel: tickLabel, into: &buffer)
    drawing.appendLines(into: &buffer)
    drawing.appendTexts(into: &buffer)
    drawing.frame.end(into: &buffer)
  }

  /// Every value that the axis has to reach.
  private func reach(_ outlook: Outlook?) -> [Int64] {
    let known = totals.compactMap(\.self) + (start.map { [$0] } ?? [])
    return known + limits.map(\.value) + (outlook?.values ?? [])
  }

  /// Where the period is expected to end.
  struct Outlook {
    let projected: Int64
    let range: ClosedRange<Int64>?

    var values: [Int64] { [projected, lowest, highest] }
    var lowest: Int64 { min(projected, range?.lowerBound ?? projected) }
    var highest: Int64 { max(projected, range?.upperBound ?? projected) }
  }
}

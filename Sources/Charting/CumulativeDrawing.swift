import Markup

/// The parts of a cumulative chart within its frame.
struct CumulativeDrawing {
  let chart: CumulativeChart
  /// The last known total, and after how many spans it is.
  let last: (spans: Int, total: Int64)
  /// Nil when nothing is expected any more.
  let outlook: CumulativeChart.Outlook?
  let frame: ChartFrame

  func appendLines(into buffer: inout ByteBuffer) {
    for limit in chart.limits { buffer.appendLine("limit", .fullWidth, y: frame.y(of: limit.value)) }
    let height = frame.height / 10
    buffer.append("<svg viewBox=\"0 0 1000 \(height)\" width=\"100%\" height=\"\(height)\"")
    buffer.append(" preserveAspectRatio=\"none\">")
    appendOutlook(into: &buffer)
    buffer.appendPath("act", through: path.map { $0.map(mirrored) })
    buffer.append("</svg>")
    appendDot("dot", point(last.spans, last.total), into: &buffer)
    if let outlook { appendDot("dot open", point(chart.spanCount, outlook.projected), into: &buffer) }
  }

  private func appendOutlook(into buffer: inout ByteBuffer) {
    guard let outlook else { return }
    let (now, end) = (point(last.spans, last.total), chart.spanCount)
    if outlook.lowest < outlook.highest {
      let corners = [now, point(end, outlook.highest), point(end, outlook.lowest)]
      buffer.appendPath("band", through: corners.map(mirrored), isClosed: true)
    }
    buffer.appendPath("prj", through: [now, point(end, outlook.projected)].map(mirrored))
  }

  private func appendDot(_ name: String, _ point: PathPoint, into buffer: inout ByteBuffer) {
    buffer.appendDot(name, x: frame.direction.x(point.x), y: point.y)
  }

  /// The line so far, from the total before the first span where there is one.
  var path: [PathPoint?] {
    ([chart.start] + chart.totals).enumerated().map { spans, total in total.map { point(spans, $0) } }
  }

  /// From the start of the plot on; a tenth of the drawing's own unit is a hundredth of a per cent.
  func point(_ spans: Int, _ total: Int64) -> PathPoint {
    PathPoint(x: 10_000 * Int64(spans) / Int64(chart.spanCount), y: frame.y(of: total))
  }

  private func mirrored(_ point: PathPoint) -> PathPoint {
    PathPoint(x: frame.direction.x(point.x), y: point.y)
  }
}

import Markup

extension CumulativeDrawing {
  func appendTexts(into buffer: inout ByteBuffer) {
    for label in plotLabels {
      frame.appendText(label.name, at: label.place, y: label.y, label.text, into: &buffer)
    }
    for (span, label) in chart.labels.sorted(by: { $0.key < $1.key }) {
      frame.appendLabel(label, on: Extent(point(span, 0).x, 0), into: &buffer)
    }
  }

  /// Limits first, which belong to their lines, then the end, then the last total.
  private var plotLabels: [PlotLabels.Label] {
    let limits = chart.limits.map { frame.y(of: $0.value) }
    var labels = PlotLabels(limits: limits, paths: paths, bottom: frame.bottom)
    for (limit, y) in zip(chart.limits, limits) {
      labels.add("ll", limit.label, at: spots(of: limit.label, atLine: y), beside: Extent(y, 0))
    }
    if let outlook, let text = chart.projectedLabel {
      let ends = Extent(from: frame.y(of: outlook.highest), to: frame.y(of: outlook.lowest))
      labels.add("pl", text, at: spots(of: text, atEnd: ends), beside: ends)
    }
    if let text = chart.lastLabel {
      let point = point(last.spans, last.total)
      labels.add("pl", text, at: spots(of: text, at: point), beside: Extent(point.y, 0))
    }
    return labels.labels
  }

  /// The line so far and the one to the projection.
  private var paths: [(from: PathPoint, to: PathPoint)] {
    let path = path
    let soFar = zip(path, path.dropFirst()).compactMap { from, to in
      from.flatMap { from in to.map { (from: from, to: $0) } }
    }
    let ahead = outlook.map {
      (from: point(last.spans, last.total), to: point(chart.spanCount, $0.projected))
    }
    return soFar + [ahead].compactMap(\.self)
  }

  /// At either end of the line of a limit, as near as may be.
  private func spots(of text: String, atLine y: Int64) -> [LabelSpot] {
    let places = [LabelPlace(text, after: 0), LabelPlace(text, before: 10_000)]
    return (0...3).flatMap { row in
      places.flatMap { [LabelSpot.above(y, $0, row: row), .below(y, $0, row: row)] }
    }
  }

  /// Above or below the range at the end of the period.
  private func spots(of text: String, atEnd ends: Extent) -> [LabelSpot] {
    let place = LabelPlace(text, before: 10_000)
    return (0...3).flatMap { row in
      [LabelSpot.above(ends.start, place, row: row), .below(ends.end, place, row: row)]
    }
  }

  /// Before a point above it or after it below it, where a line that rises is not; or else the other way round.
  private func spots(of text: String, at point: PathPoint) -> [LabelSpot] {
    let (before, after) = (LabelPlace(text, before: point.x), LabelPlace(text, after: point.x))
    let usual = (0...3).flatMap { row in
      [LabelSpot.above(point.y, before, row: row), .below(point.y, after, row: row)]
    }
    let falling = (0...3).flatMap { row in
      [LabelSpot.below(point.y, before, row: row), .above(point.y, after, row: row)]
    }
    return usual + falling
  }
}

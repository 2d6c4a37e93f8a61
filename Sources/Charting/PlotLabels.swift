/// Texts within a plot, each put beside what it names, where it meets neither another text nor a line.
///
/// Laid out for the narrowest plot: in a wider one a text covers a part of what it covers there.
struct PlotLabels {
  /// A text with its place; `y` is its baseline in tenths of a pixel from above.
  struct Label: Hashable {
    let name: String
    let text: String
    let place: LabelPlace
    let y: Int64
  }

  /// The least distance of the baselines of texts one above the other, in tenths of a pixel.
  static let lineHeight: Int64 = 140

  private(set) var labels: [Label] = []
  /// Lines across the plot, in tenths of a pixel from above.
  private let limits: [Int64]
  /// Other lines, x in hundredths of a per cent and y in tenths of a pixel.
  private let paths: [(from: PathPoint, to: PathPoint)]
  private let baselines: ClosedRange<Int64>

  /// Keeps clear of lines; `bottom` is where the plot ends, in tenths of a pixel from above.
  init(limits: [Int64], paths: [(from: PathPoint, to: PathPoint)], bottom: Int64) {
    (self.limits, self.paths) = (limits, paths)
    baselines = 100...bottom - 40
  }

  /// Puts a text at one of its spots beside a stretch from above to below, at the first that meets no text and no
  /// line and has no limit between it and the stretch.
  ///
  /// Failing that a text is rather crossed by a line than beyond a limit. A text all of whose spots meet others is
  /// left out, as its figure stands in the words or the table beside the chart.
  ///
  /// - Complexity: O(n) for n texts and lines, times the number of spots.
  mutating func add(_ name: String, _ text: String, at spots: [LabelSpot], beside stretch: Extent) {
    let free = spots.filter { spot in
      baselines.contains(spot.y) && spot.place.fits(in: LabelPlace.narrowPlot)
        && !labels.contains { meets(spot, $0) }
    }
    let near = free.filter { !isCutOff($0, from: stretch) }
    if let spot = near.first(where: isClear) ?? near.first ?? free.first(where: isClear) ?? free.first {
      labels.append(Label(name: name, text: text, place: spot.place, y: spot.y))
    }
  }

  private func meets(_ spot: LabelSpot, _ label: Label) -> Bool {
    abs(label.y - spot.y) < Self.lineHeight && label.place.touches(spot.place, in: LabelPlace.narrowPlot)
  }

  private func isCutOff(_ spot: LabelSpot, from stretch: Extent) -> Bool {
    limits.contains { limit in
      spot.y < stretch.start
        ? spot.top < limit && limit < stretch.start : stretch.end < limit && limit < spot.bottom
    }
  }

  /// Whether no line crosses the text.
  private func isClear(_ spot: LabelSpot) -> Bool {
    let extent = spot.place.extent(in: LabelPlace.narrowPlot)
    let (start, end) = (hundredths(extent.start), hundredths(extent.end))
    if limits.contains(where: { spot.top < $0 && $0 < spot.bottom }) { return false }
    return paths.allSatisfy { line in
      guard line.from.x <= end, line.to.x >= start else { return true }
      let (one, other) = (y(of: line, at: max(start, line.from.x)), y(of: line, at: min(end, line.to.x)))
      return max(one, other) <= spot.top || min(one, other) >= spot.bottom
    }
  }

  private func hundredths(_ tenths: Int64) -> Int64 { tenths * 10_000 / LabelPlace.narrowPlot }

  private func y(of line: (from: PathPoint, to: PathPoint), at x: Int64) -> Int64 {
    let (width, rise) = (line.to.x - line.from.x, line.to.y - line.from.y)
    return width == 0 ? line.from.y : line.from.y + rise * (x - line.from.x) / width
  }
}

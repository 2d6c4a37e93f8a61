package import Markup

/// One amount against a whole, with what is expected and where someone is alerted; for a budget.
package struct BulletBar: Hashable, Sendable {
  /// A value with a mark and a text below it.
  package struct Threshold: Hashable, Sendable {
    /// Where the mark is; below zero it is at zero.
    package let value: Int64
    /// "50 %"; nil for a mark alone.
    package let label: String?

    /// A mark at a value.
    package init(_ value: Int64, label: String?) { (self.value, self.label) = (value, label) }
  }

  /// Down from the top, in tenths of a pixel: the bar, the marks across it, and the baseline of the texts.
  private static let (bar, mark, baseline) = (Extent(40, 160), Extent(0, 240), Int64(380))
  /// In tenths of a pixel.
  private static let height: Int64 = 440

  /// What the bar says to those who cannot see it.
  package let description: ChartDescription
  /// What the amount has come to; no bar for nothing or less.
  package let spent: Int64
  /// What it is measured against, marked; the bar is longer when something is beyond it.
  package let whole: Int64
  /// What the amount is expected to come to; nil for no projection.
  package let projected: Int64?
  /// From the most important label to the least: the earlier keep theirs where there is no room for all.
  package let thresholds: [Threshold]
  /// The text below the mark of the whole; nil for none.
  package let wholeLabel: String?

  /// A bar of `spent`, of what `whole` allows.
  package init(
    _ description: ChartDescription, spent: Int64, of whole: Int64, projected: Int64? = nil,
    thresholds: [Threshold] = [], wholeLabel: String? = nil
  ) {
    self.description = description
    self.spent = spent
    self.whole = whole
    self.projected = projected
    self.thresholds = thresholds
    self.wholeLabel = wholeLabel
  }

  /// Appends the bar as inline SVG; nothing when no amount is above zero.
  ///
  /// Texts that have no room on a telephone show from 32 rem on only, and those without room there are left out.
  ///
  /// - Complexity: O(n log n) for n thresholds.
  package func render(direction: ChartDirection = .leftToRight, into buffer: inout ByteBuffer) {
    let amounts = [spent, whole, projected ?? 0] + thresholds.map(\.value)
    guard let scale = BarScale(covering: amounts) else { return }
    description.begin(height: Self.height, into: &buffer)
    buffer.appendRect("track", direction.x(scale.bar(to: whole)), Self.bar)
    appendBars(scale, direction, into: &buffer)
    for threshold in thresholds {
      buffer.appendLine("mark", x: direction.x(scale.x(of: threshold.value)), Self.mark)
    }
    buffer.appendLine("mark cap", x: direction.x(scale.x(of: whole)), Self.mark)
    appendLabels(scale, direction, into: &buffer)
    buffer.append("</svg>")
  }

  /// What is spent and what is to come after it, each divided at the whole.
  private func appendBars(_ scale: BarScale, _ direction: ChartDirection, into buffer: inout ByteBuffer) {
    let (spent, expected) = (max(0, spent), max(0, spent, projected ?? 0))
    let bars: [(name: String, x: Extent)] = [
      ("s1", scale.bar(to: min(spent, whole))),
      ("bad", scale.bar(from: max(0, whole), to: spent)),
      ("est", scale.bar(from: spent, to: min(expected, whole))),
      ("est bad", scale.bar(from: max(spent, whole), to: expected)),
    ]
    for bar in bars where bar.x.length > 0 { buffer.appendRect(bar.name, direction.x(bar.x), Self.bar) }
  }

  private func appendLabels(_ scale: BarScale, _ direction: ChartDirection, into buffer: inout ByteBuffer) {
    let marks = [Threshold(whole, label: wholeLabel)] + thresholds
    let texts = marks.compactMap { mark in mark.label.map { (x: scale.x(of: mark.value), text: $0) } }
    let places = texts.map { LabelPlace($0.text, on: Extent($0.x, 0)) }
    let row = LabelRow(places)
    let essential = row.fitting(Array(texts.indices), in: LabelPlace.narrowPlot)
    for index in row.fitting(essential + Array(texts.indices), in: LabelPlace.widePlot).sorted() {
      buffer.appendText(
        (essential.contains(index) ? "xl" : "xl o") + places[index].anchor.rawValue,
        x: direction.x(places[index].x), y: Self.baseline, texts[index].text)
    }
  }
}

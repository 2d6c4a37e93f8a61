import Markup

/// The common parts of charts: an axis of text beside a plot whose x is in per cent and whose y is in pixels.
///
/// So text keeps its size at any width, without a script and without a style attribute. All y are in tenths of a
/// pixel from above.
struct ChartFrame {
  /// Where the highest grid line lies; above it is room for a text.
  static let top: Int64 = 200
  /// From the highest grid line to the lowest.
  static let plotHeight: Int64 = 1_600
  /// Between the axis' texts and the plot, in pixels.
  private static let axisGap: Int64 = 8

  let ticks: AxisTicks
  let direction: ChartDirection
  /// Whether texts stand below the lowest line, so that the labels have to go below them.
  let hasTextsBelow: Bool

  /// Takes the axis that covers all values.
  init(covering values: [Int64], _ direction: ChartDirection) {
    self.init(covering: min(0, values.min() ?? 0)...max(0, values.max() ?? 0), direction)
  }

  /// Takes the axis that covers a range and zero.
  init(covering range: ClosedRange<Int64>, _ direction: ChartDirection, hasTextsBelow: Bool = false) {
    ticks = AxisTicks(covering: range)
    self.direction = direction
    self.hasTextsBelow = hasTextsBelow
  }

  /// Where the lowest grid line lies.
  var bottom: Int64 { Self.top + Self.plotHeight }
  /// The baseline of the labels.
  var labelY: Int64 { bottom + (hasTextsBelow ? 340 : 180) }
  /// Labels included.
  var height: Int64 { labelY + 100 }

  /// Where a value lies that the axis covers.
  func y(of value: Int64) -> Int64 {
    let span = Int128(ticks.step) * Int128(ticks.intervals)
    let tenths = (ticks.top - Int128(value)) * Int128(Self.plotHeight)
    // Nearly all numbers are small, and a division of 128 bits takes many times as long.
    if let half = Int64(exactly: tenths + span / 2), let span = Int64(exactly: span) {
      return Self.top + half / span
    }
    return Self.top + Int64((tenths + span / 2) / span)
  }

  /// Opens the chart: the axis' labels, the plot with its title and description, and the grid.
  func begin(_ description: ChartDescription, tickLabel: (Int64) -> String, into buffer: inout ByteBuffer) {
    buffer.append("<div class=\"chart\">")
    appendAxis(tickLabel, into: &buffer)
    description.begin(height: height, into: &buffer)
    for value in ticks.values { buffer.appendLine(value == 0 ? "axis" : "grid", .fullWidth, y: y(of: value)) }
  }

  func end(into buffer: inout ByteBuffer) { buffer.append("</svg></div>") }

  private func appendAxis(_ tickLabel: (Int64) -> String, into buffer: inout ByteBuffer) {
    let labels = ticks.values.map { (value: $0, text: tickLabel($0)) }
    let longest = labels.map { TextWidth(of: $0.text).tenths }.max() ?? 0
    let width = (longest + 9) / 10 + Self.axisGap
    let x = direction == .leftToRight ? width - Self.axisGap : Self.axisGap
    buffer.append("<svg class=\"plot ya\" aria-hidden=\"true\" width=\"\(width)\"")
    buffer.append(" height=\"", pixels: height)
    buffer.append(">")
    for label in labels {
      buffer.append("<text class=\"yl\" x=\"\(x)\"")
      buffer.append(" y=\"", pixels: y(of: label.value) + 40)
      buffer.append(">")
      buffer.append(label.text, escaping: .xmlText)
      buffer.append("</text>")
    }
    buffer.append("</svg>")
  }

  /// A label below the plot.
  func appendLabel(_ label: ChartLabel, on column: Extent, into buffer: inout ByteBuffer) {
    let place = LabelPlace(label.text, on: column)
    appendText(label.isEssential ? "xl" : "xl o", at: place, y: labelY, label.text, into: &buffer)
  }

  /// A text in the plot, on the baseline `y`.
  func appendText(
    _ name: String, at place: LabelPlace, y: Int64, _ text: String, into buffer: inout ByteBuffer
  ) {
    buffer.appendText(name + place.anchor.rawValue, x: direction.x(place.x), y: y, text)
  }
}

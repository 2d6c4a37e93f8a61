import Markup

/// What a chart says about itself to those who cannot see it, and its name in the page.
package struct ChartDescription: Hashable, Sendable {
  /// The prefix of the chart's `id` attributes, unique in the page: ASCII letters and digits.
  package let id: String
  /// What the chart shows.
  package let title: String
  /// What is to be learnt from it, not what it looks like.
  package let finding: String

  package init(id: String, title: String, finding: String) {
    self.id = id
    self.title = title
    self.finding = finding
  }
}

/// The common parts of charts: an axis of text beside a plot whose x is in per cent and whose y is in pixels.
///
/// So text keeps its size at any width, without a script and without a style attribute.
struct ChartFrame {
  /// In pixels, labels included.
  static let height = 200
  /// Where the highest grid line lies, in pixels from above.
  static let plotTop = 12
  /// In pixels.
  static let plotHeight = 160
  /// Of a label's character, generously, in pixels at 12 px type.
  private static let characterWidth = 7

  let ticks: AxisTicks

  /// The distance of a value from the zero line, in tenths of a pixel; nothing below zero.
  func length(of value: Int64) -> Int64 {
    guard value > 0 else { return 0 }
    let tenths = Int128(value) * Int128(Self.plotHeight * 10)
    return Int64((tenths + ticks.top / 2) / ticks.top)
  }

  /// Where a distance from the zero line ends, in tenths of a pixel from above.
  func y(above length: Int64) -> Int64 { Int64(Self.plotTop + Self.plotHeight) * 10 - length }

  /// Opens the chart: the axis' labels, the plot with its title and description, and the grid.
  func begin(
    _ description: ChartDescription, tickLabel: (Int64) -> String, into buffer: inout ByteBuffer
  ) {
    buffer.append("<div class=\"chart\">")
    appendAxis(tickLabel, into: &buffer)
    appendOpening(description, into: &buffer)
    for value in ticks.values { appendGridLine(at: value, into: &buffer) }
  }

  func end(into buffer: inout ByteBuffer) { buffer.append("</svg></div>") }

  private func appendAxis(_ tickLabel: (Int64) -> String, into buffer: inout ByteBuffer) {
    let labels = ticks.values.map { (value: $0, text: tickLabel($0)) }
    let longest = labels.map { $0.text.unicodeScalars.count }.max() ?? 0
    let width = longest * Self.characterWidth + 8
    buffer.append("<svg class=\"plot ya\" aria-hidden=\"true\" width=\"\(width)\" height=\"\(Self.height)\">")
    for label in labels {
      buffer.append("<text class=\"yl\" x=\"\(width - 8)\" y=\"")
      buffer.append(tenths: y(above: length(of: label.value)) + 40)
      buffer.append("\">")
      buffer.append(label.text, escaping: .xmlText)
      buffer.append("</text>")
    }
    buffer.append("</svg>")
  }

  private func appendOpening(_ description: ChartDescription, into buffer: inout ByteBuffer) {
    let id = description.id
    buffer.append(
      "<svg class=\"plot\" role=\"img\" width=\"100%\" height=\"\(Self.height)\" aria-labelledby=\"")
    buffer.append("\(id)t \(id)d", escaping: .xmlAttribute)
    buffer.append("\"><title id=\"")
    buffer.append("\(id)t", escaping: .xmlAttribute)
    buffer.append("\">")
    buffer.append(description.title, escaping: .xmlText)
    buffer.append("</title><desc id=\"")
    buffer.append("\(id)d", escaping: .xmlAttribute)
    buffer.append("\">")
    buffer.append(description.finding, escaping: .xmlText)
    buffer.append("</desc>")
  }

  private func appendGridLine(at value: Int64, into buffer: inout ByteBuffer) {
    buffer.append("<line class=\"\(value == 0 ? "axis" : "grid")\" x1=\"0\" x2=\"100%\" y1=\"")
    let y = y(above: length(of: value))
    buffer.append(tenths: y)
    buffer.append("\" y2=\"")
    buffer.append(tenths: y)
    buffer.append("\"/>")
  }

  /// A label below the plot; labels at the ends keep within it. `x` is in hundredths of a per cent.
  func appendLabel(_ label: ChartLabel, x: Int64, into buffer: inout ByteBuffer) {
    buffer.append("<text class=\"xl")
    if x < 400 { buffer.append(" xs") }
    if x > 9_600 { buffer.append(" xe") }
    if !label.isEssential { buffer.append(" o") }
    buffer.append("\" x=\"")
    buffer.append(hundredths: x < 400 ? 0 : x > 9_600 ? 10_000 : x)
    buffer.append("%\" y=\"\(Self.plotTop + Self.plotHeight + 18)\">")
    buffer.append(label.text, escaping: .xmlText)
    buffer.append("</text>")
  }
}

/// A text below a column or a point.
package struct ChartLabel: Hashable, Sendable {
  package let text: String
  /// Whether the label also shows where the plot is narrow.
  package let isEssential: Bool

  package init(_ text: String, isEssential: Bool = true) {
    self.text = text
    self.isEssential = isEssential
  }
}

extension ByteBuffer {
  /// Appends `value` ÷ 10, not negative, without a zero at the end.
  mutating func append(tenths value: Int64) { append(fixed: value, places: 1) }

  /// Appends `value` ÷ 100, not negative, without zeros at the end.
  mutating func append(hundredths value: Int64) { append(fixed: value, places: 2) }

  private mutating func append(fixed value: Int64, places: Int) {
    var (rest, places, unit) = (value, places, Int64(places == 1 ? 10 : 100))
    while places > 0, rest % 10 == 0 { (rest, places, unit) = (rest / 10, places - 1, unit / 10) }
    append(decimal: rest / unit)
    if places > 0 {
      append(".")
      append(decimal: rest % unit, paddedTo: places)
    }
  }
}

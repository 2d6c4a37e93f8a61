import Markup

/// SVG elements with a class and geometry, never a style. Attributes of zero are left out: SVG takes them as zero.
extension ByteBuffer {
  /// A rectangle; `x` is in hundredths of a per cent, `y` in tenths of a pixel. No tip for an empty one.
  mutating func appendRect(_ name: String, _ x: Extent, _ y: Extent, tip: String = "") {
    appendStart("<rect class=\"", name)
    append(" x=\"", percent: x.start)
    append(" width=\"", percent: x.length)
    append(" y=\"", pixels: y.start)
    append(" height=\"", pixels: y.length)
    appendEnd("</rect>", tip: tip)
  }

  /// A level line; `x` is in hundredths of a per cent, `y` in tenths of a pixel.
  mutating func appendLine(_ name: String, _ x: Extent, y: Int64, tip: String = "") {
    appendLine(name, x, Extent(y, 0), tip: tip)
  }

  /// An upright line; `x` is in hundredths of a per cent, `y` in tenths of a pixel.
  mutating func appendLine(_ name: String, x: Int64, _ y: Extent) {
    appendLine(name, Extent(x, 0), y, tip: "")
  }

  private mutating func appendLine(_ name: String, _ x: Extent, _ y: Extent, tip: String) {
    appendStart("<line class=\"", name)
    append(" x1=\"", percent: x.start)
    append(" x2=\"", percent: x.end)
    append(" y1=\"", pixels: y.start)
    append(" y2=\"", pixels: y.end)
    appendEnd("</line>", tip: tip)
  }

  /// A round point; `x` is in hundredths of a per cent, `y` in tenths of a pixel.
  mutating func appendDot(_ name: String, x: Int64, y: Int64) {
    appendStart("<circle class=\"", name)
    append(" cx=\"", percent: x)
    append(" cy=\"", pixels: y)
    append(" r=\"4.5\"/>")
  }

  /// A text on the baseline `y`, in tenths of a pixel; `x` is in hundredths of a per cent.
  mutating func appendText(_ name: String, x: Int64, y: Int64, _ text: String) {
    appendStart("<text class=\"", name)
    append(" x=\"", percent: x)
    append(" y=\"", pixels: y)
    append(">")
    append(text, escaping: .xmlText)
    append("</text>")
  }

  /// An attribute in hundredths of a per cent, from its name up to the quote before the value.
  private mutating func append(_ attribute: String, percent value: Int64) {
    if value == 0 { return }
    append(attribute)
    append(hundredths: value)
    append("%\"")
  }

  /// An attribute in tenths of a pixel, from its name up to the quote before the value.
  mutating func append(_ attribute: String, pixels value: Int64) {
    if value == 0 { return }
    append(attribute)
    append(tenths: value)
    append(UInt8(ascii: "\""))
  }

  /// Opens an element up to its attributes of geometry; `start` goes up to the quote before its class.
  private mutating func appendStart(_ start: String, _ name: String) {
    append(start)
    append(name)
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEnd(_ end: String, tip: String) {
    if tip.isEmpty { return append("/>") }
    append("><title>")
    append(tip, escaping: .xmlText)
    append("</title>")
    append(end)
  }
}

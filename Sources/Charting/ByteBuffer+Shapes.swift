import Markup

/// SVG elements with a class and geometry, never a style. Attributes of zero are left out: SVG takes them as zero.
extension ByteBuffer {
  /// A rectangle; `x` is in hundredths of a per cent, `y` in tenths of a pixel. No tip for an empty one.
  mutating func appendRect(_ name: String, _ x: Extent, _ y: Extent, tip: String = "") {
    append("<rect class=\"")
    append(name)
    append(UInt8(ascii: "\""))
    append("x", percent: x.start)
    append("width", percent: x.length)
    append("y", pixels: y.start)
    append("height", pixels: y.length)
    appendEnd(of: "rect", tip: tip)
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
    append("<line class=\"")
    append(name)
    append(UInt8(ascii: "\""))
    append("x1", percent: x.start)
    append("x2", percent: x.end)
    append("y1", pixels: y.start)
    append("y2", pixels: y.end)
    appendEnd(of: "line", tip: tip)
  }

  /// A round point; `x` is in hundredths of a per cent, `y` in tenths of a pixel.
  mutating func appendDot(_ name: String, x: Int64, y: Int64) {
    append("<circle class=\"")
    append(name)
    append(UInt8(ascii: "\""))
    append("cx", percent: x)
    append("cy", pixels: y)
    append(" r=\"4.5\"/>")
  }

  /// A text on the baseline `y`, in tenths of a pixel; `x` is in hundredths of a per cent.
  mutating func appendText(_ name: String, x: Int64, y: Int64, _ text: String) {
    append("<text class=\"")
    append(name)
    append(UInt8(ascii: "\""))
    append("x", percent: x)
    append("y", pixels: y)
    append(">")
    append(text, escaping: .xmlText)
    append("</text>")
  }

  private mutating func append(_ attribute: String, percent value: Int64) {
    if value == 0 { return }
    open(attribute)
    append(hundredths: value)
    append("%\"")
  }

  /// An attribute in tenths of a pixel.
  mutating func append(_ attribute: String, pixels value: Int64) {
    if value == 0 { return }
    open(attribute)
    append(tenths: value)
    append("\"")
  }

  private mutating func open(_ attribute: String) {
    append(UInt8(ascii: " "))
    append(attribute)
    append("=\"")
  }

  private mutating func appendEnd(of element: String, tip: String) {
    if tip.isEmpty { return append("/>") }
    append("><title>")
    append(tip, escaping: .xmlText)
    append("</title></")
    append(element)
    append(UInt8(ascii: ">"))
  }
}

import Markup

/// A point of a line, in tenths of the unit that the surrounding SVG counts in.
struct PathPoint: Hashable, Sendable {
  let x: Int64
  let y: Int64
}

extension ByteBuffer {
  /// A line through points; nil lifts the pen, and a point alone between gaps is a line of no length, which round
  /// caps make a dot.
  mutating func appendPath(_ name: String, through points: [PathPoint?], isClosed: Bool = false) {
    append("<path class=\"")
    append(name)
    append("\" d=\"")
    for (index, point) in points.enumerated() {
      guard let point else { continue }
      let isFirst = index == 0 || points[index - 1] == nil
      let isLast = index + 1 == points.count || points[index + 1] == nil
      append(isFirst ? UInt8(ascii: "M") : UInt8(ascii: "L"), point)
      if isFirst && isLast { append("h0") }
    }
    append(isClosed ? "Z\"/>" : "\"/>")
  }

  private mutating func append(_ command: UInt8, _ point: PathPoint) {
    append(command)
    append(tenths: point.x)
    append(UInt8(ascii: " "))
    append(tenths: point.y)
  }
}

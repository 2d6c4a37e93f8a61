import Charting
import Markup
import Testing

@Suite struct BarCellTests {
  private func markup(_ bar: BarCell) -> String {
    var buffer = ByteBuffer()
    bar.render(into: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test func `a part of a whole is its share of the width, with a mark at each value`() {
    #expect(
      markup(BarCell(part: 150_000, of: 200_000, marks: [100_000, 150_001]))
        == "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"12\">"
        + "<rect class=\"track\" width=\"100%\" height=\"12\"/><rect class=\"s1\" width=\"75%\" height=\"12\"/>"
        + "<line class=\"mark\" x1=\"50%\" x2=\"50%\" y1=\"0\" y2=\"12\"/>"
        + "<line class=\"mark\" x1=\"75%\" x2=\"75%\" y1=\"0\" y2=\"12\"/></svg>")
  }

  @Test func `more than the whole fills the width in another colour, and the whole is its share of it`() {
    let text = markup(BarCell(part: 300, of: 200))
    #expect(text.contains("<rect class=\"track\" width=\"66.66%\""))
    #expect(text.contains("<rect class=\"s2\" width=\"100%\""))
  }

  @Test(arguments: [(Int64(-5), Int64(200), "0%"), (0, 200, "0%"), (1, 1_000_000_000_000, "0%")])
  func `nothing, less than nothing and next to nothing have no length`(
    part: Int64, whole: Int64, width: String
  ) {
    #expect(markup(BarCell(part: part, of: whole)).contains("<rect class=\"s1\" width=\"\(width)\""))
  }

  @Test func `a whole of nothing draws nothing`() {
    #expect(markup(BarCell(part: 0, of: 0)).isEmpty)
    #expect(!markup(BarCell(part: .max, of: 1, marks: [.max])).isEmpty)
  }
}

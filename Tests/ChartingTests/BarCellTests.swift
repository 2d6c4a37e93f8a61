import Charting
import Testing

@Suite struct BarCellTests {
  private func render(_ bar: BarCell, _ direction: ChartDirection = .leftToRight) -> String {
    markup { bar.render(direction: direction, into: &$0) }
  }

  @Test func `a part of a whole is its share of the width, with a mark at each value`() {
    #expect(
      render(BarCell(part: 150_000, of: 200_000, marks: [100_000, 150_001]))
        == "<svg class=\"bar\" aria-hidden=\"true\" width=\"100%\" height=\"12\">"
        + "<rect class=\"track\" width=\"100%\" height=\"12\"/><rect class=\"s1\" width=\"75%\" height=\"12\"/>"
        + "<line class=\"mark\" x1=\"50%\" x2=\"50%\" y2=\"12\"/>"
        + "<line class=\"mark\" x1=\"75%\" x2=\"75%\" y2=\"12\"/></svg>")
  }

  @Test func `right to left the bar begins at the right`() {
    let text = render(BarCell(part: 150, of: 200, marks: [20]), .rightToLeft)
    #expect(text.contains("<rect class=\"s1\" x=\"25%\" width=\"75%\""))
    #expect(text.contains("<line class=\"mark\" x1=\"90%\" x2=\"90%\""))
  }

  @Test func `more than the whole fills the width in another colour, and the whole is its share of it`() {
    let text = render(BarCell(part: 300, of: 200))
    #expect(text.contains("<rect class=\"track\" width=\"66.66%\""))
    #expect(text.contains("<rect class=\"s2\" width=\"100%\""))
  }

  @Test(arguments: [-5, 0] as [Int64]) func `nothing and less than nothing have no bar`(part: Int64) {
    let text = render(BarCell(part: part, of: 200))
    #expect(text.contains("<rect class=\"track\" width=\"100%\""))
    #expect(text.count(of: "<rect") == 1)
  }

  @Test func `next to nothing has no length`() {
    #expect(render(BarCell(part: 1, of: 1_000_000_000_000)).contains("<rect class=\"s1\" height=\"12\"/>"))
  }

  @Test func `a whole of nothing draws nothing`() {
    #expect(render(BarCell(part: 0, of: 0)).isEmpty)
    #expect(!render(BarCell(part: .max, of: 1, marks: [.max])).isEmpty)
  }
}

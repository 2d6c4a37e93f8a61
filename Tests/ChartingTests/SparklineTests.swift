import Charting
import Testing

@Suite struct SparklineTests {
  private func render(_ values: [Int64?], _ direction: ChartDirection = .leftToRight) -> String {
    markup { Sparkline(values).render(direction: direction, into: &$0) }
  }

  @Test func `a line ends in a dot`() {
    #expect(
      render([0, 50, 100]) == "<svg class=\"spark\" aria-hidden=\"true\" width=\"100\" height=\"24\">"
        + "<path class=\"act\" d=\"M3 21L50 12L97 3\"/><circle class=\"dot\" cx=\"97\" cy=\"3\" r=\"2.5\"/></svg>"
    )
  }

  @Test func `right to left it ends at the left`() {
    #expect(
      render([0, 100], .rightToLeft).contains("d=\"M97 21L3 3\"/><circle class=\"dot\" cx=\"3\" cy=\"3\""))
  }

  @Test func `one value is a dot at the end, and none is nothing`() {
    #expect(!render([7]).contains("path"))
    #expect(render([7]).contains("<circle class=\"dot\" cx=\"97\" cy=\"3\""))
    #expect(render([]).isEmpty)
    #expect(render([nil, nil]).isEmpty)
  }

  @Test func `a gap is not bridged, and the dot is at the last known value`() {
    let svg = render([10, nil, 10, 10, nil])
    #expect(svg.contains("d=\"M3 3h0M50 3L73.5 3\""))
    #expect(svg.contains("cx=\"73.5\""))
  }

  @Test func `the scale has zero in it`() {
    #expect(render([50, 100]).contains("M3 12L97 3"))
    #expect(render([-50, 50]).contains("M3 21L97 3"))
    #expect(render([-50, -100]).contains("M3 12L97 21"))
    #expect(render([0, 0]).contains("M3 21L97 21"))
    #expect(render([.min, .max]).contains("M3 21L97 3"))
  }
}

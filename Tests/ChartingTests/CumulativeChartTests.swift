import Charting
import Markup
import Testing

@Suite struct CumulativeChartTests {
  private func render(
    _ totals: [Int64?], start: Int64? = 0, spans: Int = 4, projected: Int64? = nil,
    range: ClosedRange<Int64>? = nil, limits: [CumulativeChart.Limit] = [], last: String? = nil,
    end: String? = nil, direction: ChartDirection = .leftToRight
  ) -> String {
    markup {
      CumulativeChart(
        ChartDescription(id: "c", title: "t", finding: "f"), totals: totals, start: start, spanCount: spans,
        projected: projected, range: range, limits: limits, lastLabel: last, projectedLabel: end
      ).render(direction: direction, tickLabel: { "\($0)" }, into: &$0)
    }
  }

  private func texts(_ svg: String, _ name: String) throws -> [Element] {
    try ElementReader.elements(of: svg).flatMap(\.all).filter { $0.classes.contains(name) }
  }

  @Test func `without a total there is no chart`() {
    #expect(render([]).isEmpty)
    #expect(render([nil, nil]).isEmpty)
  }

  @Test func `the line begins at nothing and the projection at its end`() {
    let svg = render([50, 100], projected: 200)
    #expect(svg.contains("<path class=\"act\" d=\"M0 180L250 140L500 100\"/>"))
    #expect(svg.contains("<path class=\"prj\" d=\"M500 100L1000 20\"/>"))
    #expect(svg.contains("<circle class=\"dot\" cx=\"50%\" cy=\"100\" r=\"4.5\"/>"))
    #expect(svg.contains("<circle class=\"dot open\" cx=\"100%\" cy=\"20\" r=\"4.5\"/>"))
  }

  @Test func `the line begins at a base fee, or at its first total`() {
    #expect(render([50, 100], start: 20).contains("d=\"M0 148L250 100L500 20\""))
    #expect(render([50, 100], start: nil).contains("d=\"M250 100L500 20\""))
  }

  @Test func `right to left the line begins at the right`() {
    let svg = render([50, 100], projected: 200, direction: .rightToLeft)
    #expect(svg.contains("d=\"M1000 180L750 140L500 100\""))
    #expect(svg.contains("class=\"prj\" d=\"M500 100L0 20\""))
  }

  @Test func `a gap is not bridged, and a total alone is a dot`() {
    #expect(render([50, nil, 100]).contains("d=\"M0 180L250 100M750 20h0\""))
  }

  @Test func `a projection begins at the last total that is known`() {
    #expect(render([50, nil], projected: 100).contains("class=\"prj\" d=\"M250 100L1000 20\""))
  }

  @Test func `a period that is over has no projection`() {
    let svg = render([1, 2, 3, 4], projected: 4, range: 3...5, end: "projected")
    for absent in ["prj", "band", "open", "projected"] { #expect(!svg.contains(absent)) }
  }

  @Test func `a range widens from the last total to the end`() {
    let svg = render([50, 100], projected: 180, range: 150...200)
    #expect(svg.contains("<path class=\"band\" d=\"M500 100L1000 20L1000 60Z\"/>"))
  }

  @Test func `a limit beyond the data is within the axis, with its label above it`() throws {
    let svg = render([50], limits: [.init(100, label: "Budget")])
    #expect(svg.contains("<line class=\"limit\" x2=\"100%\" y1=\"20\" y2=\"20\"/>"))
    #expect(try texts(svg, "ll").map(\.text) == ["Budget"])
    #expect(try texts(svg, "ll").map { $0.number("y") } == [120])
  }

  @Test func `labels at one place make room for each other`() throws {
    let svg = render(
      [97, 98, 99], projected: 100,
      limits: [.init(100, label: "Budget $1.00"), .init(99, label: "Alert $0.99")], last: "99 today",
      end: "100 projected")
    let labels = try texts(svg, "pl") + texts(svg, "ll")
    #expect(labels.count == 4)
    for anchor in ["xs", "xe"] {
      let ys = labels.filter { $0.classes.contains(anchor) }.map { $0.number("y") }.sorted()
      #expect(zip(ys, ys.dropFirst()).allSatisfy { $1 - $0 >= 140 })
    }
  }

  @Test func `a label is rather farther below than beyond a limit or crossed by a line`() throws {
    let svg = render([80], projected: 95, limits: [.init(100, label: "Budget")], end: "95 projected")
    #expect(try texts(svg, "pl").map { $0.number("y") } == [590])
    #expect(try texts(svg, "ll").map { $0.number("y") } == [120])
  }

  @Test func `a label that has no place is left out`() throws {
    let limits = (0..<30).map { CumulativeChart.Limit($0, label: "limit \($0)") }
    #expect(try (9...20).contains(texts(render([10], limits: limits), "ll").count))
  }

  @Test func `the last total's label is before its point, or after it at the start of the plot`() throws {
    let early = try #require(
      texts(render([60], spans: 30, limits: [.init(100, label: "")], last: "60 today"), "pl").first)
    #expect(early.classes.contains("xs") && early.number("y") > 840)
    let late = try #require(
      texts(render([20, 40, 60], limits: [.init(100, label: "")], last: "60 today"), "pl").first)
    #expect(late.classes.contains("xe") && late.number("y") < 840)
  }

  @Test func `totals below zero have an axis below zero`() {
    #expect(render([-50, -100]).contains("d=\"M0 20L250 100L500 180\""))
  }
}

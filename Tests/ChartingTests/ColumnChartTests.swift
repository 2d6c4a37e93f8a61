import Charting
import Markup
import Testing

@Suite struct AxisTicksTests {
  @Test(
    arguments: [
      (0, [0, 1]), (-5, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]),
      (100, [0, 20, 40, 60, 80, 100]), (101, [0, 25, 50, 75, 100, 125]), (126, [0, 50, 100, 150]),
      (1_018, [0, 250, 500, 750, 1_000, 1_250]), (11, [0, 5, 10, 15]),
      (1_000_000_000_000, [0, 200, 400, 600, 800, 1_000].map { $0 * 1_000_000_000 }),
    ] as [(Int64, [Int64])])
  func `ticks are the smallest round step that covers the maximum in five`(maximum: Int64, values: [Int64]) {
    #expect(AxisTicks(covering: maximum).values == values)
  }

  @Test func `the largest number has an axis`() {
    let ticks = AxisTicks(covering: .max)
    #expect(ticks.step == 2_000_000_000_000_000_000)
    #expect(ticks.values.count == 5)
  }
}

@Suite struct ColumnChartTests {
  private func render(_ columns: [ColumnChart.Column], title: String = "Title") -> String {
    var buffer = ByteBuffer()
    ColumnChart(ChartDescription(id: "c", title: title, finding: "Finding"), columns: columns)
      .render(tickLabel: { "\($0)" }, into: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  private func column(_ parts: [Int64]?) -> ColumnChart.Column {
    ColumnChart.Column(parts: parts, tip: "tip")
  }

  private func bars(_ svg: String) -> Int { svg.components(of: "<rect") }

  @Test func `no columns are no chart`() { #expect(render([]).isEmpty) }

  @Test func `one column reaches the top of its axis`() {
    let svg = render([column([100])])
    #expect(svg.contains("<rect class=\"s1\" x=\"30%\" width=\"40%\" y=\"12\" height=\"160\">"))
    #expect(svg.contains("<title id=\"ct\">Title</title><desc id=\"cd\">Finding</desc>"))
    #expect(svg.contains("aria-labelledby=\"ct cd\""))
  }

  @Test func `a month has a bar for each day and part`() {
    #expect(bars(render((1...31).map { column([Int64($0), 5]) })) == 62)
  }

  @Test func `parts stand upon each other`() {
    let svg = render([column([50, 50])])
    #expect(svg.contains("y=\"92\" height=\"80\""))
    #expect(svg.contains("y=\"12\" height=\"80\""))
  }

  @Test func `equal values have equal heights`() {
    #expect(render((1...12).map { _ in column([7]) }).components(of: "height=\"140\"") == 12)
  }

  @Test func `a gap is neither a bar nor a zero`() {
    #expect(bars(render([column([5]), column(nil), column([5])])) == 2)
    #expect(bars(render([column([0]), column([5])])) == 1)
  }

  @Test func `a great amount stays exact`() {
    let svg = render([column([1_000_000_000_000]), column([500_000_000_000])])
    #expect(svg.contains("y=\"12\" height=\"160\""))
    #expect(svg.contains("y=\"92\" height=\"80\""))
  }

  @Test func `a part of a month is marked and its projection outlined`() {
    let partial = ColumnChart.Column(parts: [50], projected: 100, isPartial: true, tip: "tip")
    let svg = render([column([100]), partial])
    #expect(svg.contains("class=\"s1 part\""))
    #expect(svg.contains("<rect class=\"est\""))
  }

  @Test func `texts are inert and nothing has a style`() {
    let svg = render([column([1])], title: "<script>\"\u{301}&")
    #expect(svg.contains("&lt;script&gt;&quot;\u{301}&amp;"))
    #expect(!svg.contains("<script"))
    #expect(!svg.contains("style="))
  }
}

@Suite struct CumulativeChartTests {
  private func render(_ totals: [Int64?], projected: Int64? = nil, spans: Int = 4) -> String {
    var buffer = ByteBuffer()
    CumulativeChart(
      ChartDescription(id: "c", title: "t", finding: "f"), totals: totals, spanCount: spans,
      projected: projected
    ).render(tickLabel: { "\($0)" }, into: &buffer)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }

  @Test func `without a total there is no chart`() {
    #expect(render([]).isEmpty)
    #expect(render([nil, nil]).isEmpty)
  }

  @Test func `the line starts at nothing and the projection at its end`() {
    let svg = render([50, 100], projected: 200)
    #expect(svg.contains("d=\"M0 172L2500 132L5000 92\""))
    #expect(svg.contains("class=\"prj\" d=\"M5000 92L10000 12\""))
  }

  @Test func `a gap is not bridged`() {
    #expect(render([50, nil, 100]).contains("d=\"M0 172L2500 92M7500 12\""))
  }

  @Test func `a period that is over has no projection`() {
    #expect(!render([1, 2, 3, 4], projected: 4).contains("prj"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}

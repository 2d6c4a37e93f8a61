import Charting
import Markup
import Testing

@Suite struct ColumnChartTests {
  private func render(
    _ columns: [ColumnChart.Column], title: String = "Title", average: Int64? = nil,
    seriesClass: SeriesClass = .s1
  ) -> String {
    markup {
      ColumnChart(
        ChartDescription(id: "c", title: title, finding: "Finding"), columns: columns, average: average,
        seriesClass: seriesClass
      ).render(tickLabel: { "\($0)" }, into: &$0)
    }
  }

  private func column(
    _ parts: [Int64]?, projected: Int64? = nil, isPartial: Bool = false, value: String? = nil,
    tip: String = "tip"
  ) -> ColumnChart.Column {
    ColumnChart.Column(parts: parts, projected: projected, isPartial: isPartial, valueLabel: value, tip: tip)
  }

  /// The only text of class `vl`.
  private func valueText(_ svg: String) throws -> Element {
    let all = try ElementReader.elements(of: svg).flatMap(\.all)
    return try #require(all.first { $0.classes.contains("vl") })
  }

  private func bars(_ svg: String) -> Int { svg.count(of: "<rect") }

  @Test func `no columns are no chart`() { #expect(render([]).isEmpty) }

  @Test func `one column reaches the top of its axis`() {
    let svg = render([column([100])])
    #expect(svg.contains("<rect class=\"s1\" x=\"30%\" width=\"40%\" y=\"20\" height=\"160\">"))
    #expect(svg.contains("<title id=\"ct\">Title</title><desc id=\"cd\">Finding</desc>"))
    #expect(svg.contains("aria-labelledby=\"ct cd\""))
  }

  @Test func `a month has a bar for each day and part`() {
    #expect(bars(render((1...31).map { column([Int64($0), 5]) })) == 62)
  }

  @Test func `parts stand upon each other, and those below zero hang from it`() {
    let svg = render([column([50, 50, -40, -60])])
    #expect(svg.contains("<rect class=\"s1\" x=\"30%\" width=\"40%\" y=\"60\" height=\"40\">"))
    #expect(svg.contains("<rect class=\"s2\" x=\"30%\" width=\"40%\" y=\"20\" height=\"40\">"))
    #expect(svg.contains("<rect class=\"s3\" x=\"30%\" width=\"40%\" y=\"100\" height=\"32\">"))
    #expect(svg.contains("<rect class=\"s4\" x=\"30%\" width=\"40%\" y=\"132\" height=\"48\">"))
    #expect(svg.contains("<line class=\"axis\" x2=\"100%\" y1=\"100\" y2=\"100\"/>"))
  }

  @Test func `equal values have equal heights`() {
    #expect(render((1...12).map { _ in column([7]) }).count(of: "height=\"140\"") == 12)
  }

  @Test func `little is a pixel, above and below zero`() {
    #expect(render([column([100_000]), column([1])]).contains("y=\"179\" height=\"1\""))
    #expect(render([column([-100_000]), column([-1])]).contains("y=\"20\" height=\"1\""))
  }

  @Test func `a gap is marked on the zero line, and neither nothing nor a zero is`() {
    let svg = render([column([5]), column(nil, tip: "no figure"), column([0]), column([])])
    #expect(bars(svg) == 1)
    #expect(svg.count(of: "class=\"gap\"") == 1)
    #expect(
      svg.contains(
        "<line class=\"gap\" x1=\"27.75%\" x2=\"47.25%\" y1=\"177\" y2=\"177\"><title>no figure</title></line>"
      ))
  }

  @Test func `sums beyond 64 bits stay within the plot`() {
    let svg = render([column([.max, .max]), column([.min, .min])])
    #expect(bars(svg) == 4)
    #expect(svg.count(of: "y=\"26.2\" height=\"73.8\"") == 1)
  }

  @Test func `a great amount stays exact`() {
    let svg = render([column([1_000_000_000_000]), column([500_000_000_000])])
    #expect(svg.contains("y=\"20\" height=\"160\""))
    #expect(svg.contains("y=\"100\" height=\"80\""))
  }

  @Test func `a part of a month is marked and its projection outlined beyond it`() {
    let svg = render([column([100]), column([50], projected: 100, isPartial: true)])
    #expect(svg.contains("class=\"s1 part\""))
    #expect(svg.contains("<rect class=\"est\" x=\"65%\" width=\"20%\" y=\"20\" height=\"80\">"))
    #expect(
      render([column([-50], projected: -100)]).contains(
        "<rect class=\"est\" x=\"30%\" width=\"40%\" y=\"100\""))
  }

  @Test func `a projection that is reached is not drawn`() {
    #expect(!render([column([100], projected: 90)]).contains("est"))
  }

  @Test func `failures have the colour of what should not be`() {
    let svg = render([column([7], projected: 9)], seriesClass: .bad)
    #expect(svg.contains("<rect class=\"bad\""))
    #expect(svg.contains("<rect class=\"est bad\""))
  }

  @Test func `an average is a line that the axis covers`() {
    #expect(
      render([column([10])], average: 20).contains("<line class=\"avg\" x2=\"100%\" y1=\"20\" y2=\"20\"/>"))
    #expect(!render([column([10])]).contains("avg"))
  }

  @Test func `a value stands above its column, and below one that hangs`() throws {
    #expect(try valueText(render([column([50], value: "50"), column([100])])).number("y") == 950)
    #expect(try valueText(render([column([-50], value: "−50"), column([-100])])).number("y") == 1_130)
  }

  @Test func `a value keeps clear of the taller columns that it reaches over`() throws {
    let columns = [column([100])] + [column([10], value: "$1,000.00")] + (1...10).map { _ in column([10]) }
    #expect(try valueText(render(columns)).number("y") == 150)
  }

  @Test func `a column without a tip has no title`() {
    #expect(render([column([10], tip: "")]).count(of: "<title") == 1)
  }

  @Test func `columns of a year touch each other and none is empty`() throws {
    let svg = render((1...366).map { column([Int64($0)]) })
    let rects = try ElementReader.elements(of: svg).flatMap(\.all).filter { $0.name == "rect" }
    #expect(rects.count == 366)
    #expect(rects.allSatisfy { $0.number("width") >= 27 })
    #expect(
      zip(rects, rects.dropFirst()).allSatisfy { $0.number("x") + $0.number("width") == $1.number("x") })
  }

  @Test func `texts are inert and nothing has a style`() throws {
    let hostile = "<script>alert(1)</script>\"\u{301}&"
    let label = ChartLabel(hostile)
    let svg = render(
      [ColumnChart.Column(parts: [1], label: label, valueLabel: hostile, tip: hostile)], title: hostile)
    #expect(svg.count(of: "&lt;script&gt;alert(1)&lt;/script&gt;&quot;\u{301}&amp;") == 4)
    #expect(!svg.contains("<script"))
    #expect(!svg.contains("style="))
    let texts = try ElementReader.elements(of: svg).flatMap(\.all).map(\.text)
    #expect(texts.count { $0 == hostile } == 4)
  }
}

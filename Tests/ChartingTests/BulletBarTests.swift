import Charting
import Testing

@Suite struct BulletBarTests {
  private func render(
    spent: Int64, of whole: Int64 = 200, projected: Int64? = nil, thresholds: [BulletBar.Threshold] = [],
    label: String? = nil, _ direction: ChartDirection = .leftToRight
  ) -> String {
    markup {
      BulletBar(
        ChartDescription(id: "b", title: "t", finding: "f"), spent: spent, of: whole, projected: projected,
        thresholds: thresholds, wholeLabel: label
      ).render(direction: direction, into: &$0)
    }
  }

  private func labels(_ svg: String) throws -> [String: [String]] {
    let texts = try ElementReader.elements(of: svg).flatMap(\.all).filter { $0.name == "text" }
    return Dictionary(uniqueKeysWithValues: texts.map { ($0.text, $0.classes) })
  }

  @Test func `an image says what it shows`() {
    let svg = render(spent: 50)
    #expect(
      svg.hasPrefix(
        "<svg class=\"plot\" role=\"img\" width=\"100%\" height=\"44\" aria-labelledby=\"bt bd\">"))
    #expect(svg.contains("<title id=\"bt\">t</title><desc id=\"bd\">f</desc>"))
  }

  @Test func `what is expected follows what is spent`() {
    let svg = render(spent: 50, projected: 150)
    #expect(svg.contains("<rect class=\"track\" width=\"100%\" y=\"4\" height=\"16\"/>"))
    #expect(svg.contains("<rect class=\"s1\" width=\"25%\" y=\"4\" height=\"16\"/>"))
    #expect(svg.contains("<rect class=\"est\" x=\"25%\" width=\"50%\" y=\"4\" height=\"16\"/>"))
    #expect(svg.contains("<line class=\"mark cap\" x1=\"100%\" x2=\"100%\" y2=\"24\"/>"))
  }

  @Test func `right to left the bar begins at the right`() {
    let svg = render(spent: 50, projected: 150, .rightToLeft)
    #expect(svg.contains("<rect class=\"s1\" x=\"75%\" width=\"25%\""))
    #expect(svg.contains("<rect class=\"est\" x=\"25%\" width=\"50%\""))
    #expect(svg.contains("<line class=\"mark cap\" y2=\"24\"/>"))
  }

  @Test func `more than the whole is bad from the whole on, which stays marked`() {
    let svg = render(spent: 250, projected: 400)
    #expect(svg.contains("<rect class=\"s1\" width=\"50%\""))
    #expect(svg.contains("<rect class=\"bad\" x=\"50%\" width=\"12.5%\""))
    #expect(svg.contains("<rect class=\"est bad\" x=\"62.5%\" width=\"37.5%\""))
    #expect(svg.contains("<line class=\"mark cap\" x1=\"50%\" x2=\"50%\""))
  }

  @Test func `what will be too much is divided at the whole`() {
    let svg = render(spent: 100, projected: 400)
    #expect(svg.contains("<rect class=\"est\" x=\"25%\" width=\"25%\""))
    #expect(svg.contains("<rect class=\"est bad\" x=\"50%\" width=\"50%\""))
  }

  @Test func `a projection below what is spent, and amounts below zero, have no bar`() {
    #expect(!render(spent: 100, projected: 50).contains("est"))
    #expect(render(spent: -100, projected: -50).count(of: "<rect") == 1)
    #expect(render(spent: 0, of: 0).isEmpty)
  }

  @Test func `thresholds have marks, and labels as far as they fit`() throws {
    let thresholds = [50, 75, 90, 95].map { BulletBar.Threshold($0 * 2, label: "\($0) %") }
    let svg = render(spent: 10, thresholds: thresholds, label: "$2.00")
    #expect(svg.count(of: "<line class=\"mark\"") == 4)
    let labels = try labels(svg)
    #expect(labels["$2.00"] == ["xl", "xe"])
    #expect(labels["50 %"] == ["xl"])
    #expect(labels["75 %"] == ["xl"])
    #expect(labels["95 %"] == nil)
  }

  @Test func `a label without room on a telephone shows where there is room`() throws {
    let thresholds = [50, 60, 70].map { BulletBar.Threshold($0 * 2, label: "\($0) %") }
    let labels = try labels(render(spent: 10, thresholds: thresholds))
    #expect(labels == ["50 %": ["xl"], "60 %": ["xl", "o"], "70 %": ["xl"]])
  }
}

import Charting
import Testing

@Suite struct ChartLabelsTests {
  private let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private func essential(_ labels: [ChartLabel?]) -> [Int] {
    labels.indices.filter { labels[$0]?.isEssential == true }
  }

  @Test func `of twelve months the ends and four between are essential, and all are shown where wide`() {
    let labels = ChartLabels.columns(months)
    #expect(essential(labels) == [0, 2, 4, 6, 8, 11])
    #expect(labels.compactMap(\.self).map(\.text) == months)
  }

  @Test func `what is shown where wide is between what is essential`() {
    let labels = ChartLabels.columns((1...366).map { "\($0)" })
    #expect(essential(labels) == [0, 52, 104, 156, 208, 260, 312, 365])
    #expect(labels.compactMap(\.self).count == 8)
    let days = ChartLabels.columns((1...31).map { "\($0)" })
    #expect(essential(days) == [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30])
    #expect(days.compactMap(\.self).count == 11)
  }

  @Test func `few labels are all essential`() {
    #expect(essential(ChartLabels.columns(["Jan", "Feb", "Mar"])) == [0, 1, 2])
    #expect(ChartLabels.columns([]).isEmpty)
    #expect(ChartLabels.columns([nil, "Feb", nil]) == [nil, ChartLabel("Feb"), nil])
  }

  @Test func `the weeks of a month fit a telephone`() {
    let texts = (1...31).map { $0 % 7 == 1 ? "\($0) Jan" : nil }
    #expect(essential(ChartLabels.columns(texts)) == [0, 7, 14, 21, 28])
  }

  @Test func `a text wider than the plot is left out`() {
    let long = String(repeating: "W", count: 80)
    #expect(ChartLabels.columns(["a", long, "b"]).map { $0?.text } == ["a", nil, "b"])
  }

  @Test func `labels of points are chosen by their numbers`() {
    let labels = ChartLabels.points([0: "1 Jan", 15: "16 Jan", 16: "17 Jan", 31: "1 Feb"], spanCount: 31)
    #expect(labels.filter(\.value.isEssential).keys.sorted() == [0, 15, 31])
    #expect(labels[16] == nil)
    #expect(ChartLabels.points([:], spanCount: 0).isEmpty)
  }

  @Test func `the last, the greatest and the first value have texts`() {
    let values: [Int64?] = [10, 20, 30, nil, 80, 20, 10, 70, 10, nil]
    let texts = ChartLabels.values(values) { "no. \($0)" }
    #expect(texts == ["no. 0", nil, nil, nil, "no. 4", nil, nil, nil, "no. 8", nil])
  }

  @Test func `texts of values give way in the order of their weight`() {
    let values: [Int64?] = (1...31).map { $0 == 29 ? 1_000 : $0 }
    let texts = ChartLabels.values(values) { "$\($0),000.00" }
    #expect(texts.indices.filter { texts[$0] != nil } == [0, 30])
  }

  @Test func `other values have texts where there is room`() {
    let texts = ChartLabels.values(Array(repeating: 7, count: 12), includingOthers: true) { "\($0)" }
    #expect(texts.compactMap(\.self).count == 12)
    #expect(ChartLabels.values([nil, nil], includingOthers: true) { "\($0)" } == [nil, nil])
  }
}

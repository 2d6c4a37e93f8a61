import Charting
import Testing

/// What holds for every chart with every kind of figures.
@Suite struct GeometryTests {
  @Test(arguments: Drawing.all, ChartDirection.allCases)
  func `markup is well-formed and has neither styles nor ids beyond the description's`(
    drawing: Drawing, direction: ChartDirection
  ) throws {
    for element in try elements(drawing, direction) {
      #expect(element.attributes["style"] == nil)
      #expect(["title", "desc"].contains(element.name) || element.attributes["id"] == nil)
    }
  }

  @Test(arguments: Drawing.all) func `the same figures are the same bytes`(drawing: Drawing) {
    #expect(drawing.markup() == drawing.markup())
  }

  @Test(arguments: Drawing.all, ChartDirection.allCases)
  func `everything lies within its image`(drawing: Drawing, direction: ChartDirection) throws {
    for image in try elements(drawing, direction) where image.name == "svg" {
      let width = image.attributes["width"] == "100%" ? 10_000 : image.number("width")
      for element in image.children where element.name != "svg" {
        for x in [element.number("x"), element.number("x1"), element.number("x2"), element.number("cx")] {
          #expect((0...width).contains(x))
        }
        #expect((0...width).contains(element.number("x") + element.number("width")))
        for y in [element.number("y"), element.number("y1"), element.number("y2"), element.number("cy")] {
          #expect((0...image.number("height")).contains(y))
        }
        #expect((0...image.number("height")).contains(element.number("y") + element.number("height")))
      }
    }
  }

  @Test(arguments: Drawing.all, ChartDirection.allCases)
  func `no two texts touch at 260 pixels, nor from 32 rem on when all are shown`(
    drawing: Drawing, direction: ChartDirection
  ) throws {
    for image in try elements(drawing, direction) where image.name == "svg" {
      let texts = image.children.filter { $0.name == "text" && !$0.classes.contains("yl") }
      expectApart(texts.filter { !$0.classes.contains("o") }, plotWidth: 2_600, direction)
      expectApart(texts, plotWidth: 4_400, direction)
    }
  }

  @Test(arguments: Drawing.all) func `right to left is the mirror image`(drawing: Drawing) throws {
    let (left, right) = (try elements(drawing, .leftToRight), try elements(drawing, .rightToLeft))
    #expect(left.map(\.name) == right.map(\.name))
    for (one, other) in zip(left, right) where one.name == "rect" {
      #expect(one.number("x") + one.number("width") + other.number("x") == 10_000)
      #expect(one.attributes["class"] == other.attributes["class"])
    }
    for (one, other) in zip(left, right) where one.name == "text" && !one.classes.contains("yl") {
      #expect(one.number("x") + other.number("x") == 10_000)
      #expect(one.attributes["class"] == other.attributes["class"])
    }
  }

  private func elements(_ drawing: Drawing, _ direction: ChartDirection) throws -> [Element] {
    try ElementReader.elements(of: drawing.markup(direction)).flatMap(\.all)
  }

  private func expectApart(_ texts: [Element], plotWidth: Int64, _ direction: ChartDirection) {
    for (index, text) in texts.enumerated() {
      for other in texts.dropFirst(index + 1) where abs(text.number("y") - other.number("y")) < 140 {
        let (one, two) = (extent(of: text, plotWidth, direction), extent(of: other, plotWidth, direction))
        #expect(!one.overlaps(two), "\(text.text) touches \(other.text)")
      }
    }
  }

  /// What a text covers, in tenths of a pixel from the left.
  private func extent(of text: Element, _ plotWidth: Int64, _ direction: ChartDirection) -> Range<Int64> {
    let (x, width) = (text.number("x") * plotWidth / 10_000, TextWidth(of: text.text).tenths)
    let isStart = text.classes.contains("xs")
    let isEnd = text.classes.contains("xe")
    guard isStart || isEnd else { return x - width / 2..<x + width / 2 }
    return isStart == (direction == .leftToRight) ? x..<x + width : x - width..<x
  }
}

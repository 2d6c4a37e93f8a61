import Templating
import Testing

@Suite struct RowShapeTests {
  /// Numbers, the odd ones of another colour than the even ones, with a table of the numbers below each.
  private final class Cells: TemplateTable {
    let count: Int
    let isShaped: Bool

    init(count: Int, isShaped: Bool) { (self.count, self.isShaped) = (count, isShaped) }

    func value(of name: TemplateName, in row: Int) -> TemplateValue? {
      switch name.spelling {
      case "number": .integer(Int64(row))
      case "colour": .text(row % 2 == 0 ? "<red>" : "blue")
      case "is_even": .bool(row % 2 == 0)
      case "below": .table(Cells(count: row, isShaped: isShaped))
      default: nil
      }
    }

    func shape(of row: Int) -> RowShape? {
      isShaped ? RowShape(UInt128(row % 2), Self.variation) : nil
    }

    private static let variation = RowVariation([TemplateName("number")])
  }

  @Test(arguments: [
    "{{#rows}}{{colour}} {{number}}, {{/rows}}",
    "{{#rows}}{{#is_even}}{{colour}}{{/is_even}}{{^is_even}}{{#colour}}-{{.}}-{{/colour}}{{/is_even}}{{{number}}}{{/rows}}",
    "{{#rows}}{{number}}{{number}}{{/rows}}", "{{#rows}}{{#number}}{{.}}{{/number}}{{/rows}}",
    "{{#rows}}{{number}}{{^number}}zero{{/number}}{{/rows}}", "{{#rows}}{{colour}}{{/rows}}",
    "{{#rows}}{{number}}{{#below}}{{number}}{{/below}};{{/rows}}",
    "{{#rows}}{{#below}}{{number}}{{colour}}{{/below}};{{/rows}}",
    "{{#rows}}{{number}}{{>part}};{{/rows}}", "{{#rows}}{{number}}{{unit.name}};{{/rows}}",
    "{{#rows}}{{number}};{{/rows}}{{#rows}}{{colour}}{{number}}{{/rows}}",
    "  {{>table}}\n", "{{#rows}}{{/rows}}",
  ])
  func `rows of one shape are what they are without it`(template: String) throws {
    let partials = try library([
      "part": "{{number}}", "table": "{{#rows}}\n{{colour}}{{number}}\n{{/rows}}\n",
    ])
    let pages = try [true, false].map { isShaped in
      try render(
        template,
        object(["rows": .table(Cells(count: 9, isShaped: isShaped)), "unit": object(["name": .text("m")])]),
        library: partials)
    }
    #expect(pages[0] == pages[1])
  }

  @Test func `a row inside another one shows what is of that`() throws {
    let template = "{{#outer}}{{letter}}:{{#rows}}{{letter}}{{number}} {{/rows}}{{/outer}}"
    let rows = TemplateValue.table(Cells(count: 3, isShaped: true))
    let outer = ["a", "b"].map { object(["letter": .text($0), "rows": rows]) }
    #expect(try render(template, object(["outer": .list(outer)])) == "a:a0 a1 a2 b:b0 b1 b2 ")
  }

  @Test func `tables within tables end at a depth`() throws {
    let depth = TemplateRenderer.depthLimit + 1
    let template =
      String(repeating: "{{#rows}}", count: depth) + String(repeating: "{{/rows}}", count: depth)
    let error = #expect(throws: TemplateRenderError.self) {
      try render(template, object(["rows": .table(Cells(count: 1, isShaped: true))]))
    }
    #expect(error?.reason == .nestedTooDeep(limit: TemplateRenderer.depthLimit))
  }
}

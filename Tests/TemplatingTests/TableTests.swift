import Templating
import Testing

@Suite struct TableTests {
  /// Rows of a number and its square, with a table of the numbers below it.
  private final class Squares: TemplateTable {
    let count: Int

    init(count: Int) { self.count = count }

    func value(of name: TemplateName, in row: Int) -> TemplateValue? {
      switch name.spelling {
      case "number": .integer(Int64(row))
      case "square": .integer(Int64(row * row))
      case "below": .table(Squares(count: row))
      default: nil
      }
    }
  }

  private func data(_ count: Int) -> TemplateValue {
    object(["rows": .table(Squares(count: count)), "unit": .text("m")])
  }

  @Test func `a section shows its body for each row`() throws {
    #expect(try render("{{#rows}}{{number}}²={{square}}{{unit}} {{/rows}}", data(3)) == "0²=0m 1²=1m 2²=4m ")
  }

  @Test func `a table in a row is walked with that row around it`() throws {
    #expect(
      try render("{{#rows}}{{square}}({{#below}}{{number}}{{/below}}){{/rows}}", data(3)) == "0()1(0)4(01)")
  }

  @Test func `a table without rows is nothing`() throws {
    #expect(try render("{{#rows}}x{{/rows}}{{^rows}}none{{/rows}}", data(0), mode: .strict) == "none")
  }

  @Test func `a row is no text, and opens a section like an object`() throws {
    #expect(try render("{{#rows}}{{#.}}{{number}}{{/.}}{{/rows}}", data(2), mode: .strict) == "01")
    let error = #expect(throws: TemplateRenderError.self) {
      try render("{{#rows}}{{.}}{{/rows}}", data(1), mode: .strict)
    }
    #expect(error?.reason == .notPrintable)
  }

  @Test func `a table itself is no text`() throws {
    let error = #expect(throws: TemplateRenderError.self) { try render("{{rows}}", data(1), mode: .strict) }
    #expect(error?.reason == .notPrintable)
  }

  @Test func `a column that a table has not is unknown`() throws {
    let error = #expect(throws: TemplateRenderError.self) {
      try render("{{#rows}}{{cube}}{{/rows}}", data(1), mode: .strict)
    }
    #expect(error?.reason == .unknownName(part: "cube"))
  }
}

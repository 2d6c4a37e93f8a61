import Templating
import Testing

@Suite("Whitespace of partials and blocks")
struct LayoutTests {
  static let layout = "<main>\n  {{$main}}\n  {{/main}}\n</main>\n"

  @Test func `a page fills its layout at the layout's indentation`() throws {
    let page = "{{<layout}}\n  {{$main}}\n    <p>\n      {{name}}\n    </p>\n  {{/main}}\n{{/layout}}\n"
    let templates = try library(["layout": Self.layout])
    #expect(
      try render(page, object(["name": .text("a\nb")]), library: templates)
        == "<main>\n  <p>\n    a\nb\n  </p>\n</main>\n")
  }

  @Test func `indentation adds up through partials within partials`() throws {
    let templates = try library(["a": "<a>\n\t{{>b}}\n</a>\n", "b": "{{#rows}}\n<b>{{.}}</b>\n{{/rows}}\n"])
    let rows = object(["rows": .list([.integer(1), .integer(2)])])
    #expect(
      try render("  {{>a}}\n", rows, library: templates)
        == "  <a>\n  \t<b>1</b>\n  \t<b>2</b>\n  </a>\n")
  }

  @Test func `an indented layout indents what fills it`() throws {
    let templates = try library(["layout": Self.layout])
    let page = " {{<layout}}{{$main}}\nx\ny\n{{/main}}{{/layout}}\n"
    #expect(try render(page, library: templates) == " <main>\n   x\n   y\n </main>\n")
  }

  @Test func `a block within a line does not indent its first line`() throws {
    let templates = try library(["p": "title: {{$t}}default{{/t}}\nend\n"])
    #expect(try render("  {{>p}}\n", library: templates) == "  title: default\n  end\n")
    let page = "  {{<p}}{{$t}}\na\nb\n{{/t}}{{/p}}\n"
    #expect(try render(page, library: templates) == "  title: a\n  b\n\n  end\n")
  }

  @Test func `a default body keeps the shape it was written in`() throws {
    let source = "{{$a}}\n    one\n\n      two\n{{/a}}\n"
    #expect(try render(source) == "    one\n\n      two\n")
  }

  @Test func `a block in an override belongs to the page that wrote it`() throws {
    let templates = try library([
      "layout": "{{$title}}L{{/title}}:{{$main}}{{/main}}", "card": "[{{$title}}card{{/title}}]",
    ])
    let page = "{{<layout}}{{$title}}T{{/title}}{{$main}}{{>card}}{{/main}}{{/layout}}"
    #expect(try render(page, library: templates) == "T:[card]")
  }

  @Test func `a parent may be named dynamically`() throws {
    let page = "{{<* layout }}{{$main}}x{{/main}}{{/*layout}}"
    let templates = try library(["wide": "<{{$main}}{{/main}}>"])
    #expect(try render(page, object(["layout": .text("wide")]), library: templates, mode: .strict) == "<x>")
  }

  @Test func `values and partials are never read as templates`() throws {
    let data = object(["a": .text("{{b}}"), "b": .text("no"), "c": .markup(Array("{{b}}".utf8))])
    #expect(try render("{{a}}{{{a}}}{{c}}", data) == "{{b}}{{b}}{{b}}")
  }
}

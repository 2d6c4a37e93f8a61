import Markup
import Templating
import Testing

@Suite("Rendering")
struct RendererTests {
  @Test(arguments: [
    ("\"\u{301}", "&quot;\u{301}"), ("<\u{200D}script>", "&lt;\u{200D}script&gt;"),
    ("'\u{FE0F}", "&#39;\u{FE0F}"), ("&\r\n\"", "&amp;\r\n&quot;"), ("{{name}}", "{{name}}"),
  ])
  func `escapes bytes, not characters`(value: String, escaped: String) throws {
    let page = try render("<a title=\"{{name}}\">", object(["name": .text(value)]))
    #expect(Array(page.utf8) == Array("<a title=\"\(escaped)\">".utf8))
  }

  @Test func `inserts markup and raw text as they are`() throws {
    let data = object(["html": .markup(Array("<b>&amp;</b>".utf8)), "text": .text("<i>")])
    #expect(try render("{{html}}{{{html}}}", data) == "<b>&amp;</b><b>&amp;</b>")
    #expect(try render("{{text}}{{{text}}}{{&text}}", data) == "&lt;i&gt;<i><i>")
  }

  @Test func `prints scalars`() throws {
    let data = object(["yes": .bool(true), "no": .bool(false), "least": .integer(.min)])
    #expect(try render("{{yes}} {{no}} {{least}}", data) == "true false -9223372036854775808")
  }

  @Test func `asks the printer for leaves and escapes what it says`() throws {
    let data = object([
      "total": .leaf(TemplateLeaf(kind: 1, value: 421_05)),
      "other": .leaf(TemplateLeaf(kind: 2, detail: 7, value: 5)),
      "zero": .leaf(TemplateLeaf(kind: 1, value: 0, isTruthy: false)),
    ])
    #expect(try render("{{total}} {{other}} {{{other}}}", data) == "421,05 &lt;5 &amp; 7&gt; <5 & 7>")
    #expect(try render("{{#total}}{{.}}{{/total}}{{^zero}} free{{/zero}}", data) == "421,05 free")
  }

  @Test func `looks names up from the top of the stack`() throws {
    let template = try TemplateParser.parse(Array("{{a}}{{b}}".utf8), name: "a")
    var output = ByteBuffer()
    try TemplateRenderer.render(
      template, context: [object(["a": .text("1"), "b": .text("2")]), object(["b": .text("3")])],
      library: library(), mode: .strict, printer: AmountPrinter(), into: &output)
    #expect(output.bytes == Array("13".utf8))
  }

  @Test func `appends to what the buffer holds`() throws {
    var output = ByteBuffer()
    output.append("<!doctype html>")
    try TemplateRenderer.render(
      TemplateParser.parse(Array("<p>".utf8), name: "a"), context: [], library: library(), mode: .strict,
      printer: AmountPrinter(), into: &output)
    #expect(output.bytes == Array("<!doctype html><p>".utf8))
  }
}

@Suite("Limits of rendering")
struct RenderLimitTests {
  /// Partials `p1` to `p<depth>`, each of which shows the next.
  static func chain(_ depth: Int) throws -> TemplateLibrary {
    let sources = (1...depth).map { level in
      (name: "p\(level)", bytes: Array((level < depth ? "{{>p\(level + 1)}}" : "end").utf8))
    }
    return try TemplateLibrary(sources: sources)
  }

  @Test func `partials nest 64 deep`() throws {
    #expect(try render("{{>p1}}", library: Self.chain(64), mode: .strict) == "end")
  }

  @Test(arguments: [TemplateMode.strict, .lenient])
  func `the 65th level is an error`(mode: TemplateMode) throws {
    let templates = try Self.chain(65)
    let error = #expect(throws: TemplateRenderError.self) {
      try render("{{>p1}}", library: templates, mode: mode)
    }
    #expect(error?.reason == .nestedTooDeep(limit: 64))
    #expect(error?.file == "p64")
  }

  @Test(arguments: ["{{>a}}", "{{<a}}{{/a}}", "{{<a}}{{$b}}{{<a}}{{/a}}{{/b}}{{/a}}{{$b}}{{/b}}"])
  func `endless recursion is an error`(source: String) throws {
    let templates = try library(["a": source])
    let error = #expect(throws: TemplateRenderError.self) { try render("{{>a}}", library: templates) }
    #expect(error?.reason == .nestedTooDeep(limit: TemplateRenderer.depthLimit))
  }

  @Test func `a page that multiplies itself stops at a limit`() throws {
    let levels = (0..<30).map { (name: "p\($0)", bytes: Array("{{>p\($0 + 1)}}{{>p\($0 + 1)}}".utf8)) }
    let templates = try TemplateLibrary(sources: levels + [(name: "p30", bytes: [])])
    let error = #expect(throws: TemplateRenderError.self) { try render("{{>p0}}", library: templates) }
    #expect(error?.reason == .tooManyExpansions(limit: TemplateRenderer.expansionsLimit))
  }

  @Test func `sections nest as deep as a template is long`() throws {
    let source = String(repeating: "{{#a}}", count: 2_000) + "x" + String(repeating: "{{/a}}", count: 2_000)
    #expect(try render(source, object(["a": .bool(true)]), mode: .strict) == "x")
  }
}

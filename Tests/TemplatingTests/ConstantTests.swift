import Markup
import Templating
import Testing

@Suite struct ConstantTests {
  private final class Language: Sendable {}

  private let words: TemplateObject = [
    TemplateName("greeting"): .markup(Array("Hi &amp; bye".utf8)), TemplateName("count"): .integer(3),
    TemplateName("nav"): object(["home": .markup(Array("Home".utf8))]),
  ]

  private func shown(_ source: String, in library: TemplateLibrary) throws -> String {
    let page = try #require(library.template(named: "page"))
    var output = ByteBuffer()
    let context = object(["words": .object(words), "items": .list([.integer(1), .integer(2)])])
    try TemplateRenderer.render(
      page, context: [context], library: library, mode: .strict, printer: AmountPrinter(), into: &output)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    "{{words.greeting}}", "{{#items}}{{words.nav.home}}{{.}},{{/items}}", "{{{words.nav.home}}}",
    "{{words.count}}",
    "{{#words.nav}}{{home}}{{/words.nav}}{{^items}}{{words.greeting}}{{/items}}",
    "{{>part}} {{words.nav.home}}",
    "  {{>part}}\n", "{{<part}}{{$body}}\n {{words.greeting}}\n{{/body}}{{/part}}",
  ])
  func `a page with its constants in place is the page without`(source: String) throws {
    let plain = try library([
      "page": source, "part": "a\n{{words.greeting}}{{$body}}{{words.nav.home}}{{/body}}\n",
    ])
    let replaced = plain.replacing(TemplateName("words"), with: words, of: Language())
    #expect(try shown(source, in: replaced) == shown(source, in: plain))
  }

  @Test(arguments: ["{{words.nothing}}", "{{words.nav}}", "{{words.greeting.more}}"])
  func `a name that leads to no text is an error as before`(source: String) throws {
    let plain = try library(["page": source])
    let replaced = plain.replacing(TemplateName("words"), with: words, of: Language())
    let expected = #expect(throws: TemplateRenderError.self) { try shown(source, in: plain) }
    let found = #expect(throws: TemplateRenderError.self) { try shown(source, in: replaced) }
    #expect(found == expected)
  }

  @Test func `each owner has a library of its own`() throws {
    let plain = try library(["page": "{{words.greeting}}"])
    let (one, other) = (Language(), Language())
    let replaced = plain.replacing(TemplateName("words"), with: words, of: one)
    let none = plain.replacing(TemplateName("words"), with: [:], of: other)
    #expect(replaced.template(named: "page") !== none.template(named: "page"))
    let again = plain.replacing(TemplateName("words"), with: [:], of: one)
    #expect(again.template(named: "page") === replaced.template(named: "page"))
  }
}

import Templating
import Testing

@Suite("Strict mode")
struct StrictModeTests {
  typealias Reason = TemplateRenderError.Reason

  static let data = object([
    "title": .text("Invoice"), "none": .null, "rows": .list([.integer(1)]),
    "customer": object(["name": .text("Ada"), "address": .null]),
    "self": .text("missing"),
  ])

  static let faults: [(source: String, tag: String, reason: Reason)] = [
    ("{{tilte}}", "{{tilte}}", .unknownName(part: "tilte")),
    ("{{{tilte}}}", "{{{tilte}}}", .unknownName(part: "tilte")),
    ("{{customer.nmae}}", "{{customer.nmae}}", .unknownName(part: "nmae")),
    ("{{title.length}}", "{{title.length}}", .unknownName(part: "length")),
    ("{{#items}}{{/items}}", "{{#items}}", .unknownName(part: "items")),
    ("{{^items}}{{/items}}", "{{^items}}", .unknownName(part: "items")),
    ("{{customer}}", "{{customer}}", .notPrintable),
    ("{{rows}}", "{{rows}}", .notPrintable),
    ("{{>*nowhere}}", "{{>*nowhere}}", .unknownName(part: "nowhere")),
    ("{{>*none}}", "{{>*none}}", .partialNameNotText),
    ("{{>*self}}", "{{>*self}}", .unknownPartial(name: "missing")),
    ("{{>gone}}", "{{>gone}}", .unknownPartial(name: "gone")),
  ]

  @Test(arguments: faults)
  func `names the tag that asks for something unknown`(source: String, tag: String, reason: Reason) {
    let error = #expect(throws: TemplateRenderError.self) {
      try render("line one\n é " + source, Self.data, mode: .strict)
    }
    #expect(error?.file == "page.mustache")
    #expect(error?.line == 2)
    #expect(error?.column == 4)
    #expect(error?.tag == tag)
    #expect(error?.reason == reason)
  }

  @Test(arguments: faults)
  func `is what makes it an error`(source: String, tag: String, reason: Reason) throws {
    #expect(try render("<" + source + ">", Self.data) == "<>")
  }

  @Test func `lets what is null pass without a word`() throws {
    let source = "[{{none}}{{none.deeper}}{{#none}}x{{/none}}{{^none}}y{{/none}}{{customer.address}}]"
    #expect(try render(source, Self.data, mode: .strict) == "[y]")
  }

  @Test func `names the partial's own file`() throws {
    let templates = try library(["a": "{{>b}}", "b": "\n{{oops}}"])
    let error = #expect(throws: TemplateRenderError.self) {
      try render("{{>a}}", library: templates, mode: .strict)
    }
    #expect(error?.file == "b")
    #expect(error?.line == 2)
  }

  @Test func `needs a context for the implicit iterator`() throws {
    #expect(try render("{{.}}", .text("x"), mode: .strict) == "x")
  }
}

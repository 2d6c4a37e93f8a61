import Templating
import Testing

@Suite("A template library")
struct LibraryTests {
  static func source(_ name: String, _ file: String, _ text: String) -> TemplateSource {
    TemplateSource(name: name, file: file, bytes: Array(text.utf8))
  }

  @Test func `prefers later layers by name`() throws {
    let templates = try TemplateLibrary(layers: [
      [Self.source("page", "default/page", "{{>part}}!"), Self.source("part", "default/part", "default")],
      [Self.source("part", "site/part", "own")],
    ])
    #expect(try render("{{>page}}", library: templates, mode: .strict) == "own!")
  }

  @Test func `does not parse what a later layer replaces`() throws {
    let templates = try TemplateLibrary(layers: [
      [Self.source("page", "default/page", "{{broken")], [Self.source("page", "site/page", "fine")],
    ])
    #expect(templates.template(named: "page")?.file == "site/page")
  }

  @Test(arguments: ["{{> part }}", "{{<part}}{{/part}}"])
  func `refuses a reference that leads nowhere`(tag: String) {
    let error = #expect(throws: TemplateSyntaxError.self) {
      try TemplateLibrary(layers: [[Self.source("page", "site/page.mustache", "\n  " + tag)]])
    }
    #expect(error?.file == "site/page.mustache")
    #expect(error?.line == 2)
    #expect(error?.column == 3)
    #expect(error?.reason == .unknownPartial(name: "part"))
  }

  @Test func `accepts missing references when lenient`() throws {
    #expect(try render("{{>page}}", library: library(["page": "a{{>gone}}b"])) == "ab")
  }

  @Test func `tells names apart by their bytes`() throws {
    let templates = try library(["e\u{301}": "decomposed", "\u{E9}": "composed"])
    #expect(try render("{{>e\u{301}}} {{>\u{E9}}}", library: templates) == "decomposed composed")
    #expect(templates.template(named: "never mentioned anywhere") == nil)
  }

  @Test func `finds the same name for the same bytes only`() {
    #expect(TemplateName("K") != TemplateName("\u{212A}"))
    #expect(TemplateName("total") == TemplateName("total"))
    #expect(TemplateName("total").spelling == "total")
  }

  @Test func `reports faults in the order of its sources`() {
    let error = #expect(throws: TemplateSyntaxError.self) { try library(["b": "{{b", "a": "{{a"]) }
    #expect(error?.file == "b")
  }
}

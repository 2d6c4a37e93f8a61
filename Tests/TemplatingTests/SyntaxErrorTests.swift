import Templating
import Testing

@Suite("A faulty template")
struct SyntaxErrorTests {
  typealias Reason = TemplateSyntaxError.Reason

  struct Fault: Sendable, CustomTestStringConvertible {
    let source: String
    let line: Int
    let column: Int
    let tag: String
    let reason: Reason
    var testDescription: String { source }
  }

  static let faults = [
    Fault(source: "a\nb {{name", line: 2, column: 3, tag: "{{name", reason: .unclosedTag),
    Fault(source: "{{name\nb", line: 1, column: 1, tag: "{{name", reason: .unclosedTag),
    Fault(source: "é\u{301}ü {{", line: 1, column: 5, tag: "{{", reason: .unclosedTag),
    Fault(source: "{{{name}}", line: 1, column: 1, tag: "{{{name}}", reason: .unclosedTag),
    Fault(source: "{{! never", line: 1, column: 1, tag: "{{! never", reason: .unclosedTag),
    Fault(source: "{{=<% %>}}", line: 1, column: 1, tag: "{{=<% %>}}", reason: .unclosedTag),
    Fault(source: "\r\n\r\n {{#rows}}x", line: 3, column: 2, tag: "{{#rows}}", reason: .unclosedSection),
    Fault(source: "{{<layout}}", line: 1, column: 1, tag: "{{<layout}}", reason: .unclosedSection),
    Fault(source: "{{$main}}", line: 1, column: 1, tag: "{{$main}}", reason: .unclosedSection),
    Fault(
      source: "{{#rows}}\n{{^empty}}\n\n{{/rows}}", line: 4, column: 1, tag: "{{/rows}}",
      reason: .mismatchedClose(opener: "{{^empty}}", openerLine: 2)),
    Fault(
      source: "{{#e\u{301}}}{{/\u{E9}}}", line: 1, column: 8, tag: "{{/\u{E9}}}",
      reason: .mismatchedClose(opener: "{{#e\u{301}}}", openerLine: 1)),
    Fault(
      source: "{{<*a}}{{/a}}", line: 1, column: 8, tag: "{{/a}}",
      reason: .mismatchedClose(opener: "{{<*a}}", openerLine: 1)),
    Fault(source: "x{{/rows}}", line: 1, column: 2, tag: "{{/rows}}", reason: .unopenedClose),
    Fault(source: "{{}}", line: 1, column: 1, tag: "{{}}", reason: .emptyTag),
    Fault(source: "{{ \n }}", line: 1, column: 1, tag: "{{ \n }}", reason: .emptyTag),
    Fault(source: "{{# }}", line: 1, column: 1, tag: "{{# }}", reason: .emptyTag),
    Fault(source: "{{{ }}}", line: 1, column: 1, tag: "{{{ }}}", reason: .emptyTag),
    Fault(source: "{{>*}}", line: 1, column: 1, tag: "{{>*}}", reason: .emptyTag),
    Fault(source: "{{#a}}{{/}}", line: 1, column: 7, tag: "{{/}}", reason: .emptyTag),
    Fault(source: "{{a b}}", line: 1, column: 1, tag: "{{a b}}", reason: .malformedName),
    Fault(source: "{{a..b}}", line: 1, column: 1, tag: "{{a..b}}", reason: .malformedName),
    Fault(source: "{{#a.}}{{/a.}}", line: 1, column: 1, tag: "{{#a.}}", reason: .malformedName),
    Fault(source: "{{=| =}}", line: 1, column: 1, tag: "{{=| =}}", reason: .malformedDelimiters),
    Fault(source: "{{=| = |=}}", line: 1, column: 1, tag: "{{=| = |=}}", reason: .malformedDelimiters),
    Fault(source: "{{=a b c=}}", line: 1, column: 1, tag: "{{=a b c=}}", reason: .malformedDelimiters),
    Fault(source: "{{<a}}{{b}}{{/a}}", line: 1, column: 7, tag: "{{b}}", reason: .notABlock),
    Fault(source: "{{<a}}{{#b}}{{/b}}{{/a}}", line: 1, column: 7, tag: "{{#b}}", reason: .notABlock),
  ]

  @Test(arguments: faults)
  func `says what is wrong and where`(fault: Fault) {
    let error = #expect(throws: TemplateSyntaxError.self) {
      try TemplateParser.parse(Array(fault.source.utf8), name: "pages/a.mustache")
    }
    #expect(error?.file == "pages/a.mustache")
    #expect(error?.line == fault.line)
    #expect(error?.column == fault.column)
    #expect(error?.tag == fault.tag)
    #expect(error?.reason == fault.reason)
  }

  @Test(arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]])
  func `is refused when it is not UTF-8`(bytes: [UInt8]) {
    let error = #expect(throws: TemplateSyntaxError.self) {
      try TemplateParser.parse(Array("ok\nä ".utf8) + bytes, name: "a")
    }
    #expect(error?.reason == .invalidUTF8)
    #expect(error?.line == 2)
    #expect(error?.column == 3)
  }

  @Test func `is found with set delimiters too`() {
    let error = #expect(throws: TemplateSyntaxError.self) {
      try TemplateParser.parse(Array("{{=<% %>=}}\n<%#a%>".utf8), name: "a")
    }
    #expect(error?.tag == "<%#a%>")
    #expect(error?.line == 2)
  }
}

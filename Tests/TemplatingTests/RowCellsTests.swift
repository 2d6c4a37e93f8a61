import Markup
import Templating
import Testing

/// Rows with cells, of which many have one shape.
@Suite struct RowCellsTests {
  /// A row for each text: a name, an address where the text is long, and a cell for each byte of which `-` is an empty
  /// one.
  private final class Rows: TemplateTable {
    let texts: [String]
    let isShaped: Bool

    init(_ texts: [String], isShaped: Bool) { (self.texts, self.isShaped) = (texts, isShaped) }

    var count: Int { texts.count }

    func value(of name: TemplateName, in row: Int) -> TemplateValue? {
      switch name.spelling {
      case "name": .text(texts[row])
      case "href": texts[row].utf8.count > 3 ? .text("/" + texts[row]) : .null
      case "kind": .text("k\(texts[row].utf8.count)")
      case "cells": .table(Cells(Array(texts[row].utf8)))
      default: nil
      }
    }

    func shape(of row: Int) -> RowShape? {
      guard isShaped else { return nil }
      return RowShape(
        texts[row].utf8.reduce(1) { $0 << 1 | ($1 == UInt8(ascii: "-") ? 0 : 1) }, Self.variation)
    }

    func value(of name: TemplateName, inCell cell: Int, of row: Int) -> TemplateValue? {
      name.spelling == "value" ? Cells.value(Array(texts[row].utf8)[cell]) : nil
    }

    private static let variation = RowVariation(
      [TemplateName("name"), TemplateName("href")], cells: TemplateName("cells"),
      cellNames: [TemplateName("value")])
  }

  private final class Cells: TemplateTable {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    func value(of name: TemplateName, in row: Int) -> TemplateValue? {
      switch name.spelling {
      case "value": Self.value(bytes[row])
      case "place": .integer(Int64(row))
      default: nil
      }
    }

    static func value(_ byte: UInt8) -> TemplateValue {
      byte == UInt8(ascii: "-") ? .null : .text(String(Unicode.Scalar(byte)))
    }
  }

  private static let texts = ["a<c", "x&z", "x-z", "long", "name", "a-c", "--", "b-", "x-zz", "bott", ""]

  @Test(arguments: [
    "{{#rows}}{{#href}}<a href='{{.}}'>{{/href}}{{name}}{{#href}}</a>{{/href}}: {{#cells}}{{value}}|{{/cells}}\n{{/rows}}",
    "{{#rows}}{{kind}}{{#href}}{{{href}}}{{/href}}{{#cells}}{{place}}{{#value}}{{{.}}}{{/value}}{{^value}}?{{/value}}{{/cells}};{{/rows}}",
    "{{#rows}}{{>row}};{{/rows}}", "{{#rows}}{{#cells}}{{name}}{{value}}{{/cells}}{{/rows}}",
    "{{#rows}}{{#cells}}{{#kind}}{{.}}{{value}}{{/kind}}{{/cells}}{{/rows}}",
    "{{#rows}}{{#cells}}{{unit}}{{value}}{{/cells}}{{/rows}}",
    "{{#rows}}{{name}}{{#name}}{{.}}{{/name}}{{/rows}}",
    "{{#rows}}{{#cells}}{{value}}{{/cells}}{{#cells}}{{value}}{{/cells}}{{name}}{{/rows}}",
    "{{#rows}}{{#other}}{{#cells}}{{value}}{{/cells}}{{/other}}{{#cells}}{{#other}}{{value}}{{/other}}{{/cells}}{{/rows}}",
    "{{#rows}}{{#href}}{{#.}}{{.}}{{/.}}{{/href}}{{#cells}}{{#rows}}{{name}}{{/rows}}{{/cells}}{{/rows}}",
    "{{#rows}}{{$block}}{{name}}{{/block}}{{/rows}}", "{{#rows}}{{>*kind}}{{name}}{{/rows}}",
    "{{#rows}}{{{name}}}{{/rows}}{{#rows}}{{name}}{{/rows}}", "  {{>rows}}\n",
  ])
  func `rows with cells are what they are without a shape`(template: String) throws {
    let partials = try library([
      "row": "{{name}}: {{#cells}}{{>cell}}{{/cells}}", "cell": "<{{value}}>", "k3": "three",
      "rows": "{{#rows}}\n{{name}}{{#cells}}{{value}}{{/cells}}\n{{/rows}}\n",
    ])
    let pages = try [true, false].map { isShaped in
      try render(
        template,
        object([
          "rows": .table(Rows(Self.texts, isShaped: isShaped)), "unit": .text("m"),
          "other": object(["n": .integer(1)]),
        ]),
        library: partials)
    }
    #expect(pages[0] == pages[1])
  }

  @Test func `what one page has told holds for the next, and for its template alone`() throws {
    let templates = try [
      "{{#rows}}{{name}}{{#cells}}{{value}}{{/cells}};{{/rows}}", "{{#rows}}{{name}}.{{/rows}}",
    ]
    .map { try TemplateParser.parse(Array($0.utf8), name: "page.mustache") }
    let patterns = RowPatterns()
    let pages = try [0, 1, 0].map { index in
      var output = ByteBuffer()
      try TemplateRenderer.render(
        templates[index], context: [object(["rows": .table(Rows(["a&", "bc"], isShaped: true))])],
        library: TemplateLibrary(sources: []), mode: .strict, printer: AmountPrinter(), patterns: patterns,
        into: &output)
      return output.text
    }
    #expect(pages == ["a&amp;a&amp;;bcbc;", "a&amp;.bc.", "a&amp;a&amp;;bcbc;"])
  }
}

import Markup
import Templating

/// Prints kind 1 as an amount in hundredths and anything else as a number in angle brackets.
struct AmountPrinter: TemplateLeafPrinter {
  func print(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {
    guard leaf.kind == 1 else { return buffer.append("<\(leaf.value) & \(leaf.detail)>") }
    buffer.append(decimal: leaf.value / 100)
    buffer.append(",")
    buffer.append(leaf.value % 100 < 10 ? "0" : "")
    buffer.append(decimal: leaf.value % 100)
  }
}

func library(
  _ sources: KeyValuePairs<String, String> = [:], mode: TemplateMode = .lenient
) throws -> TemplateLibrary {
  try TemplateLibrary(sources: sources.map { (name: $0.key, bytes: Array($0.value.utf8)) }, mode: mode)
}

func object(_ fields: KeyValuePairs<String, TemplateValue>) -> TemplateValue {
  .object(TemplateObject(fields.map { (TemplateName($0.key), $0.value) }))
}

func render(
  _ source: String, _ data: TemplateValue = object([:]), library: TemplateLibrary? = nil,
  mode: TemplateMode = .lenient
) throws -> String {
  let template = try TemplateParser.parse(Array(source.utf8), name: "page.mustache")
  var output = ByteBuffer()
  try TemplateRenderer.render(
    template, context: [data], library: library ?? TemplateLibrary(sources: []), mode: mode,
    printer: AmountPrinter(), into: &output)
  return String(decoding: output.bytes, as: UTF8.self)
}

import HTTPServing
import JSON
import Markup
import Templating

/// A parser of what comes from outside, with what must hold for any input beyond not crashing.
enum FuzzTarget: String, CaseIterable {
  case json
  case request
  case template

  /// Parses an input.
  ///
  /// - Throws: `FuzzFinding` when what must hold does not; a refusal of the input is none.
  func take(_ input: [UInt8]) throws(FuzzFinding) {
    switch self {
    case .json: try Self.takeJSON(input)
    case .request: try Self.takeRequests(input)
    case .template: try Self.takeTemplate(input)
    }
  }

  /// What is written of a parsed value parses to the same value.
  private static func takeJSON(_ input: [UInt8]) throws(FuzzFinding) {
    guard let value = accepted({ () throws(JSONSyntaxError) in try JSONParser.parse(input) }) else { return }
    var writer = JSONWriter()
    writer.write(value)
    guard accepted({ () throws(JSONSyntaxError) in try JSONParser.parse(writer.bytes) }) == value else {
      throw FuzzFinding(rule: "a value that is written parses to itself")
    }
  }

  /// The same bytes are the same requests and the same verdict, however they are cut.
  private static func takeRequests(_ input: [UInt8]) throws(FuzzFinding) {
    let whole = requests(in: [input[...]])
    let middle = input.count / 2
    guard whole == requests(in: [input[..<middle], input[middle...]]),
      whole == requests(in: input.indices.map { input[$0...$0] })
    else { throw FuzzFinding(rule: "a request's verdict does not depend on how its bytes are cut") }
  }

  /// What the bytes of a connection come to, told so that two runs can be compared.
  private static func requests(in pieces: [ArraySlice<UInt8>]) -> [String] {
    var parser = RequestParser()
    var found: [String] = []
    for piece in pieces {
      parser.append(piece)
      reading: while true {
        switch parser.next() {
        case .incomplete, .closed: break reading
        case .refusal(let refusal): found.append(refusal.code)
        case .request(let request):
          found.append(
            "\(request.method.name) \(request.target.path) \(request.fields.count) \(request.body)")
        }
      }
    }
    return found + [parser.end()?.code ?? ""]
  }

  /// A template renders, or says why not, and twice to the same bytes; a strict library refuses or renders.
  private static func takeTemplate(_ input: [UInt8]) throws(FuzzFinding) {
    let parsed = accepted { () throws(TemplateSyntaxError) in try TemplateParser.parse(input, name: "fuzz") }
    guard let template = parsed else { return }
    let source = TemplateSource(name: "fuzz", file: "fuzz.mustache", bytes: input)
    for mode in [TemplateMode.lenient, .strict] {
      let library = accepted { () throws(TemplateSyntaxError) in
        try TemplateLibrary(layers: [[source]], mode: mode)
      }
      guard let library else { continue }
      guard render(template, library, mode) == render(template, library, mode) else {
        throw FuzzFinding(rule: "a template renders to the same bytes each time")
      }
    }
  }

  private static func render(_ template: Template, _ library: TemplateLibrary, _ mode: TemplateMode)
    -> [UInt8]?
  {
    accepted { () throws(TemplateRenderError) in
      var output = ByteBuffer()
      try TemplateRenderer.render(
        template, context: [context], library: library, mode: mode, printer: NoLeaves(), into: &output)
      return output.bytes
    }
  }

  private static let context = TemplateValue.object(
    TemplateObject([
      (TemplateName("a"), .text("<a & b>")), (TemplateName("b"), .bool(true)),
      (TemplateName("c"), .list([.object([:]), .integer(7), .null])), (TemplateName("name"), .null),
      (TemplateName("list"), .list([.text("x"), .text("y")])),
    ]))

  private static func accepted<Value, Refusal: Error>(_ body: () throws(Refusal) -> Value) -> Value? {
    do throws(Refusal) { return try body() } catch { return nil }
  }
}

/// A rule that an input has broken.
struct FuzzFinding: Error {
  let rule: String
}

/// Prints nothing: the fuzzed values have no leaves.
private struct NoLeaves: TemplateLeafPrinter {
  func print(_ leaf: TemplateLeaf, into buffer: inout ByteBuffer) {}
}

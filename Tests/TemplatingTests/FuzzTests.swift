import FolioTestSupport
import Markup
import Templating
import Testing

@Suite("Mutated templates")
struct FuzzTests {
  static let seeds = [
    "{{<l}}\n  {{$a}}\n    {{#rows}}\n  {{.}}\n  {{/rows}}\n  {{/a}}\n{{/l}}\n",
    "| {{=<% %>=}}<%#o%> <%x.y%> <%/o%>\r\n<%={{ }}=%>{{^n}}{{{x}}}{{/n}}\n",
    "  {{>p}}\n {{> *d }} {{!c\n}}\n {{$b}} {{/b}}{{&o.x}}\n{{<*d}}{{$a}}{{$a}}{{/a}}{{/a}}{{/*d}}\n",
  ]

  static let fragments = [
    "{{", "}}", "{{{", "}}}", "{{#rows}}", "{{/rows}}", "{{$a}}", "{{/a}}", "{{<l}}", "{{/l}}", "\n", "\r\n",
    "  ", "\t", "{{>p}}", "{{=| |=}}", "*", ".", "=", "\u{301}", "{{^n}}", "{{/n}}",
  ]

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `are refused or rendered, never a trap`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let data = object([
      "rows": .list([.integer(1), .text("<")]), "o": object(["x": .text("&"), "y": .null]), "n": .null,
      "d": .text("p"), "x": object(["y": .bool(false)]),
    ])
    for _ in 0..<150 {
      let source = mutated(Self.seeds[random.below(Self.seeds.count)], &random)
      let partial = mutated("  a\n {{$a}}\n  b\n {{/a}}\n{{x.y}}\n", &random)
      for mode in [TemplateMode.lenient, .strict] {
        let first = outcome(source, partial, data, mode)
        #expect(first == outcome(source, partial, data, mode))
      }
    }
  }

  /// What was rendered, or the error in words.
  private func outcome(_ page: [UInt8], _ partial: [UInt8], _ data: TemplateValue, _ mode: TemplateMode)
    -> String
  {
    do {
      let sources = [(name: "p", bytes: partial), (name: "l", bytes: partial), (name: "page", bytes: page)]
      let templates = try TemplateLibrary(sources: sources, mode: mode)
      guard let template = templates.template(named: "page") else { return "" }
      var output = ByteBuffer()
      try TemplateRenderer.render(
        template, context: [data], library: templates, mode: mode, printer: AmountPrinter(), into: &output)
      return String(decoding: output.bytes, as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }

  private func mutated(_ source: String, _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = Array(source.utf8)
    for _ in 0...random.below(4) {
      let place = random.below(bytes.count + 1)
      switch random.below(4) {
      case 0: bytes.insert(contentsOf: Self.fragments[random.below(Self.fragments.count)].utf8, at: place)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + random.below(4)))
      case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + random.below(12))], at: place)
      }
    }
    return bytes
  }
}

import Foundation
import Markup
import Templating
import Testing

@Suite("The Mustache specification")
struct SpecificationTests {
  @Test(
    .enabled(if: SharedData.isPresent, "…/shared/conformance is not beside the checkout"),
    arguments: SpecificationCase.all)
  func `is followed byte for byte`(test: SpecificationCase) throws {
    let sources = test.partials.map { (name: $0.key, bytes: Array($0.value.utf8)) }
    let library = try TemplateLibrary(sources: sources, mode: .lenient)
    #expect(try render(test.template, test.data, library: library) == test.expected)
  }

  @Test(.enabled(if: SharedData.isPresent, "…/shared/conformance is not beside the checkout"))
  func `is there in all its eight modules`() {
    #expect(Set(SpecificationCase.all.map(\.module)) == Set(SpecificationCase.modules))
    #expect(SpecificationCase.all.count == 184)
  }
}

/// One test of the specification.
struct SpecificationCase: Sendable, Decodable, CustomTestStringConvertible {
  static let modules = [
    "comments", "delimiters", "dynamic-names", "inheritance", "interpolation", "inverted", "partials",
    "sections",
  ]

  private(set) var module = ""
  let name: String
  let template: String
  let expected: String
  let data: TemplateValue
  let partials: [String: String]

  var testDescription: String { "\(module): \(name)" }

  static let all: [SpecificationCase] = modules.flatMap(load)

  private static func load(_ module: String) -> [SpecificationCase] {
    let file = SharedData.folder.appending(path: "conformance/mustache/\(module).json")
    guard let bytes = try? Data(contentsOf: file),
      let suite = try? JSONDecoder().decode([String: [SpecificationCase]].self, from: testsOnly(bytes))
    else { return [] }
    return (suite["tests"] ?? []).map { test in
      var test = test
      test.module = module
      return test
    }
  }

  /// The file without its prose, so that what remains has one type.
  private static func testsOnly(_ bytes: Data) throws -> Data {
    let suite = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
    return try JSONSerialization.data(withJSONObject: ["tests": suite?["tests"] ?? []])
  }

  private enum Key: CodingKey { case name, template, expected, data, partials }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    name = try fields.decode(String.self, forKey: .name)
    template = try fields.decode(String.self, forKey: .template)
    expected = try fields.decode(String.self, forKey: .expected)
    data = try fields.decode(AnyJSON.self, forKey: .data).value
    partials = try fields.decodeIfPresent([String: String].self, forKey: .partials) ?? [:]
  }
}

/// Any JSON as a template's value; a fraction becomes its text.
private struct AnyJSON: Decodable {
  let value: TemplateValue

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      value = .null
    } else if let flag = try? single.decode(Bool.self) {
      value = .bool(flag)
    } else if let number = try? single.decode(Int64.self) {
      value = .integer(number)
    } else if let number = try? single.decode(Double.self) {
      value = .text("\(number)")
    } else if let text = try? single.decode(String.self) {
      value = .text(text)
    } else if let items = try? single.decode([AnyJSON].self) {
      value = .list(items.map(\.value))
    } else {
      let fields = try single.decode([String: AnyJSON].self).sorted { $0.key < $1.key }
      value = .object(TemplateObject(fields.map { (TemplateName($0.key), $0.value.value) }))
    }
  }
}

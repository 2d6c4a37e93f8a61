import FolioTestSupport
import Foundation
import JSON
import Testing

private let validator = """
  import json, pathlib, sys
  from jsonschema import Draft202012Validator
  from referencing import Registry, Resource
  folder = pathlib.Path(sys.argv[1])
  resources = [(p.name, Resource.from_contents(json.loads(p.read_text()), default_specification=__import__(
      'referencing.jsonschema', fromlist=['DRAFT202012']).DRAFT202012)) for p in folder.glob('*.json')]
  registry = Registry().with_resources(resources)
  checked = 0
  for name, resource in sorted(resources):
      schema = resource.contents
      Draft202012Validator.check_schema(schema)
      for example in schema.get('examples', []):
          for error in Draft202012Validator(schema, registry=registry).iter_errors(example):
              print(name, error.json_path, error.message)
          checked += 1
  print('checked', checked)
  """

@Suite struct SchemaTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(.enabled(if: python(with: "jsonschema") != nil || judgesAreRequired, "jsonschema is not installed"))
  func `every schema is valid, and every example fits its own`() throws {
    let script = try folder.write(validator, to: "validate.py")
    let schemas = Repository.root.appendingPathComponent("assets/schemas/events").path
    let run = try Programs.run(try #require(python(with: "jsonschema")), [script, schemas])
    #expect(run.output == "checked \(try exampleEvents().count)\n", "\(run.words)")
  }

  @Test func `every example of every event type is applied`() throws {
    let file = try folder.write(try exampleEvents().joined(separator: "\n") + "\n", to: "examples.ndjson")
    let store = folder.path("billing.db")
    let run = try folio("import", "--store", store, "--customer", "cus_example", file)
    #expect(run.status == 0, "\(run.words)")
    let doctor = try folio("doctor", "--store", store)
    #expect(doctor.output.contains("events: \(try exampleEvents().count) applied\n"), "\(doctor.output)")
  }

  @Test func `the schema of portal.json documents every key that init writes, with its default`() throws {
    _ = try folio("init", folder.path("shop"))
    guard case .object(let written) = try json(folder.path("shop/portal.json")),
      case .object(let schema) = try json(
        Repository.root.appendingPathComponent("assets/schemas/portal.schema.json").path),
      case .object(let properties)? = schema["properties"]
    else {
      Issue.record("not objects")
      return
    }
    #expect(properties.members.map(\.name) == written.members.map(\.name))
    for (name, value) in written.members {
      guard case .object(let property)? = properties[name] else { continue }
      #expect(property["default"]?.canonicalBytes == value.canonicalBytes, "\(name)")
      #expect(property["description"] != nil, "\(name)")
    }
  }
}

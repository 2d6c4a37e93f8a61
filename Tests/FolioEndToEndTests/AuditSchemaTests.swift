import FolioTestSupport
import Foundation
import Testing

private let validator = """
  import json, sys
  from jsonschema import Draft202012Validator
  schema = json.load(open(sys.argv[1]))
  Draft202012Validator.check_schema(schema)
  documents = schema['examples'] + [json.load(open(path)) for path in sys.argv[2:]]
  entries = 0
  for document in documents:
      for error in Draft202012Validator(schema).iter_errors(document):
          print(error.json_path, error.message)
      entries += len(document['data'])
  print('checked', len(documents), entries > 30)
  """

@Suite struct AuditSchemaTests {
  @Test(.enabled(if: python(with: "jsonschema") != nil || judgesAreRequired, "jsonschema is not installed"))
  func `the audit trails of the example events fit their schema`() throws {
    let folder = try TemporaryFolder()
    let events = try folder.write(try exampleEvents().joined(separator: "\n") + "\n", to: "events.ndjson")
    let store = folder.path("billing.db")
    let imported = try folio("import", "--store", store, "--customer", "cus_example", events)
    #expect(imported.status == 0, "\(imported.words)")
    let built = try folio(
      "build", "--store", store, "--out", folder.path("site"), "--as-of", "2024-03-20T12:00:00Z")
    #expect(built.status == 0, "\(built.words)")
    let feeds = try siteFiles(folder.path("site")).keys.filter { $0.hasSuffix("feeds/audit.json") }.sorted()
    let schema = Repository.root.appendingPathComponent("assets/schemas/feeds/audit.schema.json").path
    let script = try folder.write(validator, to: "validate.py")
    let run = try Programs.run(
      try #require(python(with: "jsonschema")), [script, schema] + feeds.map { folder.path("site/\($0)") })
    #expect(run.output == "checked \(feeds.count + 1) True\n", "\(run.words)")
  }
}

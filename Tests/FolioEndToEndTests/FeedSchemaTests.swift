import FolioTestSupport
import Foundation
import Testing

@Suite(.enabled(if: python(with: "jsonschema") != nil || judgesAreRequired, "jsonschema is not installed"))
struct FeedSchemaTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func validate(_ sites: String...) throws -> ProgramRun {
    let script = judge("validate_feeds.py")
    let schemas = Repository.root.appendingPathComponent("assets/schemas/feeds").path
    return try Programs.run(try #require(python(with: "jsonschema")), [script, schemas] + sites)
  }

  /// A site of the example events of every type.
  private func exampleSite() throws -> String {
    let file = try folder.write(try exampleEvents().joined(separator: "\n") + "\n", to: "examples.ndjson")
    let store = folder.path("billing.db")
    let imported = try folio("import", "--store", store, "--customer", "cus_example", file)
    #expect(imported.status == 0, "\(imported.words)")
    let site = folder.path("site")
    let built = try folio("build", "--store", store, "--out", site, "--as-of", "2024-06-16T12:00:00Z")
    #expect(built.status == 0 || built.status == 3, "\(built.words)")
    return site
  }

  @Test func `every feed of the demo and of the example events fits its schema, and every schema has a feed`()
    throws
  {
    let demo = try folio("demo", folder.path("demo"), "--language", "en")
    #expect(demo.status == 0, "\(demo.words)")
    let run = try validate(folder.path("demo/site"), exampleSite())
    #expect(run.status == 0, "\(run.output.prefix(4_000)) \(run.words)")
    let checked = try #require(run.output.firstMatch(of: /checked ([0-9]+)/).flatMap { Int($0.1) })
    #expect(checked > 300)
  }

  @Test func `a field that no schema knows, and a feed without a schema, are found`() throws {
    let site = try exampleSite()
    let portal = site + "/cus_example/feeds/"
    let billing = try String(contentsOfFile: portal + "billing.json", encoding: .utf8)
    try billing.replacing("\"customer_id\"", with: "\"customer\"")
      .write(toFile: portal + "billing.json", atomically: false, encoding: .utf8)
    try "{}".write(toFile: portal + "surprise.json", atomically: false, encoding: .utf8)
    let run = try validate(site)
    #expect(run.status == 1)
    #expect(run.output.contains("billing.json: $: 'customer_id' is a required property"), "\(run.output)")
    #expect(run.output.contains("surprise.json: no schema describes it"))
  }
}

/// A script of the independent judges.
func judge(_ name: String) -> String {
  Repository.root.appendingPathComponent("Tests/FolioEndToEndTests/Judges/\(name)").path
}

import FolioTestSupport
import Foundation
import JSON
import Testing

/// The examples of the event schemas, one event a line: they tell one story in which every type occurs.
func exampleEvents() throws -> [String] {
  let files = Repository.files(below: "assets/schemas/events", endings: ["json"])
    .filter { $0.lastPathComponent.hasPrefix("billing.") }
  return try files.flatMap { file -> [String] in
    guard case .object(let schema) = try json(file.path), case .array(let examples)? = schema["examples"]
    else {
      Issue.record("\(file.lastPathComponent) has no examples")
      return []
    }
    return examples.map { String(decoding: $0.canonicalBytes, as: UTF8.self) }
  }
}

@Suite struct ReproducibilityTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func site(
    of events: [String], _ name: String, parts: Int = 1, environment: [String: String] = [:],
    in working: URL? = nil
  ) throws -> [String: Data] {
    let store = folder.path("\(name).db")
    let size = events.count / parts + 1
    let files = try stride(from: 0, to: events.count, by: size).map { start in
      let lines = events[start..<min(start + size, events.count)]
      return try folder.write(lines.joined(separator: "\n") + "\n", to: "\(name)-\(start).ndjson")
    }
    let imported = try folio(
      ["import", "--store", store, "--customer", "cus_example"] + files, environment: environment, in: working
    )
    try #require(imported.status == 0, "\(imported.words)")
    let built = try folio(
      "build", "--store", store, "--out", folder.path(name), "--as-of", "2024-03-20T12:00:00Z",
      environment: environment, in: working)
    try #require(built.status == 0, "\(built.words)")
    return try siteFiles(folder.path(name))
  }

  @Test func `fifty orders with repetitions of the same events give the same bytes`() throws {
    let events = try exampleEvents()
    let expected = try site(of: events, "first")
    #expect(expected.count > 10)
    var random = SeededGenerator(seed: 7)
    for order in 1...50 {
      let repeated = (0..<5).map { _ in events[Int(random.next() % UInt64(events.count))] }
      let found = try site(
        of: (events + repeated).shuffled(using: &random), "order\(order)", parts: order % 4 + 1)
      #expect(differences(expected, found).isEmpty, "order \(order)")
      try FileManager.default.removeItem(atPath: folder.path("order\(order)"))
    }
  }

  @Test(arguments: [
    ["TZ": "Asia/Kathmandu"], ["TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8"],
    ["LANG": "ar_EG.UTF-8", "LC_ALL": "tr_TR.UTF-8"],
  ])
  func `time zone and locale change no byte`(environment: [String: String]) throws {
    let events = try exampleEvents()
    let expected = try site(of: events, "plain")
    #expect(differences(expected, try site(of: events, "other", environment: environment)).isEmpty)
  }

  @Test func `umask and working directory change no byte and no mode`() throws {
    let events = try exampleEvents()
    let expected = try site(of: events, "plain")
    let program = try #require(Programs.folio)
    let elsewhere = folder.url.appendingPathComponent("elsewhere")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
    let shell = try #require(Programs.installed("sh"))
    let command =
      "umask 0; exec \"$0\" build --store ../plain.db --out ./out --as-of 2024-03-20T12:00:00Z --jobs 1"
    let run = try Programs.run(
      shell, ["-c", command, program.path], environment: ["FOLIO_RESOURCES": Repository.root.path],
      in: elsewhere)
    #expect(run.status == 0, "\(run.words)")
    let found = elsewhere.appendingPathComponent("out")
    #expect(differences(expected, try siteFiles(found.path)).isEmpty)
    for file in try siteFiles(found.path).keys {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: found.appendingPathComponent(file).path)
      #expect(attributes[.posixPermissions] as? Int == 0o640, "\(file)")
    }
  }

  @Test func `a customer's portal is the same whether others are built or not`() throws {
    let store = folder.path("demo/billing.db")
    let demo = try folio("demo", folder.path("demo"), "--customers", "3")
    try #require(demo.status == 0, "\(demo.words)")
    let whole = try siteFiles(folder.path("demo/site"))
    let alone = try folio(
      "build", "--store", store, "--out", folder.path("alone"), "--customer", "cus_demo_0002")
    #expect(alone.status == 0, "\(alone.words)")
    let one = try siteFiles(folder.path("alone"))
    #expect(one.count > 20)
    for (name, bytes) in one { #expect(whole[name] == bytes, "\(name)") }
    let rebuilt = try folio(
      "build", "--store", store, "--out", folder.path("demo/site"), "--customer", "cus_demo_0002")
    #expect(rebuilt.status == 0, "\(rebuilt.words)")
    #expect(differences(whole, try siteFiles(folder.path("demo/site"))).isEmpty)
  }

  @Test func `the demo is the same bytes each time`() throws {
    for name in ["one", "two"] {
      let run = try folio("demo", folder.path(name), "--customers", "2", "--seed", "5")
      #expect(run.status == 0, "\(run.words)")
      #expect(run.output.hasPrefix("file:///"))
    }
    #expect(
      differences(try siteFiles(folder.path("one/site")), try siteFiles(folder.path("two/site"))).isEmpty)
  }
}

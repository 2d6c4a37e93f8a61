import FolioBilling
import FolioSite
import FolioTestSupport
import Foundation
import Publishing
import Testing

@Suite struct IncrementalBuildTests {
  private let shop: Shop

  init() throws { shop = try Shop(customers: "cus_a", "cus_b") }

  @Test func `what is up to date stays`() throws {
    #expect(try shop.reasons(shop.build()) == ["cus_a": [.first], "cus_b": [.first]])
    #expect(try shop.reasons(shop.build()) == ["cus_a": [], "cus_b": []])
  }

  @Test func `a customer's own fact makes that customer's portal alone`() throws {
    try shop.build()
    let before = try shop.files()
    try shop.rename("cus_a")
    let report = try shop.build()
    let reasons = shop.reasons(report)
    #expect(reasons["cus_b"] == [])
    guard case .facts(let changes)? = reasons["cus_a"]?.first else {
      Issue.record("\(reasons)")
      return
    }
    #expect(changes > 0 && reasons["cus_a"]?.count == 1)
    #expect(report.counts.written > 0 && report.counts.linked > 0)
    let after = try shop.files()
    #expect(after.filter { $0.key.hasPrefix("cus_b") } == before.filter { $0.key.hasPrefix("cus_b") })
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `facts of all, configuration, templates, program and key make every portal`() throws {
    try shop.build()
    try shop.apply(EventLines.plan("plan_b"))
    #expect(try shop.reasons(shop.build()) == ["cus_a": [.sharedFacts], "cus_b": [.sharedFacts]])
    shop.configuration.serviceName = "Other"
    #expect(try shop.reasons(shop.build()) == ["cus_a": [.configuration], "cus_b": [.configuration]])
    let templates = shop.folder + "/templates/messages/en"
    try FileManager.default.createDirectory(atPath: templates, withIntermediateDirectories: true)
    try Data("# Help\n\nOur own.\n".utf8).write(to: URL(fileURLWithPath: templates + "/help.md"))
    #expect(try shop.reasons(shop.build()) == ["cus_a": [.configuration], "cus_b": [.configuration]])
    shop.program = "newer"
    #expect(try shop.reasons(shop.build()) == ["cus_a": [.configuration], "cus_b": [.configuration]])
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `of what is not up to date a build may make a part, and the rest stays for the next`() throws {
    try shop.build()
    for customer in ["cus_a", "cus_b"] { try shop.rename(customer) }
    let (builder, other) = (try shop.builder().prepared(), try CustomerID("cus_b"))
    var request = try shop.request()
    request.selection = { portals in Set(portals.map(\.customer).filter { $0 == other }) }
    #expect(try builder.build(request).portals.map(\.customer) == [other])
    #expect(try shop.build().portals.map(\.customer.text) == ["cus_a"])
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `a portal that is not chosen keeps its old address`() throws {
    let (one, other) = (SiteKey(demoSeed: 1), SiteKey(demoSeed: 2))
    try shop.build(key: one)
    let before = try shop.files()
    let report = try shop.build(key: other) { $0.selection = { _ in [] } }
    #expect(report.portals.isEmpty && report.plan.removals.isEmpty)
    #expect(try shop.files() == before)
  }

  @Test func `another day makes every portal, another hour none`() throws {
    try shop.build()
    shop.asOf = "2024-03-10T23:59:59Z"
    #expect(try shop.reasons(shop.build()) == ["cus_a": [], "cus_b": []])
    shop.asOf = "2024-03-11T00:00:00Z"
    let reasons = try shop.reasons(shop.build())
    #expect(reasons["cus_a"] == [.time(from: try time("2024-03-10T00:00:00Z"), to: try time(shop.asOf))])
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `before facts that are still to come, every instant is a view of its own`() throws {
    try shop.rename("cus_a", at: "2024-03-10T18:00:00Z")
    try shop.build()
    shop.asOf = "2024-03-10T13:00:00Z"
    let reasons = try shop.reasons(shop.build())
    #expect(reasons["cus_a"]?.count == 1 && reasons["cus_b"] == [])
    for instant in ["2024-03-10T19:00:00Z", "2024-03-10T20:00:00Z", "2024-03-10T17:00:00Z"] {
      shop.asOf = instant
      try shop.build()
      #expect(try shop.equalsFreshBuild(), "\(instant)")
    }
  }

  @Test func `a deleted customer's portal leaves the site`() throws {
    try shop.build()
    try shop.delete("cus_a")
    let report = try shop.build()
    #expect(report.plan.removals.map(\.owner) == ["cus_a"] && report.plan.removals.map(\.reason) == [.gone])
    #expect(try shop.files().keys.allSatisfy { !$0.hasPrefix("cus_a") })
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `another key gives each portal another address and takes the old one away`() throws {
    let (one, other) = (SiteKey(demoSeed: 1), SiteKey(demoSeed: 2))
    try shop.build(key: one)
    let report = try shop.build(key: other)
    #expect(report.plan.removals.allSatisfy { $0.reason == .renamed } && report.plan.removals.count == 2)
    #expect(try shop.equalsFreshBuild(key: other))
    #expect(try shop.build(key: other).portals.isEmpty)
  }

  @Test func `a lost state means a full build and the same site`() throws {
    try shop.build()
    try shop.rename("cus_a")
    try shop.delete("cus_b")
    try FileManager.default.removeItem(atPath: shop.output + ".state")
    let report = try shop.build()
    #expect(report.plan.removals.map(\.reason) == [.unrecorded])
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `a folder that was removed or replaced is made again`() throws {
    try shop.build()
    try FileManager.default.removeItem(atPath: shop.output + "/cus_a")
    try FileManager.default.moveItem(atPath: shop.output + "/cus_b", toPath: shop.output + "/cus_a")
    #expect(try shop.reasons(shop.build()) == ["cus_a": [.displaced], "cus_b": [.missing]])
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `one customer is built alone, and others are neither made nor removed`() throws {
    try shop.build()
    try shop.rename("cus_a")
    try shop.delete("cus_b")
    let report = try shop.build { $0.customers = [try CustomerID("cus_a")] }
    #expect(report.portals.map(\.customer.text) == ["cus_a"] && report.plan.removals.isEmpty)
    #expect(throws: BuildError.self) { try shop.build { $0.customers = [try CustomerID("cus_c")] } }
  }

  @Test func `a full build makes all and publishes what differs`() throws {
    try shop.build()
    let report = try shop.build { $0.isFull = true }
    #expect(shop.reasons(report) == ["cus_a": [.forced], "cus_b": [.forced]])
    #expect(report.portals.allSatisfy(\.isUnchanged) && report.counts.written == 0)
  }

  @Test func `a rehearsal says what would change and changes nothing`() throws {
    let builder = try shop.builder()
    let first = try builder.rehearse(shop.request())
    #expect(first.isRehearsal && first.counts.written > 0)
    #expect(!FileManager.default.fileExists(atPath: shop.output))
    #expect(!FileManager.default.fileExists(atPath: shop.output + ".state"))
    try shop.build()
    let before = try shop.files()
    try shop.rename("cus_a")
    let second = try builder.rehearse(shop.request())
    #expect(try shop.files() == before)
    #expect(try shop.build().counts == second.counts)
  }
}

@Suite struct RewoundStoreTests {
  private let shop: Shop
  private var copy: String { shop.folder + "/copy.db" }

  init() throws { shop = try Shop(customers: "cus_a", "cus_b") }

  /// Puts the store of another time in the place of today's.
  private func restore() throws {
    for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: shop.store + suffix) }
    try FileManager.default.copyItem(atPath: copy, toPath: shop.store)
  }

  private func backUp() throws {
    // Every write ends with a checkpoint, so the file is the store.
    try FileManager.default.copyItem(atPath: shop.store, toPath: copy)
  }

  private func rewoundCustomers() -> [String]? {
    let error = #expect(throws: BuildError.self) { try shop.build() }
    guard case .storeRewound(let customers)? = error else { return nil }
    return customers
  }

  @Test func `a restored backup is refused with the customers that it knows less of`() throws {
    try backUp()
    try shop.rename("cus_a")
    try shop.build()
    let before = try shop.files()
    try restore()
    #expect(rewoundCustomers() == ["cus_a"])
    #expect(try shop.files() == before)
    try shop.build { $0.allowsRewind = true }
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `a backup that has grown past the count of then is noticed, too`() throws {
    try backUp()
    try shop.rename("cus_a")
    try shop.build()
    try restore()
    for day in 1...5 { try shop.rename("cus_a", at: "2024-03-0\(day)T01:00:00Z") }
    #expect(rewoundCustomers() == ["cus_a"])
  }

  @Test func `a backup that lacks a whole customer is refused`() throws {
    try backUp()
    try shop.add("cus_c")
    try shop.build()
    try restore()
    #expect(rewoundCustomers() == ["cus_c"])
    try shop.build { $0.allowsRewind = true }
    #expect(try shop.files().keys.allSatisfy { !$0.hasPrefix("cus_c") })
  }

  @Test func `the same events in another store are no rewind`() throws {
    try shop.build()
    try FileManager.default.removeItem(atPath: shop.store)
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: shop.store + suffix) }
    try shop.add("cus_b")
    try shop.add("cus_a")
    try shop.apply(EventLines.plan())
    #expect(try shop.build().counts.written == 0)
  }
}

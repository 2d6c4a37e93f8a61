import FolioBilling
import FolioSite
import FolioStore
import FolioTestSupport
import Foundation
import JSON
import Publishing
import Synchronization

/// A store, its configuration and its site, gone with the value.
final class Shop {
  let folder: String
  var store: String { folder + "/billing.db" }
  var output: String { folder + "/site" }
  var configuration = SiteConfiguration()
  var asOf = "2024-03-10T12:00:00Z"
  /// What tells one program from another.
  var program = "test"

  init(customers: String...) throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("shop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    folder = place.path
    try apply(EventLines.plan())
    for customer in customers { try add(customer) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A customer with a subscription and one reading.
  func add(_ customer: String) throws {
    try apply(
      EventLines.customer(customer), EventLines.subscription(of: customer),
      EventLines.usage(of: customer, 100, in: "2024-03-01T10:00:00Z"))
  }

  func apply(_ lines: String...) throws {
    let events = try lines.map { try ReceivedEvent(JSONParser.parse(Array($0.utf8)), source: "test") }
    try BillingStore(path: store, isCreating: true).write(receivedAt: time(asOf), origin: "test") { log in
      for event in events { _ = try log.apply(event) }
    }
  }

  func rename(_ customer: String, at instant: String = "2024-03-05T00:00:00Z") throws {
    try apply(EventLines.partner(of: customer, "prt_a", named: "Name \(instant)", at: instant))
  }

  func delete(_ customer: String, at instant: String = "2024-03-06T00:00:00Z") throws {
    try apply(EventLines.event("customer.deleted", "e_gone_\(customer)", at: instant, of: customer, ""))
  }

  func builder(key: SiteKey? = nil) throws -> SiteBuilder {
    let sources = try SiteSources(
      root: Repository.root.path, site: folder, logo: nil, theme: configuration.theme,
      languages: configuration.languages)
    return SiteBuilder(configuration: configuration, sources: sources, key: key, program: program)
  }

  func request(to output: String? = nil, shard: Shard? = nil) throws -> BuildRequest {
    let place = try SitePlace(output ?? self.output, part: shard?.name)
    var request = BuildRequest(
      readers: StatementReaders(path: store), place: place, asOf: try time(asOf),
      now: { Int64(Date().timeIntervalSince1970) },
      elapsed: { .zero })
    request.shard = shard
    return request
  }

  @discardableResult
  func build(
    key: SiteKey? = nil, to output: String? = nil, shard: Shard? = nil,
    _ adjust: (inout BuildRequest) throws -> Void = { _ in }
  ) throws -> BuildReport {
    var request = try request(to: output, shard: shard)
    try adjust(&request)
    return try builder(key: key).build(request)
  }

  /// The reasons of a plan by customers; what stays has none.
  func reasons(_ report: BuildReport) -> [String: [BuildReason]] {
    var reasons = Dictionary(uniqueKeysWithValues: report.plan.portals.map { ($0.customer.text, $0.reasons) })
    for customer in report.plan.current { reasons[customer.text] = [] }
    return reasons
  }

  /// The files of a site, by their paths.
  func files(_ output: String? = nil) throws -> [String: Data] {
    let root = URL(fileURLWithPath: output ?? self.output)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    var files: [String: Data] = [:]
    for path in paths {
      let file = root.appendingPathComponent(path)
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files[path] = try Data(contentsOf: file)
      }
    }
    return files
  }

  /// Whether the site is what a build into an empty place makes.
  func equalsFreshBuild(key: SiteKey? = nil) throws -> Bool {
    let fresh = folder + "/fresh"
    try build(key: key, to: fresh)
    defer {
      try? FileManager.default.removeItem(atPath: fresh)
      try? FileManager.default.removeItem(atPath: fresh + ".state")
    }
    return try files() == files(fresh)
  }
}

func time(_ text: String) throws -> Timestamp {
  guard let instant = Timestamp(text) else { throw NoInstant(text: text) }
  return instant
}

struct NoInstant: Error { let text: String }

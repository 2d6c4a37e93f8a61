import FolioTestSupport
import Foundation
import SQLite
import Testing

/// Charges, costs, departments, tax and plan comparisons computed again by a judge that shares no code with Folio.
@Suite(.enabled(if: python(with: "sqlite3") != nil || judgesAreRequired, "python3 is not installed"))
struct RecomputationTests {
  private let folder: TemporaryFolder
  private var store: String { folder.path("shop/billing.db") }
  private var site: String { folder.path("shop/site") }

  init() throws { folder = try TemporaryFolder() }

  private func run(_ script: String, _ arguments: String...) throws -> ProgramRun {
    try Programs.run(try #require(python(with: "sqlite3")), [judge(script)] + arguments)
  }

  private func succeed(_ arguments: String...) throws {
    let run = try folio(arguments)
    try #require(run.status == 0, "\(arguments): \(run.words)")
  }

  // MARK: The demo

  @Test func `every figure of the whole demo is recomputed without a difference`() throws {
    try succeed("demo", folder.path("shop"), "--language", "en")
    let run = try run("recompute.py", store, site)
    #expect(run.status == 0, "\(run.output.prefix(4_000)) \(run.words)")
    #expect(run.output.hasPrefix("0 differences in "))
  }

  /// A figure of each topic: its feed, where it stands first, and its path.
  private static let alterations = [
    ("usage/2026-05", #""usage_charges": [0-9.]+"#, "$.charges.usage_charges"),
    ("usage/2026-04", #""outbound_messages": [0-9]+"#, "$.usage_summary.outbound_messages"),
    ("usage/2026-03", #""cost": [0-9.]+"#, "$.partner_breakdown[0].cost"),
    ("usage/2026-02", #""difference_minor": [0-9]+"#, "$.invoiced.difference_minor"),
    (
      "usage/current", #""estimated_monthly_messages": [0-9]+"#,
      "$.projected_usage.estimated_monthly_messages"
    ),
    ("allocation", #""message_count": [0-9]+"#, "$.departments[0].message_count"),
    ("analytics/partners", #""average_size": [0-9]+"#, "$.partner_metrics[0].average_size"),
    ("analytics/trends", #""payload_size": [0-9]+"#, "$.data[0].payload_size"),
    ("optimization", #""monthly_cost": [0-9.]+"#, "$.plans[0].monthly_cost"),
    ("optimization", #""medium": [0-9]+"#, "$.usage_patterns.message_size_distribution.medium"),
    ("invoices", #""amount_remaining": [0-9.]+"#, "$.data[0].amount_remaining"),
    ("tax-summary/2026", #""applicable_tax": [0-9.]+"#, "$.tax_breakdown.applicable_tax"),
  ]

  @Test func `one altered figure of each topic is named, and nothing else`() throws {
    try succeed("demo", folder.path("shop"), "--customers", "1", "--language", "en")
    let portal = try #require(siteFiles(site).keys.first { $0.hasSuffix("feeds/billing.json") })
      .replacing("feeds/billing.json", with: "")
    for (feed, pattern, _) in Self.alterations {
      let file = "\(site)/\(portal)feeds/\(feed).json"
      var content = try String(contentsOfFile: file, encoding: .utf8)
      let match = try #require(content.firstMatch(of: try Regex(pattern)), "\(feed) has \(pattern)")
      let name = String(content[match.range].prefix { $0 != ":" })
      content.replaceSubrange(match.range, with: name + ": 7777")
      try content.write(toFile: file, atomically: false, encoding: .utf8)
    }
    let run = try run("recompute.py", store, site)
    #expect(run.status == 1)
    for (feed, _, path) in Self.alterations {
      let words = "cus_demo_0001 feeds/\(feed).json \(path): published 7777, recomputed "
      #expect(run.output.contains(words), "\(words)")
    }
    #expect(run.output.contains("\n\(Self.alterations.count) differences in "), "\(run.output)")
  }

  @Test
  func `a message, a number and a customer that the site does not have as the store has them are named`()
    throws
  {
    try succeed("demo", folder.path("shop"), "--customers", "2", "--language", "en")
    let events = try folder.write(
      """
      {"id":"x1","type":"billing.customer.updated","timestamp":"2026-06-16T11:00:00Z","customer_id":"cus_new","data":{"currency":"usd"}}
      {"id":"x2","type":"billing.usage.recorded","timestamp":"2026-06-16T11:00:00Z","customer_id":"cus_demo_0001","data":{"delta":true,"readings":[{"partner_id":"prt_partner_001","hour":"2026-05-20T10:00:00Z","direction":"inbound","messages":1}]}}

      """, to: "late.ndjson")
    try succeed("import", "--store", store, events)
    let connection = try Connection(path: store, mode: .readWrite)
    try connection.write {
      try connection.statement(
        "UPDATE invoices SET document = replace(document, '-2026-004\"', '-2026-44\"')"
      ).run()
    }
    let run = try run("recompute.py", store, site)
    #expect(run.status == 1)
    for words in [
      "cus_new feeds/billing.json $: published nothing, recomputed \"cus_new\"",
      "cus_demo_0001 feeds/usage/2026-05.json $.usage_summary.total_messages: published ",
      "cus_demo_0001 feeds/usage/2026-05.json $.charges.total: published ",
      "all customers billing store AS2-2026-… of 2026[3]: published ",
    ] {
      #expect(run.output.contains(words), "\(words) in \(run.output.prefix(3_000))")
    }
  }

  // MARK: What a demo lacks

  /// A store with all that is nasty: invoices of four months between usage that comes late, and what became of them.
  private func makeNastyStore(seed: String) throws {
    try openShop()
    try take(seed)
    try finalize("2024-01", at: "2024-06-18T13:00:00Z")
    try finalize("2024-02", at: "2024-06-18T13:30:00Z")
    try take(seed, store, "2024-06-18T14:00:00Z")
    try finalize("2024-03", at: "2024-06-18T15:00:00Z")
    try finalize("2024-04", at: "2024-06-18T15:30:00Z")
    try take(seed, store, "2024-06-18T16:00:00Z")
  }

  private func openShop() throws {
    _ = try folder.write(#"{"seller":{"name":"Seller Ltd"},"site_key_file":null}"#, to: "shop/portal.json")
  }

  private func take(_ arguments: String...) throws {
    let events = try Programs.run(
      #require(python(with: "sqlite3")), [judge("nasty_events.py")] + arguments)
    try #require(events.status == 0, "\(events.words)")
    try succeed("import", "--store", store, folder.write(events.output, to: "\(UUID().uuidString).ndjson"))
  }

  /// Some customers are held, because nobody defined their plan.
  private func finalize(_ month: String, at time: String) throws {
    let run = try folio("invoice", "finalize", "--store", store, "--period", month, "--issued-at", time)
    try #require(run.status == 0 || run.status == 3, "\(run.words)")
  }

  @Test(arguments: ["1", "2"])
  func `a store with all that is nasty is recomputed without a difference`(seed: String) throws {
    try makeNastyStore(seed: seed)
    try succeed("build", "--store", store, "--out", site, "--as-of", "2024-06-20T12:00:00Z")
    let run = try run("recompute.py", store, site)
    #expect(run.status == 0, "seed \(seed): \(run.output.prefix(4_000)) \(run.words)")
    let feeds = try siteFiles(site).filter { $0.key.hasSuffix(".json") }
    let text = feeds.values.map { String(decoding: $0, as: UTF8.self) }.joined()
    for word in Self.nasty { #expect(text.contains(": \(word)"), "seed \(seed) has no \(word)") }
  }

  /// Without these in its feeds a store is not nasty.
  private static let nasty =
    [
      "included_messages", "trial_messages", "packages", "tier_flat_fee", "partner_fees",
      "minimum_commitment",
      "maximum_commitment", "discount", "late_usage", "open", "paid", "void", "uncollectible", "jpy", "kwd",
      "Ärger",
    ].map { "\"\($0)\"" }

  @Test func `a topic without figures fails unless it may, and a store that is not there is said`() throws {
    try openShop()
    try take("3")
    try succeed("build", "--store", store, "--out", site, "--as-of", "2024-06-20T12:00:00Z")
    let strict = try run("recompute.py", store, site)
    #expect(strict.status == 1)
    #expect(strict.output.hasPrefix("nothing to compare: invoices\nnothing to compare: late usage\n"))
    let missing = try run("recompute.py", folder.path("no.db"), site)
    #expect(missing.status == 2 && missing.words.contains("unable to open database file"))
    let lenient = try run(
      "recompute.py", store, site, "--may-be-empty", "invoices", "--may-be-empty", "late usage",
      "--may-be-empty", "numbers", "--may-be-empty", "tax")
    #expect(lenient.status == 0, "\(lenient.output.prefix(4_000))")
  }
}

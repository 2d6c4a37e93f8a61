import FolioTestSupport
import Foundation
import JSON
import Testing

private func answer(_ name: String) -> String {
  Repository.shared.appendingPathComponent("spec/responses/\(name).json").path
}

/// Events of scenario S1: base 299.00, 0.05 a message, 8,420 messages by 2024-01-16T12:00:00Z.
private let scenarioEvents = """
  {"id":"e1","type":"billing.customer.updated","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_s1","data":{"name":"S1","currency":"usd"}}
  {"id":"e2","type":"billing.plan.defined","timestamp":"2024-01-01T00:00:00Z","data":{"plan_id":"plan_s1","name":"Enterprise Plan","model":"base_plus_usage","currency":"usd","base_fee":299.00,"message_rate":0.05}}
  {"id":"e3","type":"billing.subscription.created","timestamp":"2024-01-01T00:00:00Z","customer_id":"cus_s1","data":{"subscription_id":"sub_s1","plan_id":"plan_s1","started_at":"2024-01-01T00:00:00Z"}}

  """
private let scenarioUsage = """
  customer_id,partner_id,timestamp,direction,messages,failed,bytes
  cus_s1,prt_1,2024-01-02T09:00:00Z,inbound,4000,0,400000
  cus_s1,prt_2,2024-01-15T10:00:00Z,outbound,4000,3,800000
  cus_s1,prt_2,2024-01-16T11:00:00Z,outbound,420,0,70000

  """

@Suite(.enabled(if: Repository.hasShared, Comment(rawValue: Repository.sharedIsMissing)))
struct APIAnswerTests {
  private let folder: TemporaryFolder
  private var store: String { folder.path("billing.db") }
  private var site: String { folder.path("site") }

  init() throws { folder = try TemporaryFolder() }

  private func importAnswers(_ names: String..., options: [String] = []) throws -> ProgramRun {
    try folio(
      ["import", "--store", store, "--customer", "cus_enterprise_customer"] + options + names.map(answer))
  }

  @Test func `the feeds hold every field of the answers that were imported`() throws {
    let imported = try importAnswers("billing", "usage", "invoices")
    #expect(imported.status == 0, "\(imported.words)")
    let built = try folio("build", "--store", store, "--out", site, "--as-of", "2024-02-16T12:00:00Z")
    #expect(built.status == 0, "\(built.words)")
    let portal = site + "/cus_enterprise_customer/feeds/"
    for (name, feed) in [
      ("billing", "billing.json"), ("usage", "usage/2024-01.json"), ("invoices", "invoices.json"),
    ] {
      #expect(missing(try json(answer(name)), in: try json(portal + feed)).isEmpty)
    }
  }

  @Test func `the answers may come in any order, twice`() throws {
    _ = try importAnswers("billing", "usage", "invoices")
    _ = try folio("build", "--store", store, "--out", site, "--as-of", "2024-02-16T12:00:00Z")
    let first = try siteFiles(site)
    let other = folder.path("other.db")
    for name in ["invoices", "usage", "billing", "usage", "billing", "invoices"] {
      let run = try folio("import", "--store", other, "--customer", "cus_enterprise_customer", answer(name))
      #expect(run.status == 0, "\(run.words)")
    }
    _ = try folio("build", "--store", other, "--out", folder.path("other"), "--as-of", "2024-02-16T12:00:00Z")
    #expect(differences(first, try siteFiles(folder.path("other"))).isEmpty)
  }

  @Test func `the current usage of scenario S1 holds every field of the answer`() throws {
    let events = try folder.write(scenarioEvents, to: "events.ndjson")
    let usage = try folder.write(scenarioUsage, to: "usage.csv")
    let imported = try folio("import", "--store", store, events, usage)
    #expect(imported.status == 0, "\(imported.words)")
    let built = try folio("build", "--store", store, "--out", site, "--as-of", "2024-01-16T12:00:00Z")
    #expect(built.status == 0, "\(built.words)")
    let feed = try json(site + "/cus_s1/feeds/usage/current.json")
    #expect(missing(try json(answer("usage-current")), in: feed).isEmpty)
  }

  @Test func `derived figures are compared with the rules and change nothing`() throws {
    _ = try importAnswers("billing", "usage", "invoices")
    let run = try importAnswers(
      "usage-current", "allocation", "analytics-partners", "optimization", "tax-summary",
      options: ["--as-of", "2024-02-16T12:00:00Z", "--json"])
    #expect(run.status == 0, "\(run.words)")
    try expectGolden(run.output.replacing(Repository.shared.path, with: "shared"), "answer-differences.json")
    let doctor = try folio("doctor", "--store", store)
    #expect(doctor.output.contains("7 applied"))
  }

  @Test func `the documented events import`() throws {
    _ = try importAnswers("billing", "invoices")
    let run = try importAnswers(
      "event-budget-alert", "event-payment-failed", "event-payment-succeeded", "event-usage-threshold-reached"
    )
    #expect(run.status == 0, "\(run.words)")
    #expect(run.words.contains("waiting for invoice in_123"))
  }
}

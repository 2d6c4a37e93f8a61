import FolioTestSupport
import Foundation
import JSON
import Testing

/// The answers of the documentation that a scenario determines, made from raw facts and matched field by field.
@Suite(.enabled(if: Repository.hasShared, Comment(rawValue: Repository.sharedIsMissing)))
struct ScenarioAnswerTests {
  private let folder: TemporaryFolder
  private var store: String { folder.path("billing.db") }

  init() throws { folder = try TemporaryFolder() }

  private func answer(_ name: String) throws -> JSONValue {
    try json(Repository.shared.appendingPathComponent("spec/responses/\(name).json").path)
  }

  /// Imports events and usage rows of `cus_s`, builds as of an instant, and reads a feed.
  private func feed(
    _ name: String, events: [String], rows: [String], asOf: String
  ) throws -> JSONValue {
    let header = "customer_id,partner_id,timestamp,direction,messages,failed,bytes"
    let eventFile = try folder.write(events.joined(separator: "\n") + "\n", to: "events.ndjson")
    let usage = try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "usage.csv")
    let imported = try folio("import", "--store", store, eventFile, usage)
    #expect(imported.status == 0, "\(imported.words)")
    let built = try folio("build", "--store", store, "--out", folder.path("site"), "--as-of", asOf)
    #expect(built.status == 0, "\(built.words)")
    return try json(folder.path("site/cus_s/feeds/\(name)"))
  }

  private func customer(_ start: String) -> String {
    #"{"id":"c","type":"billing.customer.updated","timestamp":"\#(start)","customer_id":"cus_s","data":{"name":"S","currency":"usd"}}"#
  }

  private func plan(_ start: String, _ terms: String) -> String {
    #"{"id":"p","type":"billing.plan.defined","timestamp":"\#(start)","data":{"plan_id":"plan_s","name":"Plan","currency":"usd",\#(terms)}}"#
  }

  private func subscription(_ start: String) -> String {
    #"{"id":"s","type":"billing.subscription.created","timestamp":"\#(start)","customer_id":"cus_s","data":{"subscription_id":"sub_s","plan_id":"plan_s","started_at":"\#(start)"}}"#
  }

  private func partner(_ id: String, _ start: String, name: String, department: String? = nil) -> String {
    let tag = department.map { #","department":"\#($0)","department_from":"\#(start.prefix(10))""# } ?? ""
    return
      #"{"id":"e_\#(id)","type":"billing.partner.updated","timestamp":"\#(start)","customer_id":"cus_s","data":{"partner_id":"\#(id)","name":"\#(name)"\#(tag)}}"#
  }

  private func watermark(_ instant: String) -> String {
    #"{"id":"w","type":"billing.usage.watermark","timestamp":"\#(instant)","customer_id":"cus_s","data":{"complete_through":"\#(instant)"}}"#
  }

  @Test func `S2: departments by partner tag give 425.00 and 346.00`() throws {
    let start = "2024-01-01T00:00:00Z"
    let tags = [
      ("prt_customer_001", "Sales"), ("prt_customer_002", "Sales"), ("prt_supplier_001", "Procurement"),
      ("prt_supplier_002", "Procurement"),
    ]
    let events =
      [customer(start), plan(start, #""model":"base_plus_usage","base_fee":299.00,"message_rate":0.05"#)]
      + [subscription(start), watermark("2024-02-01T00:00:00Z")]
      + tags.map { partner($0.0, start, name: $0.0, department: $0.1) }
    let rows = [
      "cus_s,prt_supplier_001,2024-01-03T09:00:00Z,inbound,5000,0,1",
      "cus_s,prt_supplier_002,2024-01-04T09:00:00Z,inbound,3500,0,1",
      "cus_s,prt_customer_001,2024-01-05T09:00:00Z,outbound,6000,0,1",
      "cus_s,prt_customer_002,2024-01-31T23:00:00Z,outbound,920,0,1",
    ]
    let feed = try feed("allocation.json", events: events, rows: rows, asOf: "2024-02-01T12:00:00Z")
    #expect(missing(try answer("allocation"), in: feed) == [])
    let site = folder.path("site/cus_s/departments/2024-01.html")
    let page = try String(contentsOfFile: site, encoding: .utf8)
    for figure in ["$425.00", "$346.00", "$771.00", "Unallocated", "partner tagging"] {
      #expect(page.contains(figure), "\(figure)")
    }
  }

  @Test
  func `S4 and S5: the 90 days of a hybrid plan come to 3,372.00, a partner's 25,000 messages to 1,250.00`()
    throws
  {
    let start = "2023-01-01T00:00:00Z"
    let terms = #""model":"hybrid","base_fee":299.00,"message_rate":0.05,"partner_fee":50.00"#
    let quiet = (1...8).map { partner("prt_quiet_\($0)", start, name: "Quiet \($0)") }
    let events =
      [customer(start), plan(start, terms), subscription(start), watermark("2023-04-01T00:00:00Z")]
      + [partner("prt_high_volume", start, name: "High Volume Partner")] + quiet
      + ["a", "b", "c"].map { partner("prt_\($0)", start, name: $0) }
    // 25,000 messages of 145,000 bytes each, 12 failed; 55,440 of all partners, so that 1,875.00 is left of 2,772.00.
    let high = [("2023-01-10", 8_000, 5), ("2023-02-10", 8_000, 3), ("2023-03-20", 9_000, 4)].map {
      "cus_s,prt_high_volume,\($0.0)T10:00:00Z,outbound,\($0.1),\($0.2),\($0.1 * 145_000)"
    }
    let others = ["2023-01-11", "2023-02-11", "2023-03-11"].flatMap { day in
      zip(["a", "b", "c"], [4_000, 4_000, 2_146]).map {
        "cus_s,prt_\($0),\(day)T11:00:00Z,inbound,\($1),0,1000"
      }
    }
    let rest = ["cus_s,prt_a,2023-03-12T11:00:00Z,inbound,2,0,10"]
    let feed = try feed(
      "analytics/partners.json", events: events, rows: high + others + rest, asOf: "2023-04-01T00:00:00Z")
    #expect(missing(try answer("analytics-partners"), in: feed) == [])
  }

  @Test func `S6: a month of readings holds every field of the answer`() throws {
    let start = "2024-01-01T00:00:00Z"
    let silent = [partner("prt_silent", start, name: "Silent")]
    let events =
      [customer(start), watermark("2024-02-01T00:00:00Z")] + silent
      + [partner("prt_enterprise_001", start, name: "Enterprise Partner Corp")]
    // 15,420 messages of 11 partners: 7,210 inbound, 8,210 outbound, 2 GiB; 512 of 64 MiB on the first day.
    let first = "cus_s,prt_enterprise_001,2024-01-01T09:00:00Z,outbound,512,0,67108864"
    let large =
      "cus_s,prt_enterprise_001,2024-01-02T09:00:00Z,outbound,7688,8,\(1_073_741_824 - 67_108_864 - 300)"
    let inbound = "cus_s,prt_enterprise_001,2024-01-02T10:00:00Z,inbound,300,0,300"
    let small = (1...10).map { index in
      let (direction, messages) = index == 1 ? ("outbound", 10) : ("inbound", index == 2 ? 766 : 768)
      let bytes = index == 1 ? 1_073_741_824 - 9 * 1_000 : 1_000
      return "cus_s,prt_x\(index),2024-01-03T09:00:00Z,\(direction),\(messages),0,\(bytes)"
    }
    let feed = try feed(
      "usage/2024-01.json", events: events, rows: [first, large, inbound] + small,
      asOf: "2024-02-01T12:00:00Z")
    #expect(missing(try answer("usage"), in: feed) == [])
  }

  /// Finalises a month at the first instant of the next, with a seller.
  private func finalize(_ period: String, at instant: String) throws {
    let config = try folder.write(
      #"{"seller": {"name": "AS2aaS", "tax_ids": [{"type": "eu_vat", "value": "DE1"}]}, "site_key_file": null}"#,
      to: "portal.json")
    let run = try folio(
      "invoice", "finalize", "--store", store, "--period", period, "--issued-at", instant, "--config", config)
    #expect(run.status == 0, "\(run.words)")
  }

  private func importFacts(_ events: [String], _ rows: [String]) throws {
    let header = "customer_id,partner_id,timestamp,direction,messages,failed,bytes"
    let eventFile = try folder.write(events.joined(separator: "\n") + "\n", to: "events.ndjson")
    let usage = try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "usage.csv")
    let imported = try folio("import", "--store", store, eventFile, usage)
    #expect(imported.status == 0, "\(imported.words)")
  }

  private func build(asOf: String) throws {
    let built = try folio("build", "--store", store, "--out", folder.path("site"), "--as-of", asOf)
    #expect(built.status == 0, "\(built.words)")
  }

  @Test
  func `S8: the invoice that finalisation makes and a recorded payment settles holds every field but the id`()
    throws
  {
    let start = "2024-01-01T00:00:00Z"
    try importFacts(
      [
        customer(start), plan(start, #""model":"base_plus_usage","base_fee":299.00,"message_rate":0.05"#),
        subscription(start), watermark("2024-02-01T00:00:00Z"),
      ], ["cus_s,prt_1,2024-01-02T09:00:00Z,inbound,8420,0,1"])
    try finalize("2024-01", at: "2024-02-01T00:00:00Z")
    let id = try #require(try InvoicingShop.invoices(in: store).first?.id)
    let paid = try folio(
      "payment", "record", "--store", store, "--invoice", id, "--amount", "421.00", "--paid-at",
      "2024-02-01T08:30:00Z")
    #expect(paid.status == 0, "\(paid.words)")
    try build(asOf: "2024-02-16T12:00:00Z")
    let text = try String(
      contentsOfFile: Repository.shared.appendingPathComponent("spec/responses/invoices.json").path,
      encoding: .utf8)
    let expected = try JSONParser.parse(Array(text.replacing("in_invoice_123", with: id).utf8))
    #expect(missing(expected, in: try json(folder.path("site/cus_s/feeds/invoices.json"))) == [])
  }

  @Test func `S3: twelve invoices of 842.00 with 8 % tax hold every field of the tax summary`() throws {
    let start = "2023-12-01T00:00:00Z"
    let taxed = customer(start).replacing(
      #""currency":"usd""#, with: #""currency":"usd","tax":{"category":"standard","rate":0.08}"#)
    let months = ["2023-12"] + (1...11).map { String(format: "2024-%02d", $0) }
    let issued = (1...12).map { String(format: "2024-%02d-01T00:00:00Z", $0) }
    try importFacts(
      [
        taxed, plan(start, #""model":"base_plus_usage","base_fee":299.00,"message_rate":0.05"#),
        subscription(start), watermark("2024-12-01T00:00:00Z"),
      ], months.map { "cus_s,prt_1,\($0)-02T09:00:00Z,inbound,16840,0,1" })
    for (month, instant) in zip(months, issued) { try finalize(month, at: instant) }
    try build(asOf: "2025-01-15T00:00:00Z")
    let feed = try json(folder.path("site/cus_s/feeds/tax-summary/2024.json"))
    #expect(missing(try answer("tax-summary"), in: feed) == [])
  }
}

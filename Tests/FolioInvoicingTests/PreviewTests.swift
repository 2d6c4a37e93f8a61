import FolioBilling
import FolioInvoicing
import FolioStore
import FolioTestSupport
import Testing

@Suite struct PreviewTests {
  private func february(_ messages: Int, through: String = "2024-03-01T00:00:00Z", more: String = "") throws
    -> Shop
  {
    let shop = try Shop([EventLines.plan()] + EventLines.january("cus_a", messages: 10_000, more: more))
    try shop.apply([
      EventLines.usage(of: "cus_a", messages, in: "2024-02-15T11:00:00Z"),
      EventLines.watermark(of: "cus_a", through: through),
    ])
    return shop
  }

  private func row(_ shop: Shop) throws -> PreviewRow {
    try #require(try shop.preview("2024-02", at: "2024-03-01T00:10:00Z").first)
  }

  @Test func `a draft stands beside the month before, and nothing is written`() throws {
    let shop = try february(11_000, more: #","tax":{"category":"standard","rate":0.1}"#)
    let events = try shop.eventCount()
    let row = try row(shop)
    #expect(row.before?.decimalText == "500.00" && row.amount?.decimalText == "550.00")
    #expect(row.tax?.decimalText == "55.00" && row.total?.decimalText == "605.00")
    #expect(row.changePercent?.text == "10.0" && row.remarks.isEmpty)
    #expect(row.name == "Name of cus_a")
    #expect(try shop.eventCount() == events)
  }

  @Test(arguments: [
    (13_000, "30.0", false), (13_001, "30.0", true), (7_000, "-30.0", false), (6_999, "-30.0", true),
  ])
  func `a change of more than thirty per cent stands out`(
    _ messages: Int, _ per: String, _ isChanged: Bool
  ) throws {
    let row = try row(february(messages))
    #expect(row.changePercent?.text == per)
    #expect(row.remarks.map(\.code) == (isChanged ? ["change"] : []))
  }

  @Test func `what was invoiced for the month before is what counts`() throws {
    let shop = try february(10_000)
    try shop.finalize("2024-01")
    try shop.apply([
      EventLines.usage(of: "cus_a", 12_000, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-10T00:00:00Z")
    ])
    let row = try row(shop)
    #expect(row.before?.decimalText == "500.00" && row.amount?.decimalText == "600.00")
    #expect(row.corrections?.decimalText == "100.00")
  }

  @Test func `every doubt has its flag`() throws {
    let incomplete = try february(10_000, through: "2024-02-20T00:00:00Z")
    #expect(try row(incomplete).remarks.map(\.code) == ["incomplete"])
    let untaxed = try february(10_000, more: #","tax":{"category":"reverse_charge","rate":0}"#)
    #expect(try row(untaxed).remarks.map(\.code) == ["no_buyer_tax_id"])
    let taxed = try february(10_000, more: #","tax":{"category":"standard","rate":0.1}"#)
    let rows = try taxed.preview(
      "2024-02", at: "2024-03-01T00:10:00Z", settings: InvoicingSettings(seller: nil))
    #expect(rows.flatMap(\.remarks).map(\.code) == ["no_seller_tax_id"])
    let free = try Shop([EventLines.plan(base: "0")] + EventLines.january("cus_a", messages: 0))
    #expect(try free.preview().flatMap(\.remarks).map(\.code) == ["zero"])
    let unknown = try Shop(
      [EventLines.plan(), EventLines.plan("plan_eur", currency: "eur"), EventLines.customer("cus_a")]
        + [EventLines.subscription(of: "cus_a", plan: "plan_eur")])
    #expect(try unknown.preview().flatMap(\.remarks).map(\.code) == ["failed"])
  }

  @Test func `what is invoiced shows what was invoiced, and what is void its draft`() throws {
    let shop = try february(10_000)
    try shop.finalize("2024-02", at: "2024-03-01T00:10:00Z")
    #expect(try row(shop).remarks.map(\.code) == ["already_invoiced"])
    #expect(try row(shop).amount?.decimalText == "500.00")
    let id = try #require(try shop.invoices("cus_a").last?.id)
    _ = try shop.corrections().void(id, at: instant("2024-03-01T00:20:00Z"), reason: nil)
    #expect(try row(shop).remarks.map(\.code) == ["voided"])
    #expect(try row(shop).amount?.decimalText == "500.00")
  }

  @Test func `a customer without a plan in the month has no row`() throws {
    let shop = try Shop([EventLines.plan()] + EventLines.january("cus_a"))
    #expect(try shop.preview("2023-12", at: "2024-01-01T00:10:00Z").isEmpty)
  }

  /// A customer with a reading in every hour of February but these, and only in hours that `pattern` keeps.
  private func hourly(
    without lost: Set<Int>, messages: Int64 = 10, keeping pattern: (Int) -> Bool = { _ in true }
  ) throws -> Shop {
    let shop = try Shop([
      EventLines.plan(), EventLines.customer("cus_a"), EventLines.subscription(of: "cus_a"),
    ])
    let start = try instant("2024-02-01T00:00:00Z")
    let readings = (0..<29 * 24).filter { !lost.contains($0) && pattern($0) }.map { hour in
      UsageReading(
        partnerID: prt, direction: .inbound, hour: start.adding(seconds: Int64(hour) * 3_600).hour,
        counts: UsageCounts(messages: messages))
    }
    let event = ReceivedEvent(
      usage: readings, of: try CustomerID("cus_a"), id: try EventID("hours"), time: nil, source: "test")
    _ = try shop.store.write(receivedAt: start, origin: "") { try $0.apply(event) }
    try shop.apply([EventLines.watermark(of: "cus_a", through: "2024-03-01T00:00:00Z")])
    return shop
  }

  private var prt: PartnerID {
    do { return try PartnerID("prt_a") } catch { preconditionFailure("an identifier") }
  }

  private func missingHours(_ shop: Shop) throws -> Int {
    for case .hoursMissing(let count) in try row(shop).remarks { return count }
    return 0
  }

  @Test func `hours that lack a reading stand out where the customer has one every other week`() throws {
    #expect(try missingHours(hourly(without: [])) == 0)
    #expect(try missingHours(hourly(without: Set(100..<105))) == 5)
    #expect(try missingHours(hourly(without: Set(0..<96))) == 96, "a loss of four days")
    let office = { (hour: Int) in (8..<18).contains(hour % 24) && hour / 24 % 7 < 5 }
    #expect(try missingHours(hourly(without: [], keeping: office)) == 0, "nights are no loss")
    #expect(try missingHours(hourly(without: [34], keeping: office)) == 1)
    #expect(try missingHours(hourly(without: [34], messages: 4)) == 0, "few messages may well be none")
    let rare = { (hour: Int) in hour * 7_919 % 10 < 3 }
    #expect(try missingHours(hourly(without: [], keeping: rare)) == 0, "no habit, no gap")
  }
}

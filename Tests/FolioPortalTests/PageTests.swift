import FolioBilling
import FolioPortal
import Foundation
import Testing

@Suite struct PageTests {
  private func moved(_ sample: Statement, to asOf: String, through: String? = nil) throws -> Statement {
    Statement(
      customer: sample.customer, asOf: try at(asOf),
      usageCompleteThrough: try through.map(at) ?? sample.usageCompleteThrough,
      subscriptions: sample.subscriptions,
      plans: sample.plans, partners: sample.partners, usage: sample.usage, invoices: sample.invoices)
  }

  @Test func `the overview answers first and shows its arithmetic`() throws {
    let page = try PortalFixture(Samples.monthToDate()).text("index.html")
    #expect(
      page.contains(
        "You have spent <strong>$421.00</strong> in January 2024 so far. At this pace the month ends at <strong>$842.00</strong>."
      ))
    #expect(page.contains("8,420 × $0.05 = $421.00"))
    #expect(page.contains("$299.00 of it is covered by the base fee"))
    #expect(page.contains("Usage is complete through 16 Jan 2024 12:00\u{A0}UTC."))
  }

  @Test func `every page says as of when it is`() throws {
    let fixture = try PortalFixture(Samples.busy())
    for path in fixture.pages { #expect(fixture.text(path).contains("Data as of "), "\(path)") }
  }

  @Test func `a closed page keeps its bytes when only the as-of time moves on`() throws {
    let sample = try Samples.busy()
    let first = try PortalFixture(moved(sample, to: "2024-02-01T10:00:00Z", through: "2024-02-01T10:00:00Z"))
    let second = try PortalFixture(moved(sample, to: "2024-04-07T00:00:00Z", through: "2024-04-07T00:00:00Z"))
    for month in ["2022-12", "2023-12", "2024-01"] {
      #expect(first.files["usage/\(month).html"] == second.files["usage/\(month).html"])
      #expect(first.files["feeds/usage/\(month).json"] == second.files["feeds/usage/\(month).json"])
    }
    #expect(first.files["invoices/in_11.html"] == second.files["invoices/in_11.html"])
    #expect(first.files["index.html"] != second.files["index.html"])
  }

  @Test(arguments: [("2024-01-16T15:00:00Z", false), ("2024-01-16T15:00:01Z", true)])
  func `usage that is more than three hours old is no verdict`(asOf: String, isBehind: Bool) throws {
    let fixture = try PortalFixture(moved(Samples.monthToDate(), to: asOf))
    #expect(fixture.text("index.html").contains("Usage has been received through") == isBehind)
    #expect(fixture.text("index.html").contains("At this pace") == !isBehind)
    #expect(fixture.text("feeds/usage/current.json").contains("\"usage_is_behind\": \(isBehind)"))
  }

  @Test func `a closed month that was not received to its end says so`() throws {
    let statement = try moved(Samples.monthToDate(), to: "2024-02-02T00:00:00Z")
    #expect(
      try PortalFixture(statement).text("usage/2024-01.html").contains("has not been received to its end"))
  }

  @Test func `an invoice tells its story`() throws {
    let page = try PortalFixture(Samples.busy()).text("invoices/in_11.html")
    for part in [
      "! Overdue", "<strong>$920.14</strong> has been due since 15 Dec 2023.", "17,410 × $0.05 = $870.50",
      "Tax 8\u{A0}% on $870.50, standard rate", "Payment failed: insufficient funds",
      "The next attempt is on 5 Dec 2023.", "Credit note <bdi>AS2-CN-2023-001</bdi>", "\u{2212}$20.00",
    ] { #expect(page.contains(part), "\(part)") }
  }

  @Test func `hostile names are inert on every page`() throws {
    let fixture = try PortalFixture(Samples.hostile())
    for path in fixture.pages {
      let page = fixture.text(path)
      #expect(page.utf8.contains("<script".utf8) == false, "\(path)")
      #expect(!page.utf8.contains("<img".utf8) && !page.utf8.contains("javascript:".utf8), "\(path)")
      let scalars = page.unicodeScalars
      #expect(
        !scalars.contains { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) })
      #expect(!scalars.contains("\0"))
    }
  }

  @Test func `of marks that stack up six stay`() throws {
    let page = try PortalFixture(Samples.hostile()).text("usage/2024-01.html")
    let marks = page.unicodeScalars.split { $0.value != 0x301 }.map(\.count)
    #expect(marks.max() == 6)
  }

  @Test func `an invoice called index does not replace the list`() throws {
    let fixture = try PortalFixture(Samples.hostile())
    #expect(fixture.order.filter { $0 == "invoices/index.html" }.count == 1)
    #expect(fixture.files["invoices/-index.html"] != nil)
  }

  @Test func `a page names a hundred partners, and a further page the rest`() throws {
    let rows = try (0..<130).map { index in
      PartnerUsage(
        partnerID: try PartnerID("prt_\(1_000 + index)"),
        inbound: UsageCounts(messages: Int64(1_000 - index)),
        outbound: UsageCounts())
    }
    let statement = Statement(
      customer: try Samples.customer(), asOf: try at("2024-01-31T00:00:00Z"),
      subscriptions: [try Samples.subscription()], plans: [try Samples.plan()],
      usage: [MonthUsage(month: try month("2024-01"), partners: rows)])
    let fixture = try PortalFixture(statement)
    let page = fixture.text("usage/2024-01.html")
    #expect(page.split(separator: "<bdi>prt_1").count == 101)
    #expect(page.contains("<bdi>prt_1099</bdi>") && !page.contains("<bdi>prt_1100</bdi>"))
    let bars = page.components(separatedBy: "<svg class=\"bar\"").count - 1
    #expect(bars == 20, "the first twenty have bars")
    #expect(page.contains("href=\"../usage/2024-01/partners-2.html\">101–130</a>"))
    #expect(
      !page.contains("$5,000") && !page.contains("100.00\u{A0}%</span>"), "the total is under the last row")
    let further = fixture.text("usage/2024-01/partners-2.html")
    #expect(further.split(separator: "<bdi>prt_1").count == 31)
    #expect(further.contains("Rows 101 to 130 of 130: <bdi>Cost by partner</bdi>."))
    #expect(further.contains("href=\"../../partners/index.html\""))
    let csv = fixture.text("exports/figures/usage/2024-01-partners.csv")
    #expect(csv.split(separator: "\r\n").count == 131)
    #expect(
      csv.hasPrefix(
        "partner,messages,success_rate_percent,payload_bytes,cost_share_percent,cost,partner_id\r\n"))
  }

  @Test(arguments: ["busy", "imported", "hostile", "empty"])
  func `every link leads to a file of the portal and nothing is inline`(name: String) throws {
    let fixture = try PortalFixture(statement(name))
    for path in fixture.pages {
      let page = fixture.text(path)
      #expect(!page.contains(" style=") && !page.contains("<style") && !page.contains("\n\n\n"), "\(path)")
      for address in addresses(in: page) { check(address, on: path, fixture) }
    }
  }

  private func statement(_ name: String) throws -> Statement {
    switch name {
    case "busy": try Samples.busy()
    case "imported": try Samples.imported()
    case "hostile": try Samples.hostile()
    default: Statement(customer: try Samples.customer(), asOf: try at("2024-01-16T00:00:00Z"))
    }
  }

  private func addresses(in page: String) -> [String] {
    page.split(separator: "href=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  private func check(_ address: String, on path: String, _ fixture: PortalFixture) {
    if address.isEmpty || address.hasPrefix("#") || address.hasPrefix("https://") { return }
    #expect(!address.hasPrefix("/") && !address.hasSuffix("/"), "\(path): \(address)")
    let target = URL(filePath: "/site/portal/\(path)").deletingLastPathComponent().appending(path: address)
      .standardizedFileURL.path(percentEncoded: false)
    if target.hasPrefix("/site/assets/") { return }
    let file = target.split(separator: "#", maxSplits: 1)
    #expect(fixture.files[String(file[0].dropFirst("/site/portal/".count))] != nil, "\(path): \(address)")
    guard file.count == 2 else { return }
    let page = fixture.text(String(file[0].dropFirst("/site/portal/".count)))
    #expect(page.contains("id=\"\(file[1])\""), "\(path): \(address)")
  }
}

extension String.UTF8View {
  fileprivate func contains(_ part: String.UTF8View) -> Bool {
    Data(self).range(of: Data(part)) != nil
  }
}

import FolioBilling
import FolioPortal
import Foundation
import JSON
import Testing

@Suite struct AuditPageTests {
  /// A trail over two months: a partner, a payment, two days of usage and a correction.
  private func entries(named name: String = "One") throws -> [AuditEntry] {
    try [
      AuditEntry(
        anchor: "a-0000000000000001", eventID: EventID("evt_1"), type: .partnerUpdated,
        time: at("2024-01-02T10:00:00Z"), subject: .partner(PartnerID("prt_1")), subjectName: name,
        isFirst: true, changes: [AuditChange(.name, before: nil, after: .text(name))]),
      AuditEntry(
        anchor: "usage-2024-01-03", eventID: nil, type: .usageRecorded, time: at("2024-01-03T12:00:00Z"),
        subject: .usage,
        details: [
          AuditDetail(.reports, .count(2)), AuditDetail(.readings, .count(40)),
          AuditDetail(.messages, .count(8_420)), AuditDetail(.failedMessages, .count(3)),
        ],
        changes: [AuditChange(.completeThrough, before: nil, after: .instant(at("2024-01-03T12:00:00Z")))]),
      AuditEntry(
        anchor: "a-0000000000000002", eventID: EventID("evt_2"), type: .paymentSucceeded,
        time: at("2024-02-01T08:30:00Z"), subject: .invoice(InvoiceID("in_invoice_123")),
        subjectName: "AS2-2024-001",
        details: [
          AuditDetail(.amount, .money(usd("421.00"))), AuditDetail(.paymentMethod, .text("card_ending_4242")),
        ],
        changes: [
          AuditChange(.status, before: .code("open"), after: .code("paid")),
          AuditChange(.amountRemaining, before: .money(usd("421.00")), after: .money(usd("0.00"))),
        ]),
    ]
  }

  private func statement(_ entries: [AuditEntry], asOf: String = "2024-03-10T00:00:00Z") throws -> Statement {
    let sample = try Samples.imported()
    return Statement(
      customer: sample.customer, asOf: try at(asOf), subscriptions: sample.subscriptions,
      plans: sample.plans, usage: sample.usage, invoices: sample.invoices, audit: entries)
  }

  @Test func `the page of a month shows changes and days of usage`() throws {
    let fixture = try PortalFixture(statement(entries()))
    let january = fixture.text("audit/2024-01.html")
    #expect(january.contains("One change other than daily usage in January 2024, on 2 Jan 2024 10:00"))
    #expect(
      january.contains("<tr id=\"a-0000000000000001\"><td class=\"when\">2 Jan 2024 10:00\u{A0}UTC</td>"))
    #expect(january.contains("<a class=\"anchor\" href=\"#usage-2024-01-03\""))
    #expect(january.contains("<td class=\"n\">8,420</td><td class=\"n\">3</td>"))
    #expect(january.contains("Data as of 3 Jan 2024 12:00\u{A0}UTC."))
    let february = fixture.text("audit/2024-02.html")
    #expect(february.contains("<a href=\"../invoices/in_invoice_123.html\"><bdi>AS2-2024-001</bdi></a>"))
    #expect(february.contains("Status</span> <bdi>open</bdi> → <bdi>paid</bdi>"))
    #expect(february.contains("Still due</span> <bdi>$421.00</bdi> → <bdi>$0.00</bdi>"))
    #expect(february.contains("card ending <bdi>4242</bdi>"))
    #expect(fixture.text("audit/index.html").contains("was on <strong>1 Feb 2024 08:30"))
  }

  @Test func `the feed has every entry with values for machines`() throws {
    let feed = try PortalFixture(statement(entries())).text("feeds/audit.json")
    #expect(
      feed.contains(
        """
                  "field": "amount_remaining",
                  "before": 421.00,
                  "after": 0.00,
                  "before_minor": 42100,
                  "after_minor": 0,
                  "before_currency": "usd",
                  "after_currency": "usd"
        """))
    #expect(feed.contains("\"page\": \"audit/2024-01.html\""))
    #expect(
      feed.range(of: "evt_2")?.lowerBound ?? feed.endIndex < feed.range(of: "evt_1")?.lowerBound
        ?? feed.startIndex)
  }

  @Test func `a month that is over keeps its bytes and anchors when later ones get events`() throws {
    let first = try PortalFixture(statement(entries(), asOf: "2024-02-02T00:00:00Z"))
    let later = try AuditEntry(
      anchor: "a-0000000000000003", eventID: EventID("evt_3"), type: .noticePosted,
      time: at("2024-04-05T00:00:00Z"), subject: .notice(NoticeID("n")))
    let second = try PortalFixture(statement(entries() + [later], asOf: "2024-04-06T00:00:00Z"))
    #expect(first.files["audit/2024-01.html"] != nil)
    #expect(first.files["audit/2024-01.html"] == second.files["audit/2024-01.html"])
    #expect(second.text("audit/2024-03.html").contains("Nothing changed in March 2024."))
    for page in ["audit/2024-01.html", "audit/2024-02.html"] {
      #expect(anchors(first.text(page)) == anchors(second.text(page)))
    }
    let all = second.pages.flatMap { $0.hasPrefix("audit/") ? anchors(second.text($0)) : [] }
    #expect(all.count == 4 && Set(all).count == 4)
  }

  private func anchors(_ page: String) -> [String] {
    page.components(separatedBy: "<tr id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `changes without a date have a page where there are any`() throws {
    let undated = try AuditEntry(
      anchor: "a-0000000000000009", eventID: EventID("evt_9"), type: .alertSet, time: nil,
      subject: .alert(AlertID("l")), isFirst: true,
      changes: [
        AuditChange(.webhookURL, before: nil, after: .address("https://u:p@hooks.example/s/T0K3N?k=1"))
      ])
    let fixture = try PortalFixture(statement([undated] + entries()))
    #expect(fixture.text("audit/undated.html").contains("https://hooks.example/…"))
    #expect(fixture.text("audit/index.html").contains("href=\"../audit/undated.html\""))
    for bytes in fixture.files.values { #expect(!String(decoding: bytes, as: UTF8.self).contains("T0K3N")) }
    #expect(try PortalFixture(statement(entries())).files["audit/undated.html"] == nil)
  }

  @Test func `an empty trail says why and what comes next`() throws {
    let fixture = try PortalFixture(statement([]))
    #expect(fixture.pages.filter { $0.hasPrefix("audit/") } == ["audit/index.html"])
    #expect(fixture.text("audit/index.html").contains("No month has a change yet."))
  }

  @Test func `hostile names are inert in the trail`() throws {
    for name in Samples.hostileNames {
      let fixture = try PortalFixture(statement(entries(named: name)))
      let page = fixture.text("audit/2024-01.html")
      #expect(!page.contains("<script") && !page.contains("<img"), "\(name.prefix(20))")
      #expect(!page.unicodeScalars.contains { $0.value == 0 || (0x202A...0x202E).contains($0.value) })
      let tags = page.components(separatedBy: "<").count
      #expect(
        tags
          == (try PortalFixture(statement(entries())).text("audit/2024-01.html")).components(separatedBy: "<")
          .count)
      _ = try fixture.json("feeds/audit.json")
    }
  }

  /// A value of each kind.
  private func values() throws -> [AuditValue] {
    let price = UnitPrice(try ExactDecimal("0.0045"), currency: try currency("USD"))
    let tiers = [
      PriceTier(upTo: 10, unitPrice: price, flatFee: try usd("5.00")), PriceTier(upTo: nil, unitPrice: price),
    ]
    return [
      .text("t"), .texts(["t", "u"]), .code("hybrid"), .code("else"), .reference(id: "i", name: nil),
      .address("x"), .money(try usd("1.00")), .unitPrice(price),
      .tiers(TieredPrice(mode: .graduated, tiers: tiers)), .tiers(TieredPrice(mode: .volume, tiers: tiers)),
      .tiers(TieredPrice(mode: .package, tiers: [tiers[1]], packageSize: 100)),
      .discounts([Discount(rate: try ExactDecimal("0.1"), name: "d")]), .decimal(try ExactDecimal("0.125")),
      .rate(try ExactDecimal("0.08")), .count(1), .bytes(1), .percent(75), .percents([50, 75]),
      .date(try day("2024-01-01")), .month(try month("2024-01")), .instant(try at("2024-01-01T00:00:00Z")),
      .flag(true), .flag(false),
    ]
  }

  @Test func `every type of event, every field and every kind of value has words`() throws {
    let changes =
      AuditField.allCases.map { AuditChange($0, before: nil, after: .text("x")) }
      + (try values()).map { AuditChange(.reason, before: $0, after: $0) }
    var trail: [AuditEntry] = []
    for (index, type) in EventType.allCases.enumerated() {
      for isFirst in [true, false] {
        trail.append(
          AuditEntry(
            anchor: "a-\(index)-\(isFirst)", eventID: try EventID("e\(index)"), type: type,
            time: try at("2024-01-01T00:00:00Z"), subject: .customer, isFirst: isFirst, changes: changes))
      }
    }
    let page = try PortalFixture(statement(trail)).text("audit/2024-01.html")
    #expect(anchors(page).count == 2 * EventType.allCases.count)
    #expect(page.contains("1 to 10 at $0.0045 and $5.00 once, from 11 at $0.0045"))
    #expect(page.contains("by the package: $0.0045 for each 100"))
  }
}

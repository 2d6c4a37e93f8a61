import FolioBilling
import JSON
import Testing

@Suite struct TaxPageTests {
  /// Scenario S3: twelve invoices of 842.00 with 8 % tax, dated in 2024, and what else is asked for.
  static func year(
    notes: [CreditNote] = [], void: Bool = false, voidAt: String = "2024-01-01T00:01:00Z",
    asOf: String = "2025-01-15T00:00:00Z"
  ) throws -> Statement {
    let treatment = TaxTreatment(category: .standard, rate: try ExactDecimal("0.08"))
    let invoices = try (0..<12).map { index in
      let created = CalendarMonth(ordinal: 2024 * 12 + index).period.start
      let period = CalendarMonth(ordinal: 2024 * 12 + index - 1).period
      let lines = try [(ChargeKind.baseFee, "299.00"), (.messages, "543.00")].map { kind, amount in
        ChargeLine(
          kind: kind, planName: "Enterprise Plan", servicePeriod: period, gross: try usd(amount),
          amount: try usd(amount))
      }
      let tax = TaxLine(treatment: treatment, taxable: try usd("842.00"), amount: try usd("67.36"))
      let document = InvoiceDocument(
        number: "AS2-2024-\(100 + index)", currency: try currency("USD"), amountDue: try usd("909.36"),
        period: period, created: created, dueDate: created.adding(seconds: 15 * 86_400 - 1), lines: lines,
        taxes: [tax], subtotal: try usd("842.00"))
      return Invoice(
        id: try InvoiceID("in_\(100 + index)"), document: document, finalizedAt: created,
        creditNotes: index == 11 ? notes : [],
        void: void && index == 0 ? InvoiceClosing(at: try at(voidAt)) : nil)
    }
    return Statement(
      customer: try Samples.customer("S3"), asOf: try at(asOf), subscriptions: [try Samples.subscription()],
      plans: [try Samples.plan()], invoices: invoices)
  }

  @Test func `page and feed say the year, its quarters and every document`() throws {
    let fixture = try PortalFixture(Self.year())
    let page = fixture.text("tax/2024.html")
    for figure in ["$10,104.00", "$808.32", "$3,588.00", "$6,516.00", "$2,526.00", "$202.08", "at 8"] {
      #expect(page.contains(figure), "\(figure)")
    }
    #expect(page.contains("href=\"../invoices/in_100.html\""))
    #expect(fixture.text("tax/index.html").contains("tax/2024.html"))
  }

  @Test func `S3: the feed holds every figure of the answer as it is written there`() throws {
    let feed = try PortalFixture(Self.year()).text("feeds/tax-summary/2024.json")
    for field in [
      #""tax_year": 2024"#, #""total_charges": 10104.00"#, #""base_subscription": 3588.00"#,
      #""usage_charges": 6516.00"#, #""applicable_tax": 808.32"#, #""tax_rate": 0.08"#, #""quarter": "Q1""#,
      #""charges": 2526.00"#, #""tax": 202.08"#,
    ] {
      #expect(feed.contains(field), "\(field)")
    }
  }

  @Test func `a void invoice is named and in no sum, a credit note is taken off`() throws {
    let note = CreditNote(
      id: try CreditNoteID("cn_1"), number: "CN-2024-001", amount: try usd("90.94"),
      issuedAt: try at("2024-12-20T10:00:00Z"))
    let page = try PortalFixture(Self.year(notes: [note], void: true)).text("tax/2024.html")
    #expect(page.contains("Void, and in no sum:") && page.contains("AS2-2024-100"))
    // Eleven invoices of 842.00, less 84.20 of charges and 6.74 of tax.
    #expect(page.contains("$9,177.80") && page.contains("$734.22") && page.contains("CN-2024-001"))
  }

  @Test func `an invoice of a year that is over and voided in the next changes the page and its time`() throws
  {
    let page = try PortalFixture(
      Self.year(void: true, voidAt: "2025-02-03T10:00:00Z", asOf: "2025-03-01T00:00:00Z")
    )
    .text("tax/2024.html")
    #expect(page.contains("Data as of 3 Feb 2025 10:00"))
  }

  @Test func `a void in a later year takes the credit note out of its year, names it and dates the page`()
    throws
  {
    let note = CreditNote(
      id: try CreditNoteID("cn_1"), number: "CN-2024-001", amount: try usd("8.00"),
      issuedAt: try at("2024-02-01T00:00:00Z"))
    let document = InvoiceDocument(
      number: "N-1", currency: try currency("USD"), amountDue: try usd("108.00"),
      period: try month("2023-11").period, created: try at("2023-12-05T00:00:00Z"),
      dueDate: try at("2023-12-15T23:59:59Z"))
    let void = InvoiceClosing(at: try at("2025-02-01T00:00:00Z"))
    let fixture = try PortalFixture(
      Statement(
        customer: try Samples.customer("S3"), asOf: try at("2025-02-10T12:00:00Z"),
        invoices: [
          Invoice(
            id: try InvoiceID("in_1"), document: document, finalizedAt: document.created,
            creditNotes: [note], void: void)
        ]))
    let page = fixture.text("tax/2024.html")
    #expect(page.contains("Credit notes of void invoices, and in no sum:") && page.contains("CN-2024-001"))
    #expect(page.contains("Data as of 1 Feb 2025 00:00"))
  }

  @Test func `a year of void invoices alone is told, too`() throws {
    let whole = try Self.year(void: true)
    let statement = Statement(
      customer: whole.customer, asOf: whole.asOf, subscriptions: whole.subscriptions, plans: whole.plans,
      invoices: [whole.invoices[0]])
    let page = try PortalFixture(statement).text("tax/2024.html")
    #expect(page.contains("Void, and in no sum:") && page.contains("AS2-2024-100"))
  }

  @Test func `the page of a year that is over keeps its bytes`() throws {
    let first = try PortalFixture(Self.year())
    let later = try PortalFixture(Self.year(asOf: "2025-03-09T00:00:00Z"))
    #expect(first.files["tax/2024.html"] == later.files["tax/2024.html"])
    #expect(first.files["feeds/tax-summary/2024.json"] == later.files["feeds/tax-summary/2024.json"])
  }

  @Test func `without an invoice there is no year, and the page says so`() throws {
    let fixture = try PortalFixture(Samples.monthToDate())
    #expect(fixture.text("tax/index.html").contains("A year appears here with its first invoice."))
    #expect(fixture.files.keys.filter { $0.hasPrefix("feeds/tax-summary/") }.isEmpty)
  }
}

import FolioBilling
import Testing

@Suite struct ReportPageTests {
  private func definition(
    _ id: String, by groups: [String] = ["partner", "month"], until end: String = "2023-12-31"
  ) throws -> ReportDefinition {
    ReportDefinition(
      id: try ReportID(id), reportType: "partner_utilization", start: try day("2023-10-01"),
      end: try day(end), groupBy: groups,
      includeMetrics: ["message_count", "success_rate", "cost"])
  }

  private func fixture(
    _ reports: [ReportDefinition], asOf: String? = nil, partners: [Partner]? = nil
  ) throws -> PortalFixture {
    let busy = try Samples.busy()
    return try PortalFixture(
      Statement(
        customer: busy.customer, asOf: try asOf.map(at) ?? busy.asOf,
        usageCompleteThrough: busy.usageCompleteThrough, subscriptions: busy.subscriptions,
        plans: busy.plans, partners: partners ?? busy.partners, usage: busy.usage, invoices: busy.invoices,
        reports: reports))
  }

  @Test func `the list leads to every month, every year and every definition`() throws {
    let fixture = try fixture([definition("rep_1"), definition("index")])
    let list = fixture.text("reports/index.html")
    for path in [
      "reports/monthly/2023-12.html", "reports/annual/2023.html", "reports/custom/rep_1.html",
      "reports/custom/-index.html",
    ] {
      #expect(fixture.files[path] != nil && list.contains(path), "\(path)")
    }
    #expect(list.contains("2 custom reports"))
    #expect(try self.fixture([]).text("reports/index.html").contains("No custom report is defined."))
  }

  @Test func `a month says what it was charged, what was invoiced and what was received in it`() throws {
    let fixture = try fixture([])
    let month = fixture.text("reports/monthly/2023-12.html")
    #expect(month.contains("Invoices dated in the month") && month.contains("AS2-2023-011"))
    #expect(month.contains("Credit notes issued in the month"))
    let usage = fixture.text("feeds/usage/2023-12.json")
    let report = fixture.text("feeds/reports/monthly/2023-12.json")
    let total = try #require(usage.firstMatch(of: /"total": ([0-9.]+)/)?.1)
    #expect(report.contains("\"total\": \(total)"))
  }

  @Test
  func `documents from before the subscription have their month and year, paid, refunded and void ones`()
    throws
  {
    let invoice = Invoice(
      id: try InvoiceID("in_early"),
      document: InvoiceDocument(
        number: "AS2-2023-001", currency: try currency("USD"), amountDue: try usd("119.00"),
        period: try month("2023-11").period, created: try at("2023-11-05T00:00:00Z"),
        dueDate: try at("2023-11-20T00:00:00Z")),
      finalizedAt: try at("2023-11-05T00:00:00Z"),
      payments: [
        Payment(outcome: .succeeded, amount: try usd("119.00"), at: try at("2023-12-01T08:00:00Z"))
      ],
      refunds: [
        Refund(
          id: try RefundID("re_1"), amount: try usd("100.00"), refundedAt: try at("2023-12-09T00:00:00Z"))
      ],
      void: InvoiceClosing(at: try at("2024-01-03T00:00:00Z"), reason: nil))
    let fixture = try PortalFixture(
      Statement(
        customer: Samples.customer(), asOf: at("2024-01-16T12:00:00Z"),
        subscriptions: [Samples.subscription()], plans: [Samples.plan()], invoices: [invoice]))
    #expect(fixture.files["reports/monthly/2023-11.html"] != nil)
    let december = fixture.text("feeds/reports/monthly/2023-12.json")
    #expect(december.contains("\"received\": 119.00") && december.contains("\"refunded\": 100.00"))
    let page = fixture.text("reports/monthly/2023-12.html")
    #expect(page.contains("before the $100.00 that was given back"))
    #expect(page.contains("Refunds made in the month"))
    let year = fixture.text("feeds/reports/annual/2023.json")
    #expect(year.contains("\"invoiced\": 0.00") && year.contains("\"refunded_minor\": 10000"))
    #expect(fixture.text("reports/annual/2023.html").contains("Refunded"))
  }

  @Test func `a year's sums are those of its months`() throws {
    let text = try fixture([]).text("feeds/reports/annual/2023.json")
    let charges = text.matches(of: /"charges_minor": ([0-9]+)/).compactMap { Int64($0.1) }
    #expect(charges.count == 13)
    #expect(charges.dropLast().reduce(0, +) == charges.last)
  }

  @Test func `reports of closed months and years keep their bytes`() throws {
    let (now, later) = (try fixture([]), try fixture([], asOf: "2024-01-20T10:00:00Z"))
    let closed = now.order.filter {
      $0.contains("reports/monthly/2023-") || $0.hasSuffix("reports/annual/2022.html")
    }
    #expect(closed.count == 25)
    for path in closed { #expect(now.files[path] == later.files[path], "\(path)") }
  }

  @Test func `what was dated back dates the closed pages by its event`() throws {
    let invoice = try Samples.paidInvoice()
    let told = try at("2024-03-10T00:00:00Z")
    let credit = CreditNote(
      id: try CreditNoteID("cn_1"), number: "C-1", amount: try usd("9.00"),
      issuedAt: try at("2023-12-21T00:00:00Z"), recordedAt: told)
    let payment = Payment(
      outcome: .succeeded, amount: try usd("19.00"), at: try at("2023-12-20T00:00:00Z"), recordedAt: told)
    let refund = Refund(
      id: try RefundID("re_1"), amount: try usd("1.00"), refundedAt: try at("2023-12-22T00:00:00Z"),
      recordedAt: told)
    let facts: [(Invoice, [String])] = [
      (
        Invoice(
          id: invoice.id, document: invoice.document, finalizedAt: invoice.finalizedAt, payments: [payment]),
        ["reports/monthly/2023-12.html", "reports/annual/2023.html"]
      ),
      (
        Invoice(
          id: invoice.id, document: invoice.document, finalizedAt: invoice.finalizedAt,
          creditNotes: [credit]),
        ["reports/monthly/2023-12.html", "reports/annual/2023.html", "tax/2023.html"]
      ),
      (
        Invoice(
          id: invoice.id, document: invoice.document, finalizedAt: invoice.finalizedAt, refunds: [refund]), []
      ),
      (
        Invoice(
          id: invoice.id, document: invoice.document, finalizedAt: invoice.finalizedAt,
          void: InvoiceClosing(at: invoice.finalizedAt, recordedAt: told)),
        ["reports/monthly/2024-02.html", "usage/2024-01.html"]
      ),
    ]
    for (invoice, paths) in facts {
      let fixture = try PortalFixture(
        Statement(
          customer: try Samples.customer(), asOf: try at("2024-04-01T00:00:00Z"),
          usageCompleteThrough: try at("2024-04-01T00:00:00Z"),
          subscriptions: [try Samples.subscription(from: "2023-11-01T00:00:00Z")],
          plans: [try Samples.plan()], invoices: [invoice]))
      for path in paths + ["invoices/in_invoice_123.html"] {
        #expect(fixture.text(path).contains("Data as of 10 Mar 2024 00:00"), "\(path)")
      }
    }
  }

  @Test func `two definitions that differ in letter case alone are refused`() throws {
    #expect(throws: (any Error).self) { try fixture([definition("Rep"), definition("rep")]) }
  }

  @Test func `a custom report names the months that it counts, so far where the last of them runs`() throws {
    let fixture = try fixture([
      definition("closed"), definition("running", until: "2261-12-31"),
      definition("month", until: "2023-11-15"),
    ])
    let lead = { (id: String) in
      fixture.text("reports/custom/\(id).html").firstMatch(of: #/messages in (.*?) at a cost of/#)?.1
    }
    #expect(lead("closed") == "<bdi>October 2023 – December 2023</bdi>,")
    #expect(lead("running") == "<bdi>October 2023 – January 2024</bdi> so far,")
    #expect(lead("month") == "<bdi>October 2023</bdi>,")
  }

  @Test func `a department that is called Unallocated is told from what no department has`() throws {
    let partners = try Samples.busy().partners.prefix(2).enumerated().map { index, partner in
      let tags = [DepartmentTag(from: try day("2022-01-01"), department: "Unallocated")]
      return Partner(id: partner.id, name: partner.name, departments: index == 0 ? tags : [])
    }
    let text = try fixture([definition("rep_1", by: ["department"])], partners: partners)
      .text("feeds/reports/custom/rep_1.json")
    let rows = text.matches(of: /"department": "([^"]+)",\s+"is_unallocated": (true|false)/)
    #expect(rows.map { "\($0.1) \($0.2)" } == ["Unallocated false", "Unallocated true"])
  }
}

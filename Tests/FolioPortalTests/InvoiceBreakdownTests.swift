import FolioBilling
import FolioPortal
import FolioRating
import JSON
import Testing

@Suite struct InvoiceBreakdownTests {
  private func partners(_ count: Int, name: String? = "Partner") throws -> [InvoicedPartner] {
    try (0..<count).map { index in
      InvoicedPartner(
        partnerID: try PartnerID("prt_\(index)"), name: name.map { "\($0) \(index)" }, messages: 20,
        messageCharges: try usd("1.00"), partnerFees: try usd("0.50"))
    }
  }

  /// January's invoice over the gross charges of these partners.
  private func invoice(
    _ partners: [InvoicedPartner], model: BillingModel = .hybrid, late: Int64? = nil, lateAmount: String = "0"
  ) throws -> Invoice {
    let january = try month("2024-01").period
    let gross = try Money.sum(of: partners.map(\.messageCharges), in: currency("USD"))
    let fees = try Money.sum(of: partners.map(\.partnerFees), in: currency("USD"))
    let corrections = try late.map {
      ChargeLine(
        kind: .lateUsage, planName: "P", servicePeriod: try month("2023-12").period, quantity: $0,
        gross: try usd(lateAmount), amount: try usd(lateAmount))
    }
    let lines =
      [
        ChargeLine(kind: .messages, planName: "P", servicePeriod: january, gross: gross, amount: gross),
        ChargeLine(kind: .partnerFees, planName: "P", servicePeriod: january, gross: fees, amount: fees),
      ] + [corrections].compactMap(\.self)
    let total = try Money.sum(of: lines.map(\.amount), in: currency("USD"))
    let created = january.end
    return Invoice(
      id: try InvoiceID("in_1"),
      document: InvoiceDocument(
        number: "1", currency: total.currency, amountDue: total, period: january, created: created,
        dueDate: created, lines: lines, subtotal: total,
        plans: [
          InvoicedPlan(
            planID: try PlanID("plan_enterprise"), name: "Then & <now>", model: model,
            baseFeeApplies: .credited)
        ], partners: partners),
      finalizedAt: created)
  }

  private func fixture(_ invoice: Invoice, partners: [Partner] = []) throws -> PortalFixture {
    try PortalFixture(
      Statement(
        customer: Samples.customer(), asOf: at("2024-02-10T00:00:00Z"), partners: partners,
        invoices: [invoice]))
  }

  @Test func `partners and the plan's rule are printed as they were frozen`() throws {
    let page = try fixture(
      invoice(partners(2, name: "Old <b>")),
      partners: [Partner(id: try PartnerID("prt_0"), name: "New name")]
    ).text("invoices/in_1.html")
    #expect(page.contains("<bdi>Old &lt;b&gt; 0</bdi>"))
    #expect(!page.contains("New name"))
    #expect(page.contains("<bdi>Then &amp; &lt;now&gt;</bdi>: a fee for each active partner"))
    #expect(page.contains("<td class=\"n\">$3.00</td></tr>\n</tfoot>"), "2.00 of messages and 1.00 of fees")
    #expect(!page.contains("<details><summary>Show the numbers") && !page.contains("card screen"))
    #expect(try fixture(invoice(partners(9))).text("invoices/in_1.html").contains("card screen"))
  }

  @Test func `more than twenty partners are folded away, and more than a hundred go on on a further page`()
    throws
  {
    let folded = try fixture(invoice(partners(21))).text("invoices/in_1.html")
    #expect(folded.contains("<details><summary>Show the numbers</summary>"))
    let fixture = try fixture(invoice(partners(130)))
    let page = fixture.text("invoices/in_1.html")
    #expect(page.contains("<bdi>Partner 99</bdi>") && !page.contains("<bdi>Partner 100</bdi>"))
    let further = fixture.text("invoices/in_1/partners-2.html")
    #expect(further.contains("<bdi>Partner 100</bdi>") && further.contains("<bdi>Partner 129</bdi>"))
    #expect(further.contains("$195.00</td></tr>\n</tfoot>"))
  }

  @Test func `an invoice without partners has no such section, and every model has words`() throws {
    for model in BillingModel.allCases {
      let page = try fixture(invoice([], model: model)).text("invoices/in_1.html")
      #expect(!page.contains("Partners behind") && page.contains("class=\"rule\""), "\(model)")
    }
  }

  @Test func `the feed has plans and partners after the document's other fields`() throws {
    guard case .object(let feed) = try fixture(invoice(partners(1))).json("feeds/invoices.json"),
      case .array(let invoices)? = feed["data"], case .object(let object)? = invoices.first
    else {
      Issue.record("no invoice")
      return
    }
    let names = object.members.map(\.name)
    let terms = try #require(names.firstIndex(of: "payment_terms"))
    #expect(names[(terms + 1)...].prefix(3) == ["plans", "partners", "finalized_at"])
    let wanted = try JSONParser.parse(
      Array(
        """
        [{"partner_id":"prt_0","partner_name":"Partner 0","message_count":20,"cost":1.50,\
        "message_charges":1.00,"partner_fees":0.50,"cost_minor":150,"message_charges_minor":100,\
        "partner_fees_minor":50}]
        """.utf8))
    #expect(object["partners"] == wanted)
  }

  @Test(arguments: [
    (3_420, "3,420 messages more than were invoiced"), (1, "1 message more than was invoiced"),
    (-20, "20 messages fewer than were invoiced"),
  ])
  func `late usage says its own time and how many messages`(_ quantity: Int64, _ words: String) throws {
    let page = try fixture(invoice(partners(1), late: quantity)).text("invoices/in_1.html")
    #expect(page.contains(words))
    #expect(page.contains("1–31 Dec 2023"))
  }

  @Test func `partners that do not add up are no page`() throws {
    let whole = try invoice(partners(2))
    let document = whole.document
    let torn = Invoice(
      id: whole.id,
      document: InvoiceDocument(
        number: "1", currency: document.currency, amountDue: document.amountDue, period: document.period,
        created: document.created, dueDate: document.dueDate, lines: document.lines,
        subtotal: document.subtotal, partners: try partners(1)),
      finalizedAt: whole.finalizedAt)
    #expect(throws: PortalError.sumsDisagree(path: "invoices/in_1.html", fault: .partnersToCharges)) {
      _ = try fixture(torn)
    }
  }
}

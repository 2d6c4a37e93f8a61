import FolioAccounts
import FolioBilling
import FolioRating
import Testing

@Suite struct InvoiceDraftTests {
  private func draft(_ text: String, _ facts: AccountFacts) throws -> InvoiceDraft {
    try #require(try InvoiceDraft(of: month(text), from: facts))
  }

  @Test func `a draft is the month's charges with the customer's tax`() throws {
    let tax = TaxTreatment(category: .standard, rate: try ExactDecimal("0.08"))
    let facts = try facts([usage("2024-01", messages: 8_420)], customer: customer(tax: tax))
    let draft = try draft("2024-01", facts)
    #expect(draft.charges.total.decimalText == "421.00")
    #expect(try draft.tax().decimalText == "33.68")
    #expect(try draft.total().decimalText == "454.68")
    #expect(draft.isUsageComplete)
  }

  @Test func `a month without a plan has no draft`() throws {
    let facts = try facts([usage("2023-12", messages: 10)])
    #expect(try InvoiceDraft(of: month("2023-12"), from: facts) == nil)
    #expect(try InvoiceDraft(of: month("2022-01"), from: facts) == nil)
    let unknown = try FolioAccountsTests.facts([usage("2024-01", messages: 10)], plans: [])
    #expect(try InvoiceDraft(of: month("2024-01"), from: unknown) == nil)
  }

  @Test func `the document has the buyer, the order number, the wording of the tax and the terms`() throws {
    let tax = TaxTreatment(category: .reverseCharge, rate: try ExactDecimal("0"))
    let draft = try draft(
      "2024-01", facts([usage("2024-01", messages: 8_420)], customer: customer(tax: tax)))
    let document = try draft.document(
      number: "AS2-2024-007", created: instant("2024-02-01T00:10:00Z"), seller: seller, paymentTermsDays: 14,
      paymentTerms: "Net", taxReason: "Reverse charge")
    #expect(document.number == "AS2-2024-007")
    #expect(document.dueDate.text == "2024-02-15T23:59:59Z")
    #expect(document.seller == seller)
    #expect(document.buyer?.name == "Acme" && document.buyer?.email == "a@acme.example")
    #expect(document.purchaseOrder == "PO-1")
    #expect(document.taxes.map(\.treatment.reason) == ["Reverse charge"])
    #expect(document.paymentTerms == "Net")
    #expect(document.plans.map(\.name) == ["Plan plan_a"])
    #expect(document.amountDue == draft.charges.total)
  }

  @Test func `partners are named, and their shares sum to the message charges`() throws {
    let known = [Partner(id: try PartnerID("prt_a"), name: "Ånd Co")]
    let draft = try draft(
      "2024-01", facts([usage("2024-01", [("prt_a", 100), ("prt_b", 8_320)])], partners: known))
    #expect(draft.partners.map(\.partnerID?.text) == ["prt_b", "prt_a"])
    #expect(draft.partners.map(\.name) == [nil, "Ånd Co"])
    #expect(draft.partners.map(\.messageCharges.decimalText) == ["416.00", "5.00"])
    #expect(try invoice(draft).document.partners == draft.partners)
  }

  @Test func `beyond the limit the smallest partners share one row, and the sums hold`() throws {
    let many = (0...InvoiceDraft.partnersLimit).map { (partner: "prt_\($0)", messages: Int64(10 + $0)) }
    let draft = try draft("2024-01", facts([usage("2024-01", many)]))
    #expect(draft.partners.count == InvoiceDraft.partnersLimit)
    #expect(draft.partners.last?.partnerID == nil && draft.partners.last?.messages == 21)
    #expect(try invoice(draft).document.partnerShareFaults() == [])
  }

  @Test func `a plan change within the month makes a line a segment, and both plans are named`() throws {
    let changed = try subscription([("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-01-11T00:00:00Z")])
    let draft = try draft(
      "2024-01",
      facts(
        [usage("2024-01", messages: 100)], plans: [plan(), plan("plan_b", base: "620")],
        subscriptions: [changed]))
    #expect(draft.charges.baseFees.decimalText == "516.45", "299 × 10/31 + 620 × 21/31")
    #expect(draft.plans.map(\.planID.text) == ["plan_a", "plan_b"])
    #expect(try invoice(draft).document.plans == draft.plans)
  }

  @Test(arguments: [("JPY", "29900", "5", "42100"), ("KWD", "299", "0.05", "421.000")])
  func `currencies without digits and with three`(
    _ code: String, _ base: String, _ rate: String, _ total: String
  ) throws {
    let draft = try draft(
      "2024-01",
      facts(
        [usage("2024-01", messages: 8_420)], plans: [plan(base: base, rate: rate, in: code)],
        customer: customer(in: code)))
    #expect(draft.charges.total.decimalText == total)
    #expect(try invoice(draft).document.amountDue.decimalText == total)
  }
}

@Suite struct InvoiceCorrectionTests {
  private func draft(_ text: String, _ facts: AccountFacts) throws -> InvoiceDraft {
    try #require(try InvoiceDraft(of: month(text), from: facts))
  }

  /// January's invoice over this many messages.
  private func january(_ messages: Int64, void: Bool = false) throws -> Invoice {
    try invoice(draft("2024-01", facts([usage("2024-01", messages: messages)])), void: void)
  }

  private func february(january now: Int64, invoiced: Int64, messages: Int64 = 100) throws -> InvoiceDraft {
    let usage = try [usage("2024-01", messages: now), usage("2024-02", messages: messages)]
    return try draft("2024-02", facts(usage, invoices: [january(invoiced)]))
  }

  @Test func `late usage is a line of what the month costs now less what was invoiced`() throws {
    let draft = try february(january: 8_420, invoiced: 5_000)
    let line = try #require(draft.corrections.first)
    #expect(draft.corrections.count == 1 && draft.charges.lines.last == line)
    #expect(line.kind == .lateUsage && line.amount.decimalText == "122.00" && line.quantity == 3_420)
    #expect(try line.servicePeriod == month("2024-01").period)
    #expect(draft.charges.total.decimalText == "421.00", "299.00 of February and 122.00 of January")
    #expect(try invoice(draft).document.amountDue.decimalText == "421.00")
  }

  @Test func `late usage on one invoice is not on the next`() throws {
    let usage = try [
      usage("2024-01", messages: 8_420), usage("2024-02", messages: 10), usage("2024-03", messages: 10),
    ]
    let first = try january(5_000)
    let second = try invoice(draft("2024-02", facts(usage, invoices: [first])))
    let march = try draft("2024-03", facts(usage, invoices: [first, second]))
    #expect(march.corrections.isEmpty)
    #expect(march.charges.total.decimalText == "299.00")
  }

  @Test func `late messages that the base covers are a line without an amount`() throws {
    let draft = try february(january: 5_001, invoiced: 5_000)
    #expect(draft.corrections.map(\.quantity) == [1])
    #expect(draft.charges.total.decimalText == "299.00")
  }

  @Test func `a correction downwards beyond the month's charges is carried over, to the cent`() throws {
    let usage = try [
      usage("2024-01", messages: 10), usage("2024-02", messages: 10), usage("2024-03", messages: 10),
    ]
    let first = try january(20_000)
    let february = try draft("2024-02", facts(usage, invoices: [first]))
    #expect(february.charges.total.isZero)
    #expect(february.corrections.map(\.amount.decimalText) == ["-299.00"])
    #expect(february.carriedOver == [CarriedCharge(month: try month("2024-01"), amount: try usd("-402.00"))])
    let second = try invoice(february)
    let march = try draft("2024-03", facts(usage, invoices: [first, second]))
    #expect(march.corrections.map(\.amount.decimalText) == ["-299.00"])
    #expect(march.corrections.map(\.quantity) == [0], "the messages were taken off once")
    #expect(march.carriedOver.map(\.amount.decimalText) == ["-103.00"])
    let third = try invoice(march)
    let april = try draft("2024-04", facts(usage, invoices: [first, second, third]))
    #expect(april.corrections.map(\.amount.decimalText) == ["-103.00"])
    #expect(april.carriedOver.isEmpty && april.charges.total.decimalText == "196.00")
  }

  @Test func `of two credits the earlier month's comes first`() throws {
    let invoiced = try [usage("2024-01", messages: 10_000), usage("2024-02", messages: 10_000)]
    let now = try ["2024-01", "2024-02", "2024-03"].map { try usage($0, messages: 10) }
    let first = try invoice(draft("2024-01", facts(invoiced)))
    let second = try invoice(draft("2024-02", facts(invoiced, invoices: [first])))
    let march = try draft("2024-03", facts(now, invoices: [first, second]))
    #expect(march.corrections.map(\.amount.decimalText) == ["-201.00", "-98.00"])
    #expect(march.carriedOver == [CarriedCharge(month: try month("2024-02"), amount: try usd("-103.00"))])
  }

  @Test func `what a later invoice charged for a month is taken off when the month is issued again`() throws {
    let usage = try [usage("2024-01", messages: 8_420), usage("2024-02", messages: 10)]
    let first = try january(5_000)
    let second = try invoice(draft("2024-02", facts(usage, invoices: [first])))
    let void = try january(5_000, void: true)
    let again = try draft("2024-01", facts(usage, invoices: [void, second]))
    #expect(again.corrections.map(\.amount.decimalText) == ["-122.00"])
    #expect(again.corrections.map(\.quantity) == [-3_420])
    #expect(again.charges.total.decimalText == "299.00", "421.00 less the 122.00 of February's invoice")
    let third = try invoice(again)
    let march = try draft("2024-03", facts(usage, invoices: [void, second, third]))
    #expect(march.corrections.isEmpty)
  }

  @Test func `prices with tax and prices without do not meet on one invoice`() throws {
    let changed = try subscription([("plan_a", "2024-01-01T00:00:00Z"), ("plan_b", "2024-02-01T00:00:00Z")])
    let plans = try [plan(), plan("plan_b", pricesIncludeTax: true)]
    let usage = try [usage("2024-01", messages: 8_420), usage("2024-02", messages: 10)]
    let draft = try draft(
      "2024-02",
      facts(usage, invoices: [january(5_000)], plans: plans, subscriptions: [changed]))
    #expect(draft.corrections.isEmpty)
    #expect(draft.carriedOver.map(\.amount.decimalText) == ["122.00"])
  }
}

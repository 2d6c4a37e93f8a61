import FolioAccounts
import FolioBilling
import FolioRating
import FolioTestSupport
import Testing

@Suite struct InvoiceBridgeTests {
  private func standard(_ rate: String) throws -> TaxTreatment {
    TaxTreatment(category: .standard, rate: try ExactDecimal(rate))
  }

  /// The invoice of the last of some months, by their messages from January on.
  private func invoiced(
    _ messages: [Int64], _ earlier: [Invoice] = [], tax: String? = nil, plans: [PlanVersion]? = nil
  ) throws -> Invoice {
    let facts = try account(messages, earlier, tax: tax, plans: plans)
    let last = try month("2024-01").adding(months: messages.count - 1)
    return try invoice(#require(try InvoiceDraft(of: last, from: facts)))
  }

  private func account(
    _ messages: [Int64], _ invoices: [Invoice], tax: String? = nil, plans: [PlanVersion]? = nil
  ) throws -> AccountFacts {
    let january = try month("2024-01")
    return try facts(
      messages.enumerated().map { try usage(january.adding(months: $0).text, messages: $1) },
      invoices: invoices, plans: plans, customer: customer(tax: tax.map(standard)))
  }

  /// Charges, other months, beyond charges, tax.
  private func parts(_ bridge: InvoiceBridge?) throws -> [String] {
    let bridge = try #require(bridge)
    let parts = [bridge.charges, bridge.otherMonths, bridge.beyondCharges, bridge.tax]
    #expect(try Money.sum(of: parts, in: bridge.charges.currency) == bridge.change())
    return parts.map(\.decimalText)
  }

  @Test func `a change of the tax rate is tax and nothing else`() throws {
    let first = try invoiced([8_420], tax: "0.08")
    let second = try invoiced([8_420, 8_420], [first], tax: "0.1")
    let bridge = try account([8_420, 8_420], [first, second]).bridge("2024-01", "2024-02")
    #expect(try parts(bridge?.invoices) == ["0.00", "0.00", "0.00", "8.42"], "33.68 becomes 42.10")
    #expect(bridge?.changes == [])
  }

  @Test func `usage that arrived after its invoice is on the next one, and no cause of the month's charges`()
    throws
  {
    let first = try invoiced([5_000])
    let second = try invoiced([8_420, 10_000], [first])
    #expect(first.document.amountDue.decimalText == "299.00")
    #expect(second.document.amountDue.decimalText == "622.00", "500.00 and 122.00 of January")
    let bridge = try account([8_420, 10_000], [first, second]).bridge("2024-01", "2024-02")
    #expect(bridge?.changes == ["volume 79.00"])
    #expect(try parts(bridge?.invoices) == ["79.00", "122.00", "122.00", "0.00"])
    #expect(bridge?.invoices?.from.id == first.id && bridge?.invoices?.to.id == second.id)
  }

  @Test func `tax that prices contain is no step`() throws {
    let plans = try [plan(pricesIncludeTax: true)]
    let first = try invoiced([8_420], tax: "0.08", plans: plans)
    let second = try invoiced([8_420, 10_000], [first], tax: "0.1", plans: plans)
    let bridge = try account([8_420, 10_000], [first, second], plans: plans).bridge("2024-01", "2024-02")
    #expect(bridge?.pricesIncludeTax == true)
    #expect(try parts(bridge?.invoices) == ["79.00", "0.00", "0.00", "0.00"])
  }

  private func changed(
    _ invoice: Invoice, period: BillingPeriod? = nil, lines: [ChargeLine]? = nil, due: Money? = nil
  ) -> Invoice {
    let document = invoice.document
    return Invoice(
      id: invoice.id,
      document: InvoiceDocument(
        number: document.number, currency: document.currency, amountDue: due ?? document.amountDue,
        period: period ?? document.period, created: document.created, dueDate: document.dueDate,
        lines: lines ?? document.lines, taxes: document.taxes, subtotal: document.subtotal),
      finalizedAt: invoice.finalizedAt)
  }

  @Test func `invoices that are not over one month each, itemised and added up, are not compared`() throws {
    let first = try invoiced([8_420], tax: "0.08")
    let second = try invoiced([8_420, 10_000], [first], tax: "0.08")
    func compared(_ invoices: [Invoice]) throws -> Bool {
      try account([8_420, 10_000], invoices).bridge("2024-01", "2024-02")?.invoices != nil
    }
    #expect(try compared([first, second]))
    #expect(try !compared([first]))
    #expect(
      try !compared([
        first,
        invoice(#require(try InvoiceDraft(of: month("2024-02"), from: account([1, 10], []))), void: true),
      ]))
    let other = try invoiced([1, 1])
    #expect(
      try !compared([
        first, second,
        Invoice(id: try InvoiceID("in_other"), document: other.document, finalizedAt: other.finalizedAt),
      ]))
    let quarter = BillingPeriod(
      start: try instant("2024-02-01T00:00:00Z"), end: try instant("2024-04-01T00:00:00Z"))
    #expect(try !compared([first, changed(second, period: quarter)]))
    #expect(try !compared([first, changed(second, lines: [])]))
    #expect(try !compared([first, changed(second, due: usd("1"))]))
    let total = ChargeLine(
      kind: .notItemised, planName: nil, servicePeriod: second.document.period, gross: try usd("500"),
      amount: try usd("500"))
    #expect(try !compared([first, changed(second, lines: [total])]))
    let taxed = try invoiced([8_420, 10_000], [first], tax: "0.08", plans: [plan(pricesIncludeTax: true)])
    #expect(try !compared([first, taxed]), "tax in the lines, while the prices are without")
  }

  @Test(arguments: UInt64(1)...20)
  func `whatever is corrected between invoices, the parts sum to their difference`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var (messages, invoices): ([Int64], [Invoice]) = ([], [])
    for _ in 0..<4 {
      messages = messages.map { random.below(3) == 0 ? Int64(random.below(30_000)) : $0 }
      messages.append(Int64(random.below(30_000)))
      invoices.append(try invoiced(messages, invoices, tax: "0.0\(random.below(10))"))
      let facts = try account(messages, invoices)
      for (earlier, later) in zip(facts.months, facts.months.dropFirst()).prefix(messages.count - 1) {
        _ = try parts(try BillBridge(from: earlier, to: later)?.invoices)
      }
    }
  }
}

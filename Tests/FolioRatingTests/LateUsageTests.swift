import FolioBilling
import FolioRating
import Testing

@Suite struct LateUsageTests {
  private func invoice(_ id: String, _ charges: Charges, void: Bool = false) throws -> Invoice {
    let end = charges.period.end
    return Invoice(
      id: try InvoiceID(id),
      document: try InvoiceDrafting.makeDocument(charges, InvoiceParticulars(number: id, created: end)),
      finalizedAt: end, void: void ? InvoiceClosing(at: end) : nil)
  }

  private func invoiced(_ invoices: [Invoice]) throws -> InvoicedUsage? {
    try InvoicedUsage(of: month(), in: invoices, currency: currency("USD"))
  }

  /// An invoice of February that carries a line for January.
  private func february(with line: ChargeLine) throws -> Invoice {
    let segment = PlanSegment(period: try month("2024-02").period, plan: try plan("plan", basePlusUsage()))
    let charges = try Rater.rate(
      SegmentedUsage(segments: [segment], total: UsageCounts(messages: 9_000)), in: month("2024-02"),
      currency: currency("USD"), activePartners: 0)
    return try invoice("in_2", charges.adding([line]))
  }

  @Test func `late messages are charged as the difference of the two ratings`() throws {
    let first = try invoice("in_1", rate(basePlusUsage(), messages: 5_000))
    let usage = try #require(try invoiced([first]))
    let line = try #require(
      try LateUsage.adjustment(now: rate(basePlusUsage(), messages: 6_500), invoiced: usage))
    #expect(line.kind == .lateUsage)
    #expect(line.amount.decimalText == "26.00", "325.00 − 299.00, not 1,500 × 0.05")
    #expect(line.quantity == 1_500)
    #expect(try line.servicePeriod == month().period)
  }

  @Test func `late messages that the base still covers are a line of no amount`() throws {
    let usage = try #require(try invoiced([invoice("in_1", rate(basePlusUsage(), messages: 5_000))]))
    let line = try LateUsage.adjustment(now: rate(basePlusUsage(), messages: 5_001), invoiced: usage)
    #expect(line?.quantity == 1 && line?.amount.isZero == true)
    #expect(try LateUsage.adjustment(now: rate(basePlusUsage(), messages: 5_000), invoiced: usage) == nil)
  }

  @Test func `usage that arrives in two steps costs what it costs in one`() throws {
    let first = try invoice("in_1", rate(basePlusUsage(), messages: 5_000))
    let before = try #require(try invoiced([first]))
    let step = try #require(
      try LateUsage.adjustment(now: rate(basePlusUsage(), messages: 6_500), invoiced: before))
    let usage = try #require(try invoiced([first, february(with: step)]))
    #expect(usage.quantity == 6_500)
    let rest = try #require(
      try LateUsage.adjustment(now: rate(basePlusUsage(), messages: 8_420), invoiced: usage))
    #expect(rest.quantity == 1_920)
    #expect(try step.amount.adding(rest.amount).decimalText == "122.00")
  }

  @Test func `a correction downwards is a credit`() throws {
    let usage = try #require(try invoiced([invoice("in_1", rate(basePlusUsage(), messages: 8_420))]))
    let line = try #require(
      try LateUsage.adjustment(now: rate(basePlusUsage(), messages: 8_400), invoiced: usage))
    #expect(line.amount.decimalText == "-1.00")
    #expect(line.quantity == -20)
  }

  @Test func `a line for more than the month is nothing to compare with`() throws {
    let quarter = BillingPeriod(start: try month().period.start, end: try month("2024-03").period.end)
    let fee = ChargeLine(
      kind: .baseFee, planName: nil, servicePeriod: quarter, gross: try dollars("900"),
      amount: try dollars("900"))
    let charges = try rate(basePlusUsage(), messages: 8_420)
    #expect(try invoiced([invoice("in_1", charges.adding([fee]))]) == nil)
  }

  @Test func `void invoices and bare totals are nothing to compare with`() throws {
    let charges = try rate(basePlusUsage(), messages: 8_420)
    #expect(try invoiced([]) == nil)
    #expect(try invoiced([invoice("in_1", charges, void: true)]) == nil)
    let bare = InvoiceDocument(
      number: "AS2-2024-001", currency: try currency("USD"), amountDue: try dollars("421"),
      period: try month().period,
      created: try month().period.end, dueDate: try month().period.end)
    let total = Invoice(id: try InvoiceID("in_1"), document: bare, finalizedAt: bare.created)
    #expect(try invoiced([total]) == nil)
  }
}

import FolioBilling
import FolioPortal
import Testing

@Suite struct InvoicePageTests {
  /// An invoice over 100.00, what was paid and given back, and how it ended.
  private func invoice(
    _ id: String = "in_1", paid: [String] = [], refunded: [String] = [], credited: [String] = [],
    isVoid: Bool = false, isWrittenOff: Bool = false, lines: [ChargeLine] = [], subtotal: Money? = nil
  ) throws -> Invoice {
    let day = try at("2024-02-01T00:00:00Z")
    let closing = InvoiceClosing(at: day)
    return Invoice(
      id: try InvoiceID(id),
      document: InvoiceDocument(
        number: "1", currency: try currency("USD"), amountDue: try usd("100.00"),
        period: try month("2024-01").period, created: day, dueDate: try at("2024-02-15T23:59:59Z"),
        lines: lines, subtotal: subtotal),
      finalizedAt: day,
      payments: try paid.map { Payment(outcome: .succeeded, amount: try usd($0), at: day) },
      refunds: try refunded.enumerated().map {
        Refund(id: try RefundID("re_\($0)"), amount: try usd($1), refundedAt: day)
      },
      creditNotes: try credited.enumerated().map {
        CreditNote(id: try CreditNoteID("cn_\($0)"), number: "C\($0)", amount: try usd($1), issuedAt: day)
      },
      void: isVoid ? closing : nil, writeOff: isWrittenOff ? closing : nil)
  }

  private func fixture(_ invoices: Invoice...) throws -> PortalFixture {
    try PortalFixture(
      Statement(customer: Samples.customer(), asOf: at("2024-02-10T00:00:00Z"), invoices: invoices))
  }

  /// The amounts of the totals from the invoice's own to what is still due, in cents.
  private func balance(_ page: String) -> [Int] {
    guard
      let table = page.split(separator: "<table class=\"totals\">").last?.split(separator: "</table>").first
    else { return [] }
    return table.split(separator: "<td class=\"n\">").dropFirst().map { cell in
      let text = cell.prefix { $0 != "<" }
      return (text.contains("\u{2212}") ? -1 : 1) * (Int(text.filter(\.isASCII).filter(\.isNumber)) ?? 0)
    }
  }

  @Test(
    arguments: [
      ([], [], [], "", 100_00), (["60"], [], [], "", 40_00), (["100"], [], [], "", 0),
      (["100"], ["30"], [], "Refunded and not due again", 0),
      (["60"], ["20"], [], "Refunded and not due again", 40_00),
      (["120"], [], [], "Paid or credited beyond the amount", 0), (["120"], ["20"], [], "", 0),
      (["100"], [], ["30"], "Paid or credited beyond the amount", 0), ([], [], ["100"], "", 0),
    ] as [([String], [String], [String], String, Int)])
  func `the rows of an invoice's balance add up`(
    paid: [String], refunded: [String], credited: [String], cause: String, remaining: Int
  ) throws {
    let invoice = try invoice(paid: paid, refunded: refunded, credited: credited)
    let page = try fixture(invoice).text("invoices/in_1.html")
    let rows = balance(page)
    #expect(rows.last == remaining && rows.dropLast().reduce(0, +) == remaining, "\(rows)")
    #expect(page.contains("Refunded and not due again") == (cause == "Refunded and not due again"))
    #expect(page.contains("Paid or credited beyond") == cause.hasPrefix("Paid or credited beyond"))
  }

  @Test(arguments: [(true, false, "the invoice is void"), (false, true, "No longer due: written off")])
  func `the rows of a closed invoice's balance add up`(isVoid: Bool, isWrittenOff: Bool, cause: String) throws
  {
    let invoice = try invoice(
      paid: ["40"], refunded: ["10"], isVoid: isVoid, isWrittenOff: isWrittenOff)
    let page = try fixture(invoice).text("invoices/in_1.html")
    #expect(balance(page) == [100_00, -40_00, 10_00, -70_00, 0] && page.contains(cause))
  }

  @Test func `a feed states what was received and what was given back, each whole`() throws {
    let feed = try fixture(invoice(paid: ["100"], refunded: ["30"])).text("feeds/invoices.json")
    #expect(feed.contains("\"amount_paid\": 100.00") && feed.contains("\"amount_refunded\": 30.00"))
  }

  @Test func `an invoice whose lines are not its amount stops the portal`() throws {
    let line = ChargeLine(
      kind: .discount, planName: nil, servicePeriod: try month("2024-01").period, gross: try usd("90.00"),
      amount: try usd("90.00"))
    let wrong = try invoice(lines: [line], subtotal: usd("100.00"))
    #expect {
      try fixture(wrong)
    } throws: { error in
      guard case .sumsDisagree("invoices/in_1.html", let fault)? = error as? PortalError else { return false }
      return "\(fault)" == "linesToTotal"
    }
  }

  @Test func `ids that differ in letter case alone are refused`() throws {
    let ids = (try InvoiceID("IN_a"), try InvoiceID("in_A"))
    #expect(throws: PortalError.invoiceNamesCollide(ids.0, ids.1)) {
      try fixture(invoice("in_A"), invoice("IN_a"))
    }
  }
}

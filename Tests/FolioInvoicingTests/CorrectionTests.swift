import FolioBilling
import FolioInvoicing
import FolioRating
import FolioStore
import FolioTestSupport
import Testing

@Suite struct CorrectionTests {
  private let shop: Shop
  private let id: InvoiceID

  init() throws {
    shop = try Shop([EventLines.plan()] + EventLines.january("cus_a"))
    try shop.finalize()
    id = try #require(try shop.invoices("cus_a").first?.id)
  }

  private var invoice: Invoice {
    get throws { try #require(try shop.invoices("cus_a").first { $0.id == id }) }
  }

  private func void(at text: String = "2024-02-03T00:00:00Z") throws -> Bool {
    try shop.corrections().void(id, at: instant(text), reason: "Issued twice").isRecorded
  }

  @discardableResult
  private func pay(
    _ amount: String, at text: String = "2024-02-05T00:00:00Z", over: Bool = false
  ) throws -> Bool {
    try shop.corrections().recordPayment(
      of: ExactDecimal(amount), for: id, paidAt: instant(text), method: "bank_transfer",
      allowsOverpayment: over
    ).isRecorded
  }

  @discardableResult
  private func credit(
    _ amount: String, id note: String? = nil, at text: String? = nil, reason: String? = nil,
    settings: InvoicingSettings = Shop.settings
  ) throws -> (isRecorded: Bool, note: CreditNote) {
    let time: IssueTime =
      try text.map { .exactly(try instant($0)) } ?? .now(try instant("2024-02-06T00:00:00Z"))
    let outcome = try shop.corrections().issueCreditNote(
      InvoiceCorrections.CreditNoteRequest(
        invoice: id, amount: ExactDecimal(amount), reason: reason, id: note.map { try CreditNoteID($0) },
        issueTime: time), settings)
    return (outcome.isRecorded, outcome.value)
  }

  @Test func `an invoice is voided once, and issued again only for a customer who is named`() throws {
    #expect(try void())
    #expect(try invoice.status() == .void && invoice.void?.reason == "Issued twice")
    let events = try shop.eventCount()
    #expect(try !void(at: "2024-02-09T00:00:00Z"))
    #expect(try shop.eventCount() == events)
    #expect(try shop.finalize(at: "2024-02-04T00:00:00Z").words == ["held: voided"])
    #expect(
      try shop.finalize(at: "2024-02-04T00:00:00Z", customers: ["cus_a"]).words == ["AS2-2024-002 421.00"])
    #expect(
      try shop.finalize(at: "2024-02-04T00:00:00Z", customers: ["cus_a"]).words == ["already AS2-2024-002"])
    #expect(try shop.invoices("cus_a").map { try $0.status() } == [.void, .open])
  }

  @Test func `an invoice with a payment or a credit note is not voided`() throws {
    try credit("1.00")
    #expect(
      throws: InvoicingError.alreadySettledInPart(
        id, paid: try Money("0", currency: usd), credited: try Money("1", currency: usd))
    ) { _ = try void() }
    try pay("20")
    #expect(throws: InvoicingError.self) { _ = try void() }
    #expect(try invoice.status() == .open)
  }

  private var usd: Currency { get throws { try #require(Currency(code: "USD")) } }

  @Test func `credit notes have a series of their own and never exceed their invoice`() throws {
    #expect(try credit("400.00").note.number == "CN-2024-001")
    #expect(throws: InvoicingError.self) { try credit("21.01") }
    #expect(try credit("21.00").note.number == "CN-2024-002")
    #expect(try invoice.status() == .paid && invoice.creditNotes.allSatisfy(\.isEffective))
    #expect(throws: InvoicingError.self) { try credit("0.01") }
    #expect(try invoice.document.amountDue.decimalText == "421.00")
  }

  @Test func `a credit note that is there is not issued again, and none takes its id`() throws {
    let (first, note) = try credit("10", id: "cn_x", at: "2024-02-06T00:00:00Z", reason: "R")
    let (again, same) = try credit("10.00", id: "cn_x", reason: "R")
    #expect(first && !again && note.number == same.number)
    for attempt in [
      { try credit("11", id: "cn_x", reason: "R") }, { try credit("10", id: "cn_x", reason: "S") },
      { try credit("10", id: "cn_x", at: "2024-02-07T00:00:00Z", reason: "R") },
    ] {
      #expect(throws: InvoicingError.otherCreditNote(note.id)) { _ = try attempt() }
    }
    #expect(try invoice.creditNotes.count == 1)
  }

  @Test func `a void invoice takes neither credit notes nor payments`() throws {
    _ = try void()
    #expect(throws: InvoicingError.invoiceIsVoid(id)) { try credit("1") }
    #expect(throws: InvoicingError.invoiceIsVoid(id)) { try pay("1") }
  }

  @Test func `a payment counts once, and more than is due needs a word`() throws {
    #expect(try pay("21.00"))
    #expect(try !pay("21"))
    #expect(try pay("100", at: "2024-02-06T00:00:00Z"))
    try credit("100")
    #expect(throws: InvoicingError.self) { try pay("200.01", at: "2024-02-07T00:00:00Z") }
    #expect(try pay("200.00", at: "2024-02-07T00:00:00Z"))
    #expect(try invoice.status() == .paid)
    #expect(throws: InvoicingError.self) { try pay("0.01", at: "2024-02-08T00:00:00Z") }
    #expect(try pay("0.01", at: "2024-02-08T00:00:00Z", over: true))
    #expect(try invoice.amountPaid().decimalText == "321.01")
  }

  @Test(arguments: ["0", "-1", "1.001"])
  func `an amount is positive and one of the invoice's currency`(_ amount: String) throws {
    #expect(throws: (any Error).self) { try pay(amount) }
    #expect(throws: (any Error).self) { try credit(amount) }
    #expect(try invoice.payments.isEmpty && invoice.creditNotes.isEmpty)
  }

  @Test func `nothing happens to an invoice before it was issued, or to one that is not known`() throws {
    let error = InvoicingError.datedBeforeInvoice(id, finalizedAt: try instant("2024-02-01T00:10:00Z"))
    #expect(throws: error) { _ = try void(at: "2024-02-01T00:00:00Z") }
    #expect(throws: error) { try credit("1", at: "2024-02-01T00:00:00Z") }
    let unknown = try InvoiceID("in_none")
    #expect(throws: InvoicingError.unknownInvoice(unknown)) {
      _ = try shop.corrections().void(unknown, at: instant("2024-02-03T00:00:00Z"), reason: nil)
    }
  }

  @Test func `credit notes and invoices do not share a series`() throws {
    let shared = InvoicingSettings(
      seller: Shop.seller, creditNoteNumbers: InvoiceNumberFormat(series: "AS2"))
    #expect(throws: InvoicingError.seriesShared(prefix: "AS2-2024-")) {
      try credit("1", settings: shared)
    }
  }

  @Test func `an invoice that was written off takes a payment up to what was open`() throws {
    try shop.apply([
      EventLines.event(
        "invoice.written_off", "off", at: "2024-02-20T00:00:00Z", of: "cus_a",
        #""invoice_id":"\#(id.text)","written_off_at":"2024-02-20T00:00:00Z""#)
    ])
    #expect(try pay("421", at: "2024-03-01T00:00:00Z"))
    #expect(try invoice.status() == .paid)
  }
}

extension RecordingOutcome {
  fileprivate var isRecorded: Bool { if case .recorded = self { true } else { false } }
  fileprivate var value: Value {
    switch self {
    case .recorded(let value), .known(let value): value
    }
  }
}

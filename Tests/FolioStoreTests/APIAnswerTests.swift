import FolioBilling
import FolioStore
import Foundation
import JSON
import Testing

@Suite(.enabled(if: SharedData.isPresent, "…/shared/spec/responses is not beside the checkout"))
struct APIAnswerTests {
  private let customer = "cus_enterprise_customer"

  private func take(_ names: [String], into store: TemporaryStore) throws -> [FileImportReport] {
    try names.map { try store.importFile(SharedData.responses + $0 + ".json", customer: customer) }
  }

  private static let orders = [
    ["billing", "usage", "invoices"], ["billing", "invoices", "usage"], ["usage", "billing", "invoices"],
    ["usage", "invoices", "billing"], ["invoices", "billing", "usage"], ["invoices", "usage", "billing"],
  ]

  @Test(arguments: orders)
  func `the three answers make one customer, in any order`(names: [String]) throws {
    let store = try TemporaryStore()
    let reports = try take(names, into: store)
    #expect(reports.allSatisfy { $0.isKept && $0.problems.isEmpty && $0.conflicts == 0 })
    #expect(try store.reader().waitingEvents().isEmpty)
    let statement = try #require(try store.statement(customer, asOf: "2024-02-16T12:00:00Z"))
    let terms = try #require(statement.plans.first).terms
    #expect(try terms.baseFee == usd("299.00"))
    #expect(terms.messageRate?.decimalText == "0.05")
    #expect(statement.subscriptions.first?.id.text == "sub_enterprise_plan")
    #expect(statement.subscriptions.first?.statedStatus == "active")
    #expect(try statement.subscriptions.first?.statedPeriod == month("2024-01").period)
    #expect(statement.defaultPaymentMethod?.last4 == "4242")
    let stated = try statement.usage(in: month("2024-01")).stated
    #expect((stated?.messages, stated?.bytes) == (15_420, 2_147_483_648))
    #expect(stated?.partners.first?.successRate == ExactDecimal(coefficient: 999, scale: 1))
    let invoice = try #require(statement.invoices.first)
    #expect((invoice.id.text, invoice.document.number) == ("in_invoice_123", "AS2-2024-001"))
    #expect(try invoice.status() == .paid)
    #expect(try invoice.amountPaid() == usd("421.00"))
    #expect(try invoice.paidAt() == instant("2024-02-01T08:30:00Z"))
    #expect(try invoice.document.period == month("2024-01").period)
    #expect(try invoice.document.dueDate == instant("2024-02-15T23:59:59Z"))

    let first = try TemporaryStore()
    _ = try take(Self.orders[0], into: first)
    #expect(try StoreDump.lines(first.path) == StoreDump.lines(store.path))
    let id = try CustomerID(customer)
    #expect(try first.reader().revision(of: id)?.hash == store.reader().revision(of: id)?.hash)
  }

  @Test func `importing the answers again changes nothing`() throws {
    let store = try TemporaryStore()
    _ = try take(Self.orders[0], into: store)
    let id = try CustomerID(customer)
    let revision = try store.reader().revision(of: id)
    let site = try store.reader().revision(of: nil)
    #expect(try take(Self.orders[3], into: store).allSatisfy { $0.applied == 0 && $0.repeated > 0 })
    #expect(try store.reader().revision(of: id) == revision)
    #expect(try store.reader().revision(of: nil) == site)
  }

  @Test(arguments: [
    "event-budget-alert", "event-usage-threshold-reached", "event-payment-failed", "event-payment-succeeded",
  ])
  func `a documented event imports with a customer`(name: String) throws {
    let store = try TemporaryStore()
    _ = try take(Self.orders[0], into: store)
    let report = try #require(try take([name], into: store).first)
    #expect((report.refused, report.isKept) == (0, true))
    #expect(report.applied + report.waiting.values.reduce(0, +) == 1)
    #expect(try take([name], into: store).first?.repeated == 1)
  }

  @Test func `a failure and a success of one invoice leave it paid`() throws {
    let store = try TemporaryStore()
    _ = try take(["event-payment-failed", "event-payment-succeeded", "billing"], into: store)
    try store.apply([event(.invoiceFinalized, "i", of: customer, invoiceData("in_123", amount: "842.00"))])
    let invoice = try #require(try store.statement(customer)?.invoices.first)
    #expect(invoice.payments.map(\.outcome.rawValue).sorted() == ["failed", "succeeded"])
    #expect(try invoice.status() == .paid)
  }

  @Test(arguments: ["allocation", "analytics-partners", "optimization", "tax-summary", "usage-current"])
  func `an answer of derived figures is handed back and stores nothing`(name: String) throws {
    let store = try TemporaryStore()
    _ = try take(Self.orders[0], into: store)
    let before = try StoreDump.lines(store.path)
    let report = try #require(try take([name], into: store).first)
    guard case .derived(let object) = report.kind else { throw NotAValue(text: "not derived") }
    #expect(!object.members.isEmpty)
    #expect(report.problems.isEmpty)
    #expect(try StoreDump.lines(store.path) == before)
  }

  @Test func `answers without a customer are refused`() throws {
    let store = try TemporaryStore()
    let report = try store.importFile(SharedData.responses + "invoices.json")
    guard case .field(let error)? = report.problems.first?.reason else { throw NotAValue(text: "no field") }
    #expect(error == FieldError(path: "customer_id", expected: .customerNamed, found: nil))
  }
}

@Suite struct InvoiceAnswerTests {
  @Test func `the amounts of an answer's rows decide what was paid`() throws {
    let row = """
      "number":"N","currency":"usd","amount_due":10.00,"period_start":"2024-01-01T00:00:00Z",\
      "period_end":"2024-01-31T23:59:59Z","created":"2024-02-01T00:00:00Z","due_date":"2024-02-15T23:59:59Z"
      """
    let states = [
      #""status":"open","amount_paid":0"#, #""status":"open","amount_paid":4.00"#, #""status":"paid""#,
      #""status":"void""#, #""status":"uncollectible","amount_paid":1"#,
    ]
    let rows = states.enumerated().map { #"{"id":"in_\#($0.offset)",\#($0.element),\#(row)}"# }
    let store = try TemporaryStore()
    try store.apply([customerEvent()])
    #expect(try store.importText("{\"data\":[\(rows.joined(separator: ","))]}", customer: "cus_a").isKept)
    let invoices = try #require(try store.statement("cus_a")).invoices
    #expect(try invoices.map { try $0.status() } == [.open, .open, .paid, .void, .uncollectible])
    #expect(
      try invoices.map { try $0.amountPaid().decimalText } == ["0.00", "4.00", "10.00", "0.00", "1.00"])
  }
}

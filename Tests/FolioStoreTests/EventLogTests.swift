import FolioBilling
import FolioStore
import Testing

@Suite struct EventLogTests {
  private let payment = #"{"invoice_id":"in_1","amount_paid":100.00,"paid_at":"2024-02-01T08:30:00Z"}"#

  @Test func `a payment waits for its invoice, and both wait for the customer`() throws {
    let store = try TemporaryStore()
    let outcomes = try store.apply([
      event(.paymentSucceeded, "evt_p", of: nil, payment),
      event(.invoiceFinalized, "evt_i", invoiceData("in_1")),
    ])
    #expect(
      try outcomes == [
        .waiting(for: .invoice(InvoiceID("in_1"))), .waiting(for: .customer(CustomerID("cus_a"))),
      ])
    #expect(try store.reader().waitingEvents().map(\.subject) == ["customer cus_a", "invoice in_1"])
    #expect(try store.statement("cus_a") == nil)
    #expect(try store.reader().newestFact() == nil)

    #expect(try store.apply([customerEvent()]) == [.applied])
    #expect(try store.reader().waitingEvents().isEmpty)
    #expect(try store.statement("cus_a")?.invoices.first?.status() == .paid)
  }

  @Test func `a subscription waits for its customer and then for its plan`() throws {
    let store = try TemporaryStore()
    let created = try event(
      .subscriptionCreated, "evt_s",
      #"{"subscription_id":"sub_1","plan_id":"plan_1","started_at":"2024-01-01T00:00:00Z"}"#)
    let canceled = try event(
      .subscriptionCanceled, "evt_c", at: "2024-02-01T00:00:00Z", #"{"subscription_id":"sub_1"}"#)
    let plan = try event(
      .planDefined, "evt_p", at: "2024-01-01T00:00:00Z", of: nil,
      #"{"plan_id":"plan_1","name":"P","model":"base_plus_usage","currency":"usd","message_rate":0.05}"#)
    try store.apply([canceled, created])
    #expect(try store.reader().waitingEvents().map(\.subject) == ["customer cus_a", "customer cus_a"])
    try store.apply([customerEvent()])
    #expect(
      try store.reader().waitingEvents().map(\.subject) == ["plan plan_1", "subscription sub_1 of cus_a"])
    try store.apply([plan])
    #expect(try store.reader().waitingEvents().isEmpty)
    #expect(try store.statement("cus_a")?.subscriptions.first?.endsAt == instant("2024-02-01T00:00:00Z"))
  }

  @Test func `a waiting payment with too many digits is kept as refused and changes nothing`() throws {
    let store = try TemporaryStore()
    let odd = #"{"invoice_id":"in_1","amount_paid":100.005,"paid_at":"2024-02-01T08:30:00Z"}"#
    let refused = try event(.paymentSucceeded, "evt_odd", of: nil, odd)
    try store.apply([refused, customerEvent()])
    let without = try TemporaryStore()
    try without.apply([customerEvent(), event(.invoiceFinalized, "evt_i", invoiceData("in_1"))])
    #expect(try store.apply([event(.invoiceFinalized, "evt_i", invoiceData("in_1"))]) == [.applied])
    #expect(
      try StoreDump.texts(store.path, "SELECT event_id || ' ' || reason FROM events WHERE state = 'refused'")
        == ["evt_odd data.amount_paid"])
    let customer = try CustomerID("cus_a")
    #expect(try store.statement("cus_a") == without.statement("cus_a"))
    #expect(try store.reader().revision(of: customer)?.hash == without.reader().revision(of: customer)?.hash)
    #expect(try store.reader().waitingEvents().isEmpty)
    #expect(try store.apply([refused]) == [.repeated])
  }

  @Test func `an amount with too many digits for a known invoice is refused and nothing of it is kept`()
    throws
  {
    let store = try TemporaryStore()
    try store.apply([customerEvent(), event(.invoiceFinalized, "evt_i", invoiceData("in_1"))])
    let before = try StoreDump.lines(store.path)
    let odd = #"{"invoice_id":"in_1","amount":0.001,"refund_id":"re_1","refunded_at":"2024-02-01T08:30:00Z"}"#
    let error = FieldError(path: "data.amount", expected: .money(fractionDigits: 2), found: "0.001")
    #expect(try store.apply([event(.paymentRefunded, "evt_r", of: nil, odd)]) == [.refused(error)])
    #expect(try StoreDump.lines(store.path) == before)
  }

  @Test func `a repeated identity changes nothing, not even the counter`() throws {
    let store = try TemporaryStore()
    let events = try RichEvents.make()
    try store.apply(events)
    let lines = try StoreDump.lines(store.path)
    let revision = try store.reader().revision(of: CustomerID("cus_a"))
    #expect(try store.apply(events).allSatisfy { $0 == .repeated })
    #expect(try StoreDump.lines(store.path) == lines)
    #expect(try store.reader().revision(of: CustomerID("cus_a")) == revision)
  }

  @Test func `one identity with two contents is a conflict and the first is kept`() throws {
    let store = try TemporaryStore()
    let outcomes = try store.apply([
      customerEvent(),
      event(.customerUpdated, "evt_1", at: "2024-02-01T00:00:00Z", #"{"name":"First","currency":"usd"}"#),
      event(.customerUpdated, "evt_1", at: "2024-03-01T00:00:00Z", #"{"name":"Second","currency":"usd"}"#),
      event(.customerUpdated, "evt_1", of: "cus_b", #"{"name":"First","currency":"usd"}"#),
      event(.customerUpdated, "evt_1", #"{"currency":"usd","name":"First"}"#),
    ])
    #expect(outcomes == [.applied, .applied, .conflict, .conflict, .repeated])
    #expect(try store.statement("cus_a")?.customer.name == "First")
  }

  @Test func `the same id from two sources is two events`() throws {
    let store = try TemporaryStore()
    let data = #"{"name":"First","currency":"usd"}"#
    let outcomes = try store.apply([
      event(.customerUpdated, "evt_1", data), event(.customerUpdated, "evt_1", data, source: "other"),
    ])
    #expect(outcomes == [.applied, .applied])
  }

  @Test func `an invoice of another customer is refused`() throws {
    let store = try TemporaryStore()
    let outcomes = try store.apply([
      customerEvent(), customerEvent("cus_b"), event(.invoiceFinalized, "evt_i", invoiceData("in_1")),
      event(.invoiceFinalized, "evt_j", of: "cus_b", invoiceData("in_1")),
      event(.paymentSucceeded, "evt_p", of: "cus_b", payment),
    ])
    let path = { FieldError(path: $0, expected: .invoiceOfCustomer, found: $1) }
    #expect(
      outcomes.suffix(2) == [
        .refused(path("data.invoice_id", "in_1")), .refused(path("customer_id", "cus_b")),
      ])
  }

  @Test func `a credit note above its invoice is refused`() throws {
    let store = try TemporaryStore()
    let note =
      #"{"credit_note_id":"cn_1","invoice_id":"in_1","number":"CN-1","amount":100.01,"issued_at":"2024-02-01T00:00:00Z"}"#
    let outcomes = try store.apply([
      customerEvent(), event(.invoiceFinalized, "evt_i", invoiceData("in_1")),
      event(.creditNoteIssued, "evt_c", of: nil, note),
    ])
    let error = FieldError(path: "data.amount", expected: .amountWithinInvoice, found: "100.01")
    #expect(outcomes.last == .refused(error))
  }

  @Test func `a budget keeps its amount when the customer's currency comes later, in any order`() throws {
    let events = try [
      event(.customerUpdated, "e1", at: "2024-01-01T00:00:00Z", #"{"currency":"usd"}"#),
      event(.customerUpdated, "e2", at: "2024-01-02T00:00:00Z", #"{"currency":"jpy"}"#),
      event(
        .budgetSet, "e3", at: "2024-01-01T00:00:00Z",
        #"{"budget_id":"b","name":"B","amount":2000,"period":"monthly"}"#),
    ]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let store = try TemporaryStore()
      try store.apply(order.map { events[$0] })
      #expect(try store.statement("cus_a")?.budgets.first?.amount == Money("2000", currency: currency("JPY")))
    }
  }

  @Test func `what happened to an invoice keeps the time of the event that said so, beside its own`() throws {
    let store = try TemporaryStore()
    let told = "2024-03-10T00:00:00Z"
    try store.apply([
      customerEvent(), event(.invoiceFinalized, "i", at: "2024-02-01T00:00:00Z", invoiceData("in_1")),
      event(.paymentSucceeded, "p", at: told, payment),
      event(
        .paymentRefunded, "r", at: told,
        #"{"invoice_id":"in_1","refund_id":"r","amount":1,"refunded_at":"2024-02-02T00:00:00Z"}"#),
      event(
        .creditNoteIssued, "c", at: told,
        #"{"invoice_id":"in_1","credit_note_id":"c","number":"C","amount":1,"issued_at":"2024-02-02T00:00:00Z"}"#
      ),
      event(
        .invoiceVoided, "v", at: told, #"{"invoice_id":"in_1","voided_at":"2024-02-02T00:00:00Z"}"#),
    ])
    let invoice = try #require(try store.statement("cus_a")?.invoices.first)
    let recorded =
      invoice.payments.map(\.recordedAt) + invoice.refunds.map(\.recordedAt)
      + invoice.creditNotes.map(\.recordedAt) + [invoice.void?.recordedAt]
    #expect(try recorded == Array(repeating: instant(told), count: 4))
    #expect(invoice.payments.first?.at == (try instant("2024-02-01T08:30:00Z")))
  }

  @Test func `a payment that two files tell in different words is one payment, whichever comes first`() throws
  {
    let told =
      #"{"invoice_id":"in_1","amount_paid":100.00,"payment_method":"card_ending_4242","paid_at":"2024-02-01T08:30:00Z"}"#
    let events = try [
      customerEvent(), event(.invoiceFinalized, "evt_i", invoiceData("in_1")),
      event(.paymentSucceeded, nil, of: nil, payment), event(.paymentSucceeded, nil, of: nil, told),
    ]
    let (one, other) = try (TemporaryStore(), TemporaryStore())
    #expect(try one.apply(events) == [.applied, .applied, .applied, .applied])
    try other.apply(events.reversed())
    #expect(try one.statement("cus_a")?.invoices.first?.payments.count == 1)
    #expect(try one.statement("cus_a") == other.statement("cus_a"))
    #expect(try StoreDump.lines(one.path) == StoreDump.lines(other.path))
  }
}

import FolioBilling
import FolioInvoicing
import FolioRating
import FolioStore
import FolioTestSupport
import Testing

@Suite struct FinalizerTests {
  private func shop(_ customers: String..., messages: Int = 8_420) throws -> Shop {
    try Shop([EventLines.plan()] + customers.flatMap { EventLines.january($0, messages: messages) })
  }

  @Test func `a month is invoiced once, in order of customers, however often it is finalised`() throws {
    let shop = try shop("cus_b", "cus_a", "cus_c")
    #expect(
      try shop.finalize().words == ["AS2-2024-001 421.00", "AS2-2024-002 421.00", "AS2-2024-003 421.00"])
    let events = try shop.eventCount()
    #expect(
      try shop.finalize().words == ["already AS2-2024-001", "already AS2-2024-002", "already AS2-2024-003"])
    #expect(try shop.finalize(at: "2024-05-01T00:00:00Z").count == 3)
    #expect(try shop.eventCount() == events)
  }

  @Test func `an invoice has the time of issue, the seller, the terms and its own identifier`() throws {
    let shop = try shop("cus_a")
    try shop.finalize()
    let invoice = try #require(try shop.invoices("cus_a").first)
    #expect(try invoice.document.created == instant("2024-02-01T00:10:00Z"))
    #expect(invoice.finalizedAt == invoice.document.created)
    #expect(invoice.document.dueDate.text == "2024-02-15T23:59:59Z")
    #expect(invoice.document.seller == Shop.seller && invoice.document.paymentTerms == "Net 14")
    #expect(invoice.document.partners.map(\.messages) == [8_420])
    #expect(invoice.id.text.hasPrefix("in_2024-01_") && invoice.id.text.utf8.count == 27)
  }

  @Test func `a month that is finalised in parts has the numbers of one run`() throws {
    let customers = (1...6).map { "cus_\($0)" }
    let shop = try Shop([EventLines.plan()] + customers.flatMap { EventLines.january($0) })
    for customer in customers.prefix(4) {
      try shop.finalize(customers: [customer])
      try shop.finalize(customers: [customers[0]])
    }
    try shop.finalize()
    let numbers = try customers.map { try shop.invoices($0).map(\.document.number) }
    #expect(numbers == (1...6).map { ["AS2-2024-00\($0)"] })
  }

  @Test func `a month in one transaction is the month of one run, or nothing of it is kept`() throws {
    struct Stop: Error {}
    let (shop, other) = (try shop("cus_a", "cus_b"), try shop("cus_a", "cus_b"))
    let time = try instant("2024-02-01T00:10:00Z")
    let request = FinalizationRequest(
      month: try month("2024-01"), issueTime: .exactly(time), receivedAt: time)
    let finalizer = InvoiceFinalizer(store: shop.store, settings: Shop.settings)
    #expect(throws: Stop.self) {
      try shop.store.write(receivedAt: time, origin: "") { log in
        try finalizer.finalize(request, in: log) { _, _ in }
        throw Stop()
      }
    }
    #expect(try shop.invoices("cus_a").isEmpty)
    try shop.store.write(receivedAt: time, origin: "") { log in
      try finalizer.finalize(request, in: log) { _, _ in }
    }
    try other.finalize()
    for customer in ["cus_a", "cus_b"] {
      #expect(try shop.invoices(customer) == other.invoices(customer))
    }
  }

  @Test func `two runs at once issue each invoice once, and no number twice`() throws {
    let customers = (1...6).map { "cus_\($0)" }
    let shop = try Shop([EventLines.plan()] + customers.flatMap { EventLines.january($0) })
    let other = try shop.secondWriter()
    var others = customers.reversed().makeIterator()
    // Between any two customers of the first run the second one issues an invoice.
    try shop.finalize { _ in
      guard let next = others.next() else { return }
      do { try shop.finalize(customers: [next], through: other) } catch { Issue.record(error) }
    }
    let numbers = try customers.map { try shop.invoices($0).map(\.document.number) }
    #expect(numbers.map(\.count) == Array(repeating: 1, count: 6))
    #expect(numbers.flatMap(\.self).sorted() == (1...6).map { "AS2-2024-00\($0)" })
    #expect(numbers.first == ["AS2-2024-001"] && numbers.last == ["AS2-2024-002"])
  }

  @Test func `a customer whose facts cannot be rated holds up nobody else`() throws {
    let shop = try shop("cus_a", "cus_c")
    try shop.apply(
      [EventLines.plan("plan_eur", currency: "eur"), EventLines.customer("cus_b")]
        + [EventLines.subscription(of: "cus_b", plan: "plan_eur")])
    #expect(try shop.finalize().words == ["AS2-2024-001 421.00", "held: failed", "AS2-2024-002 421.00"])
    #expect(try shop.invoices("cus_b").isEmpty)
  }

  @Test func `customers without a plan in the month are passed over`() throws {
    let shop = try shop("cus_a")
    try shop.apply([
      EventLines.customer("cus_b"), EventLines.subscription(of: "cus_b", from: "2024-02-01T00:00:00Z"),
      EventLines.customer("cus_c"),
    ])
    #expect(try shop.finalize().words == ["AS2-2024-001 421.00", "no plan", "no plan"])
  }

  @Test func `usage that is not complete is held, unless it is allowed`() throws {
    let shop = try Shop([
      EventLines.plan(), EventLines.customer("cus_a"), EventLines.subscription(of: "cus_a"),
      EventLines.usage(of: "cus_a", 8_420, in: "2024-01-15T11:00:00Z"),
    ])
    #expect(try shop.finalize().words == ["held: incomplete"])
    #expect(try shop.finalize(incomplete: true).words == ["AS2-2024-001 421.00"])
  }

  @Test(arguments: [
    (#","tax":{"category":"reverse_charge","rate":0}"#, true, "held: no_buyer_tax_id"),
    (
      #","tax":{"category":"reverse_charge","rate":0},"tax_ids":[{"type":"eu_vat","value":"DE1"}]"#, true,
      "AS2-2024-001 421.00"
    ),
    (#","tax":{"category":"standard","rate":0.08}"#, false, "held: no_seller_tax_id"),
    (#","tax":{"category":"standard","rate":0.08}"#, true, "AS2-2024-001 454.68"),
    (#","tax":{"category":"zero_rated","rate":0}"#, false, "AS2-2024-001 421.00"),
  ])
  func `tax ids are asked for where the law needs them`(
    _ tax: String, _ sellerHasID: Bool, _ outcome: String
  ) throws {
    let seller = Party(name: "S", taxIDs: sellerHasID ? Shop.seller.taxIDs : [])
    let settings = InvoicingSettings(seller: seller, taxWording: [.reverseCharge: "Reverse charge"])
    let shop = try Shop([EventLines.plan()] + EventLines.january("cus_a", more: tax))
    #expect(try shop.finalize(settings: settings).words == [outcome])
    #expect(try shop.finalize(missingTaxID: true, settings: settings).words.first?.contains("AS2") == true)
    let document = try #require(try shop.invoices("cus_a").first?.document)
    #expect(document.taxes.map(\.treatment.reason) == [tax.contains("reverse") ? "Reverse charge" : nil])
  }

  @Test func `nothing is issued without a seller, before the month's end or for an unknown customer`() throws
  {
    let shop = try shop("cus_a")
    let none = InvoicingSettings(seller: nil)
    #expect(throws: InvoicingError.noSeller) { try shop.finalize(settings: none) }
    let early = try instant("2024-01-31T23:59:59Z")
    #expect(throws: InvoicingError.periodNotOver(try month("2024-01"), issuedAt: early)) {
      try shop.finalize(at: "2024-01-31T23:59:59Z")
    }
    #expect(throws: InvoicingError.unknownCustomer(try CustomerID("cus_x"))) {
      try shop.finalize(customers: ["cus_x"])
    }
    #expect(try shop.finalize(at: "2024-02-01T00:00:00Z").words == ["AS2-2024-001 421.00"])
  }

  @Test func `a month of nothing is an invoice of nothing`() throws {
    let shop = try Shop(
      [EventLines.plan(base: "0")] + EventLines.january("cus_a", messages: 0))
    #expect(try shop.finalize().words == ["AS2-2024-001 0.00"])
    #expect(try shop.invoices("cus_a").first?.status() == .paid)
  }

  @Test func `an invoice that somebody else issued for the month is one`() throws {
    let shop = try shop("cus_a", "cus_b")
    try shop.apply([
      EventLines.event(
        "invoice.finalized", "x", at: "2024-01-20T00:00:00Z", of: "cus_a",
        #""invoice_id":"in_x","number":"X-1","currency":"usd","amount_due":1,"#
          + #""period_start":"2024-01-01T00:00:00Z","period_end":"2024-01-15T23:59:59Z","#
          + #""created":"2024-01-20T00:00:00Z","due_date":"2024-02-01T00:00:00Z""#)
    ])
    #expect(try shop.finalize().words == ["already X-1", "AS2-2024-001 421.00"])
  }
}

@Suite struct FrozenInvoiceTests {
  @Test func `late usage, renames, prices and the seller leave an issued invoice as it was`() throws {
    let shop = try Shop(
      [EventLines.plan()] + EventLines.january("cus_a")
        + [EventLines.partner(of: "cus_a", "prt_a", named: "Old name")])
    try shop.finalize()
    let before = try shop.invoices("cus_a")
    #expect(before.first?.document.partners.map(\.name) == ["Old name"])
    try shop.apply([
      EventLines.partner(of: "cus_a", "prt_a", named: "New name", at: "2024-02-02T00:00:00Z"),
      EventLines.plan(base: "500", rate: "0.9", recordedAt: "2024-02-03T00:00:00Z"),
      EventLines.customer("cus_a", at: "2024-02-04T00:00:00Z", more: #","country":"FR""#),
      EventLines.usage(
        of: "cus_a", 99_999, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-05T00:00:00Z"),
    ])
    try shop.finalize(settings: InvoicingSettings(seller: Party(name: "Other")))
    #expect(try shop.invoices("cus_a") == before)
  }

  @Test func `late usage is on the next invoice, with its own dates, and once`() throws {
    let shop = try Shop([EventLines.plan()] + EventLines.january("cus_a", messages: 5_000))
    try shop.finalize()
    try shop.apply([
      EventLines.usage(of: "cus_a", 8_420, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-05T00:00:00Z"),
      EventLines.watermark(of: "cus_a", through: "2024-03-01T00:00:00Z"),
    ])
    #expect(try shop.finalize("2024-02", at: "2024-03-01T00:10:00Z").words == ["AS2-2024-002 421.00"])
    let late = try shop.invoices("cus_a")[1].document.lines.filter { $0.kind == .lateUsage }
    #expect(late.map(\.amount.decimalText) == ["122.00"] && late.map(\.quantity) == [3_420])
    #expect(try late.map(\.servicePeriod) == [month("2024-01").period])
    try shop.apply([EventLines.watermark(of: "cus_a", through: "2024-04-01T00:00:00Z")])
    #expect(try shop.finalize("2024-03", at: "2024-04-01T00:10:00Z").words == ["AS2-2024-003 299.00"])
  }

  @Test func `a correction beyond the month is carried over, and the outcome says how much`() throws {
    let shop = try Shop([EventLines.plan()] + EventLines.january("cus_a", messages: 20_000))
    try shop.finalize()
    try shop.apply([
      EventLines.usage(of: "cus_a", 10, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-05T00:00:00Z"),
      EventLines.watermark(of: "cus_a", through: "2024-05-01T00:00:00Z"),
    ])
    let february = try shop.finalize("2024-02", at: "2024-03-01T00:10:00Z")
    guard case .issued(let invoice)? = february["cus_a"] else { return #expect(Bool(false)) }
    #expect(invoice.document.amountDue.isZero && invoice.carriedOver.decimalText == "-402.00")
    #expect(try shop.finalize("2024-03", at: "2024-04-01T00:10:00Z").words == ["AS2-2024-003 0.00"])
    #expect(try shop.finalize("2024-04", at: "2024-05-01T00:10:00Z").words == ["AS2-2024-004 196.00"])
  }

  @Test func `late usage after the last plan is told, as no invoice can carry it`() throws {
    let shop = try Shop([EventLines.plan()] + EventLines.january("cus_a", messages: 5_000))
    try shop.finalize()
    try shop.apply([
      EventLines.event(
        "subscription.canceled", "end", at: "2024-01-31T00:00:00Z", of: "cus_a",
        #""subscription_id":"sub_a","canceled_at":"2024-01-31T00:00:00Z","at_period_end":true"#),
      EventLines.usage(of: "cus_a", 8_420, in: "2024-01-15T11:00:00Z", receivedAt: "2024-02-05T00:00:00Z"),
    ])
    #expect(try shop.finalize("2024-02", at: "2024-03-01T00:10:00Z").words == ["no plan 122.00"])
    #expect(
      try shop.preview("2024-02", at: "2024-03-01T00:10:00Z").flatMap(\.remarks).map(\.code)
        == ["correction_without_plan"])
  }

  @Test func `a plan change within the month is two segments on one invoice`() throws {
    let shop = try Shop(
      [EventLines.plan(), EventLines.plan("plan_b", base: "620")] + EventLines.january("cus_a", messages: 100)
        + [EventLines.planChange(of: "cus_a", to: "plan_b", at: "2024-01-11T00:00:00Z")])
    #expect(try shop.finalize().words == ["AS2-2024-001 516.45"])
    let document = try #require(try shop.invoices("cus_a").first?.document)
    #expect(document.plans.map(\.planID.text) == ["plan_a", "plan_b"])
    #expect(Reconciliation.faults(in: document).isEmpty)
  }

  @Test(arguments: [("jpy", "29900", "5", "42100"), ("kwd", "299", "0.05", "421.000")])
  func `currencies without digits and with three`(
    _ code: String, _ base: String, _ rate: String, _ total: String
  ) throws {
    let shop = try Shop(
      [
        EventLines.plan(base: base, rate: rate, currency: code),
        EventLines.customer("cus_a", currency: code),
      ] + EventLines.january("cus_a").dropFirst())
    #expect(try shop.finalize().words == ["AS2-2024-001 \(total)"])
  }
}

@Suite struct NumberingTests {
  private func shop() throws -> Shop {
    try Shop([EventLines.plan()] + EventLines.january("cus_a") + EventLines.january("cus_b"))
  }

  private func imported(_ number: String, created: String = "2024-01-20T00:00:00Z") -> String {
    EventLines.event(
      "invoice.finalized", "x_\(created.prefix(10))", at: created, of: "cus_z",
      #""invoice_id":"in_x_\#(created.prefix(10))","number":"\#(number)","currency":"usd","amount_due":1,"#
        + #""period_start":"2023-01-01T00:00:00Z","period_end":"2023-01-31T23:59:59Z","#
        + #""created":"\#(created)","due_date":"2024-03-01T00:00:00Z""#)
  }

  @Test(arguments: [
    ("AS2-2024-007", ["AS2-2024-008", "AS2-2024-009"]), ("AS2-2024-7", ["AS2-2024-008", "AS2-2024-009"]),
    ("AS2-2024-999", ["AS2-2024-1000", "AS2-2024-1001"]), ("AS2-2023-050", ["AS2-2024-001", "AS2-2024-002"]),
    ("AS2-2024-007-A", ["AS2-2024-001", "AS2-2024-002"]), ("AS2-2024-", ["AS2-2024-001", "AS2-2024-002"]),
    ("AS2-2024-99999999999999999999", ["AS2-2024-001", "AS2-2024-002"]),
  ])
  func `numbers go on behind the largest of the series, whoever issued it`(
    _ number: String, _ next: [String]
  ) throws {
    let shop = try shop()
    try shop.apply([EventLines.customer("cus_z"), imported(number)])
    try shop.finalize()
    #expect(try ["cus_a", "cus_b"].map { try shop.invoices($0)[0].document.number } == next)
  }

  @Test func `each year of issue counts from one`() throws {
    let shop = try Shop([
      EventLines.plan(), EventLines.customer("cus_a"),
      EventLines.subscription(of: "cus_a", from: "2023-11-01T00:00:00Z"),
      EventLines.watermark(of: "cus_a", through: "2024-02-01T00:00:00Z"),
    ])
    #expect(try shop.finalize("2023-11", at: "2023-12-01T00:10:00Z").words == ["AS2-2023-001 299.00"])
    #expect(try shop.finalize("2023-12", at: "2024-01-01T00:10:00Z").words == ["AS2-2024-001 299.00"])
    #expect(try shop.finalize("2024-01", at: "2024-02-01T00:10:00Z").words == ["AS2-2024-002 299.00"])
  }

  @Test func `numbers follow dates`() throws {
    let shop = try shop()
    try shop.finalize(at: "2024-02-02T00:00:00Z", customers: ["cus_a"])
    let newest = try instant("2024-02-02T00:00:00Z")
    let early = try instant("2024-02-01T23:00:00Z")
    let error = InvoicingError.datedBeforeSeries(prefix: "AS2-2024-", newest: newest, issuedAt: early)
    #expect(throws: error) { try shop.finalize(at: "2024-02-01T23:00:00Z") }
    #expect(throws: error) { try shop.finalize(at: "2024-02-01T23:00:00Z", now: true) }
    #expect(
      try shop.finalize(at: "2024-02-02T00:00:00Z").words == ["already AS2-2024-001", "AS2-2024-002 421.00"])
  }

  @Test func `where the clock lags behind another process of the same day the date does not go back`() throws
  {
    let shop = try shop()
    try shop.finalize(at: "2024-02-02T10:00:05Z", customers: ["cus_a"])
    try shop.finalize(at: "2024-02-02T10:00:00Z", now: true)
    #expect(try shop.invoices("cus_b")[0].document.created == instant("2024-02-02T10:00:05Z"))
  }

  @Test func `the configured series, separator and width make the number`() throws {
    let shop = try shop()
    let settings = InvoicingSettings(
      seller: Shop.seller, invoiceNumbers: InvoiceNumberFormat(series: "R", separator: "/", width: 5))
    #expect(try shop.finalize(settings: settings).words == ["R/2024/00001 421.00", "R/2024/00002 421.00"])
  }
}

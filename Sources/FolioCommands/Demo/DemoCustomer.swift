import FolioBilling
import FolioRating
import FolioStore
import JSON

/// One customer of the demo with everything that is known of it.
struct DemoCustomer {
  let index: Int
  let company: DemoCompany
  let id: CustomerID
  let firstMonth: CalendarMonth
  private let maker: DemoEvents

  init(index: Int) {
    self.index = index
    company = DemoCompany.all[index % DemoCompany.all.count]
    id = demoIdentifier("cus_demo_" + demoNumber(index + 1, 4))
    guard let month = CalendarMonth(company.firstMonth) else {
      preconditionFailure("a company has a first month")
    }
    firstMonth = month
    maker = DemoEvents(customer: id)
  }

  /// The name, with a number from the second round of companies on.
  private var name: String {
    let round = index / DemoCompany.all.count
    return round == 0 ? company.name : company.name + " \(round + 1)"
  }

  private var start: Timestamp { firstMonth.period.start }

  private var currency: Currency {
    guard let currency = Currency(code: company.currency) else {
      preconditionFailure("a company has a currency")
    }
    return currency
  }

  private var buyer: Party {
    Party(
      name: name, addressLines: company.address, country: company.country,
      taxIDs: company.taxID.map { [$0] } ?? [], email: nil)
  }

  /// The customer itself, its subscription, payment method, partners and budget.
  func masterData() throws(FieldError) -> [ReceivedEvent] {
    var events = [
      try maker.make(.customerUpdated, "customer", at: start, customerData),
      try maker.make(
        .subscriptionCreated, "subscription", at: start,
        [
          ("subscription_id", text("sub_demo_" + demoNumber(index + 1, 4))), ("plan_id", text(company.plan)),
          ("started_at", text(start.text)), ("billing_cycle", text("monthly")),
        ]),
      try maker.make(
        .paymentMethodAdded, "method", at: start,
        [
          ("payment_method_id", text("pm_demo_" + demoNumber(index + 1, 4))), ("type", text("card")),
          ("brand", text("visa")), ("last4", text("4242")), ("exp_month", decimal("12")),
          ("exp_year", decimal("2027")), ("default", .bool(true)),
        ]),
      try maker.make(
        .budgetSet, "budget", at: start,
        [
          ("budget_id", text("bud_monthly")), ("name", text("Monthly AS2 Budget")),
          ("amount", budgetAmount.json), ("period", text("monthly")),
          ("alert_thresholds", .array([50, 75, 90, 100].map { .number(JSONNumber($0)) })),
          ("hard_limit", .bool(false)),
        ]),
    ]
    for partner in 0..<company.partnerCount { events.append(try partnerEvent(partner)) }
    return events
  }

  private var customerData: [(name: String, value: JSONValue)] {
    var tax: [(name: String, value: JSONValue)] = [
      ("category", text(company.tax.category.rawValue)), ("rate", decimal(company.tax.rate.text)),
    ]
    if let reason = company.tax.reason { tax.append(("reason", text(reason))) }
    return [
      ("name", text(name)), ("currency", text(currency.lowercaseCode)),
      ("address_lines", list(company.address)),
      ("country", text(company.country)), ("tax_ids", .array(company.taxID.map { [$0.json] } ?? [])),
      ("tax", .object(JSONObject(tax))), ("purchase_order", text("PO-77\(demoNumber(index + 10, 3))")),
    ]
  }

  private var budgetAmount: Money {
    let major: Int64 = currency.minorDigits == 0 ? 150_000 : currency.minorDigits == 3 ? 300 : 2_000
    return Money(minorUnits: major * powerOfTen(currency.minorDigits), currency: currency)
  }

  private func partnerEvent(_ partner: Int) throws(FieldError) -> ReceivedEvent {
    let departments = DemoCompany.departments
    var data: [(name: String, value: JSONValue)] = [
      ("partner_id", text(DemoUsage.partnerID(partner).text)),
      ("name", text(DemoCompany.partnerNames[(partner + index) % DemoCompany.partnerNames.count])),
    ]
    // The last partner of each customer is in no department.
    if partner + 1 < company.partnerCount {
      data.append(("department", text(departments[partner % departments.count])))
      data.append(("department_from", text(firstMonth.firstDay.text)))
    }
    return try maker.make(.partnerUpdated, "partner_\(partner + 1)", at: start, data)
  }

  /// The usage events of a month, and what they add up to.
  func usage(
    in month: CalendarMonth, before end: Timestamp, _ usage: inout DemoUsage
  ) throws -> (events: [ReceivedEvent], total: UsageCounts, activePartners: Int64) {
    var (events, total, active): ([ReceivedEvent], UsageCounts, Set<PartnerID>) = ([], UsageCounts(), [])
    for day in month.days where day.start < end {
      let growth = day.daysSinceEpoch - firstMonth.firstDay.daysSinceEpoch
      let readings = usage.readings(on: day, before: end, growthDays: growth)
      if readings.isEmpty { continue }
      for reading in readings { total = try total.adding(reading.counts) }
      active.formUnion(readings.map(\.partnerID))
      events.append(maker.usage(readings, on: day))
    }
    return (events, total, Int64(active.count))
  }

  /// Through when usage is complete.
  func watermark(_ instant: Timestamp) throws(FieldError) -> ReceivedEvent {
    try maker.make(.usageWatermark, "watermark", at: instant, [("complete_through", text(instant.text))])
  }
}

extension DemoCustomer {
  /// The invoice of a month, finalised on the first day of the next, and how it was paid.
  func invoice(
    for month: CalendarMonth, number: String, total: UsageCounts, activePartners: Int64, plans: [PlanVersion],
    seller: Party, asOf: Timestamp
  ) throws -> [ReceivedEvent] {
    let subscription = Subscription(
      id: demoIdentifier("sub_demo"), startedAt: start,
      changes: [SubscriptionChange(effectiveAt: start, planID: demoIdentifier(company.plan))])
    let segments = try PlanTimeline(subscriptions: [subscription], plans: plans).segments(of: month.period)
    let usage = try SegmentedUsage(segments: segments, total: total)
    let charges = try Rater.rate(usage, in: month, currency: currency, activePartners: activePartners)
    let created = month.period.end.adding(seconds: 5_400)
    let document = try InvoiceDrafting.makeDocument(
      charges,
      InvoiceParticulars(
        number: number, created: created, paymentTerms: "Payable within 14 days without deduction.",
        seller: seller, buyer: buyer, purchaseOrder: "PO-77\(demoNumber(index + 10, 3))", tax: company.tax))
    let invoiceID: InvoiceID = demoIdentifier("in_demo_" + demoNumber(index + 1, 4) + "_" + month.text)
    let finalized = try maker.make(
      .invoiceFinalized, "invoice_" + month.text, at: created, document.eventData(id: invoiceID).members)
    let events = [finalized] + (try payments(of: invoiceID, document, month))
    return events.filter { ($0.time ?? created) <= asOf }
  }

  /// Most invoices are paid within days; the fourth of each ten customers has paid half of the last ones, the fifth leaves the
  /// last two open, the seventh needs a second attempt, and the sixth got a credit note once.
  private func payments(
    of invoice: InvoiceID, _ document: InvoiceDocument, _ month: CalendarMonth
  ) throws -> [ReceivedEvent] {
    if document.amountDue.isZero { return [] }
    let isRecent = month >= CalendarMonth(ordinal: 2026 * 12 + 3)
    let paidAt = document.created.adding(seconds: 2 * 86_400 + 9 * 3_600)
    switch index % DemoCompany.all.count {
    case 3 where isRecent:
      let parts = document.amountDue.split(across: [1, 1])
      return [try payment(of: invoice, parts[0], at: paidAt, 1)]
    case 4 where isRecent: return []
    case 5 where month == CalendarMonth(ordinal: 2026 * 12 + 1):
      let credit = try document.amountDue.scaled(by: 1, over: 10)
      let rest = try document.amountDue.subtracting(credit)
      return [try creditNote(of: invoice, credit, at: paidAt), try payment(of: invoice, rest, at: paidAt, 1)]
    case 6:
      let failed = try failure(of: invoice, document.amountDue, at: paidAt)
      if month == CalendarMonth(ordinal: 2026 * 12 + 4) { return [failed] }
      return [
        failed, try payment(of: invoice, document.amountDue, at: paidAt.adding(seconds: 4 * 86_400), 1),
      ]
    default: return [try payment(of: invoice, document.amountDue, at: paidAt, 1)]
    }
  }

  private func payment(
    of invoice: InvoiceID, _ amount: Money, at instant: Timestamp, _ part: Int
  ) throws(FieldError) -> ReceivedEvent {
    try maker.make(
      .paymentSucceeded, "payment_\(part)_" + invoice.text, at: instant,
      [
        ("invoice_id", text(invoice.text)), ("amount_paid", amount.json),
        ("payment_method", text("card_ending_4242")), ("paid_at", text(instant.text)),
      ])
  }

  private func failure(of invoice: InvoiceID, _ amount: Money, at instant: Timestamp) throws(FieldError)
    -> ReceivedEvent
  {
    try maker.make(
      .paymentFailed, "failure_" + invoice.text, at: instant,
      [
        ("invoice_id", text(invoice.text)), ("amount", amount.json),
        ("failure_reason", text("insufficient_funds")),
        ("retry_date", text(instant.adding(seconds: 21 * 86_400).date.start.text)),
      ])
  }

  private func creditNote(
    of invoice: InvoiceID, _ amount: Money, at instant: Timestamp
  ) throws(FieldError) -> ReceivedEvent {
    try maker.make(
      .creditNoteIssued, "credit_" + invoice.text, at: instant.adding(seconds: -3_600),
      [
        ("credit_note_id", text("cn_" + invoice.text)), ("invoice_id", text(invoice.text)),
        ("number", text("CN-\(instant.date.components.year)-" + demoNumber(index + 1, 3))),
        ("amount", amount.json),
        ("issued_at", text(instant.adding(seconds: -3_600).text)),
        ("reason", text("Messages of 3 February were sent twice by the platform")),
      ])
  }
}

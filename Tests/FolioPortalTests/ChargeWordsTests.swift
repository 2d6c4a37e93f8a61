import FolioBilling
import FolioPortal
import Testing

@Suite struct ChargeWordsTests {
  private func plan(_ change: (Currency) throws -> PlanTerms) throws -> PlanVersion {
    let sample = try Samples.plan()
    return PlanVersion(
      planID: sample.planID, name: sample.name, effectiveAt: sample.effectiveAt,
      terms: try change(currency("USD")))
  }

  private func price(_ text: String) throws -> UnitPrice {
    UnitPrice(try ExactDecimal(text), currency: try currency("USD"))
  }

  private func fixture(
    plan: PlanVersion? = nil, subscription: Subscription? = nil, usage: [MonthUsage]? = nil,
    invoices: [Invoice] = [], asOf: String = "2024-02-07T00:00:00Z"
  ) throws -> PortalFixture {
    try PortalFixture(
      Statement(
        customer: Samples.customer(), asOf: at(asOf), usageCompleteThrough: at(asOf),
        subscriptions: [subscription ?? Samples.subscription()], plans: [plan ?? Samples.plan()],
        usage: usage ?? [Samples.usage("2024-01", messages: 16_940)], invoices: invoices))
  }

  private func subscription(from start: String, canceled: String, atPeriodEnd: Bool = false) throws
    -> Subscription
  {
    Subscription(
      id: try SubscriptionID("sub_a"), startedAt: try at(start),
      changes: [SubscriptionChange(effectiveAt: try at(start), planID: try PlanID("plan_enterprise"))],
      cancellation: SubscriptionCancellation(canceledAt: try at(canceled), atPeriodEnd: atPeriodEnd))
  }

  /// An invoice of January over some messages, more than the base fee covers, at the sample plan, with 8 % tax.
  private func invoice(messages: Int64, void: Bool = false) throws -> Invoice {
    let (january, base, day) = (
      try month("2024-01").period, try usd("299.00"), try at("2024-02-03T00:00:00Z")
    )
    let gross = try price("0.05").times(messages)
    let lines = [
      ChargeLine(kind: .baseFee, planName: nil, servicePeriod: january, gross: base, amount: base),
      ChargeLine(
        kind: .messages, planName: nil, servicePeriod: january, quantity: messages,
        unitPrice: try price("0.05"), gross: gross, covered: base, amount: try gross.subtracting(base)),
    ]
    let tax = try gross.scaled(by: 8, over: 100)
    let treatment = TaxTreatment(category: .standard, rate: try ExactDecimal("0.08"))
    let document = InvoiceDocument(
      number: "AS2-2024-007", currency: base.currency, amountDue: try gross.adding(tax), period: january,
      created: day, dueDate: try at("2024-02-17T23:59:59Z"), lines: lines,
      taxes: [TaxLine(treatment: treatment, taxable: gross, amount: tax)], subtotal: gross)
    return Invoice(
      id: try InvoiceID("in_1"), document: document, finalizedAt: day,
      void: void ? InvoiceClosing(at: day) : nil)
  }

  // MARK: Late usage

  @Test func `late usage is said with its arithmetic, and the next invoice's line is in the feed`() throws {
    let fixture = try fixture(invoices: [invoice(messages: 16_840)])
    let page = fixture.text("usage/2024-01.html").replacing("&#39;", with: "'")
    #expect(
      page.contains(
        "$842.00 was invoiced on <a href=\"../invoices/in_1.html\"><bdi>AS2-2024-007</bdi></a>, and the month's"
          + " usage now gives $847.00, before tax. The difference of <strong>$5.00</strong> for 100 messages"
          + " is not on an invoice yet."))
    #expect(page.contains("AS2-2024-007</bdi></a>: <strong>$909.36</strong>, tax included."))
    let feed = fixture.text("feeds/usage/2024-01.json")
    for field in [
      "\"invoice_id\": \"in_1\"", "\"number\": \"AS2-2024-007\"", "\"amount\": 842.00",
      "\"difference\": 5.00", "\"amount_minor\": 84200", "\"difference_minor\": 500",
    ] { #expect(feed.contains(field), "\(field)") }
    #expect(feed.contains("\"last_changed\": \"2024-02-03T00:00:00Z\""))
    #expect(fixture.text("index.html").contains("changes charges by $5.00"))
    #expect(fixture.text("feeds/usage/current.json").contains("\"kind\": \"late_usage\""))
  }

  @Test func `a month as it was invoiced says only where`() throws {
    let fixture = try fixture(invoices: [invoice(messages: 16_940)])
    let page = fixture.text("usage/2024-01.html")
    #expect(page.contains("Invoiced as <a") && !page.contains("is not on an invoice yet"))
    #expect(fixture.text("feeds/usage/2024-01.json").contains("\"difference\": 0.00"))
    #expect(fixture.text("feeds/usage/current.json").contains("\"late_usage\": []"))
    #expect(!fixture.text("index.html").contains("arrived after its invoice"))
  }

  @Test func `void invoices and months without one have nothing to compare with`() throws {
    for invoices in [[], [try invoice(messages: 16_840, void: true)]] {
      let fixture = try fixture(invoices: invoices)
      #expect(fixture.text("feeds/usage/2024-01.json").contains("\"invoiced\": null"))
      #expect(!fixture.text("usage/2024-01.html").contains("nvoiced as"))
    }
  }

  @Test func `a later invoice that carries the line settles the difference`() throws {
    let january = try month("2024-01").period
    let amount = try usd("5.00")
    let line = ChargeLine(
      kind: .lateUsage, planName: nil, servicePeriod: january, quantity: 100, gross: amount, amount: amount)
    let february = InvoiceDocument(
      number: "2", currency: amount.currency, amountDue: amount, period: try month("2024-02").period,
      created: try at("2024-03-01T00:00:00Z"), dueDate: try at("2024-03-15T00:00:00Z"), lines: [line],
      subtotal: amount)
    let later = Invoice(id: try InvoiceID("in_2"), document: february, finalizedAt: february.created)
    let fixture = try fixture(invoices: [invoice(messages: 16_840), later], asOf: "2024-03-05T00:00:00Z")
    let feed = fixture.text("feeds/usage/2024-01.json")
    #expect(feed.contains("\"amount\": 847.00") && feed.contains("\"difference\": 0.00"))
    #expect(!fixture.text("usage/2024-01.html").contains("is not on an invoice yet"))
  }

  // MARK: Words beside totals

  @Test(arguments: [(false, "before tax"), (true, "tax included")])
  func `a total says whether it contains tax`(isIncluded: Bool, words: String) throws {
    let plan = try plan { currency in
      PlanTerms(
        model: .basePlusUsage, currency: currency, baseFee: try usd("299.00"), messageRate: try price("0.05"),
        pricesIncludeTax: isIncluded)
    }
    let fixture = try fixture(plan: plan)
    #expect(fixture.text("index.html").contains("Total so far, \(words)"))
    #expect(fixture.text("usage/2024-01.html").contains("Total, \(words)"))
    #expect(fixture.text("usage/index.html").contains("Charges, \(words)"))
  }

  @Test func `messages while no plan was in force have a row of their own`() throws {
    let hours = try [("2024-01-05T00:00:00Z", 12), ("2024-01-12T00:00:00Z", 8_000)]
      .map { HourUsage(hour: try at($0.0).hour, counts: UsageCounts(messages: Int64($0.1))) }
    let sample = try Samples.usage("2024-01", messages: 8_012)
    let usage = MonthUsage(month: sample.month, partners: sample.partners, days: sample.days, hours: hours)
    let fixture = try fixture(
      subscription: Samples.subscription(from: "2024-01-11T00:00:00Z"), usage: [usage])
    let page = fixture.text("usage/2024-01.html").replacing("&#39;", with: "'")
    #expect(page.contains("<bdi>12 messages while no plan was in force, not charged</bdi>"))
    #expect(page.contains("share of the month's message charges"))
    #expect(fixture.text("feeds/usage/2024-01.json").contains("\"unplanned_messages\": 12,"))
    #expect(!fixture.text("index.html").contains("while no plan was in force"))
    #expect(fixture.text("feeds/usage/current.json").contains("\"unplanned_messages\": 0,"))
  }

  @Test func `the cost of partners says what it is made of`() throws {
    let tiers = TieredPrice(
      mode: .graduated,
      tiers: [
        PriceTier(upTo: 1_000, unitPrice: try price("0.05")),
        PriceTier(upTo: nil, unitPrice: try price("0.04")),
      ])
    let tiered = try plan {
      PlanTerms(model: .enterpriseCustom, currency: $0, baseFee: .zero($0), messageTiers: tiers)
    }
    let fees = try plan {
      PlanTerms(model: .perPartner, currency: $0, baseFee: .zero($0), partnerFee: try price("10"))
    }
    for (plan, words) in [
      (try Samples.plan(), "messages at the plan's rate of $0.05"),
      (tiered, "share of the month's message charges"), (fees, "messages have no price of their own"),
    ] {
      let page = try fixture(plan: plan).text("usage/2024-01.html").replacing("&#39;", with: "'")
      #expect(page.contains(words), "\(words)")
    }
  }

  // MARK: Lines

  @Test func `commitments, discounts and packages explain themselves`() throws {
    let packages = TieredPrice(
      mode: .package, tiers: [PriceTier(upTo: nil, unitPrice: try price("10"))], packageSize: 1_000)
    let plan = try plan {
      PlanTerms(
        model: .enterpriseCustom, currency: $0, baseFee: .zero($0), messageTiers: packages,
        minimumCommitment: try usd("200.00"),
        discounts: [Discount(rate: try ExactDecimal("0.05"), name: "Volume")])
    }
    let fixture = try fixture(plan: plan)
    let page = fixture.text("usage/2024-01.html")
    for words in [
      "16,940 messages, charged as packages below", "5\u{A0}% of $200.00",
      "minimum commitment of $200.00, less charges of $170.00",
    ] { #expect(page.contains(words), "\(words)") }
    let feed = fixture.text("feeds/usage/2024-01.json")
    #expect(feed.contains("\"rate\": 0.05,\n        \"basis\": 200.00,\n        \"basis_minor\": 20000"))
    #expect(feed.contains("\"rate\": null,\n        \"basis\": 170.00"))
  }

  @Test func `the table of days has its totals in every column`() throws {
    let page = try fixture(usage: [Samples.usage("2024-01", messages: 101, failed: 3)])
      .text("usage/2024-01.html")
    #expect(
      page.contains(
        "<tfoot>\n<tr><th scope=\"row\"><bdi>Total</bdi></th><td class=\"n\">50</td><td class=\"n\">51</td>"
          + "<td class=\"n\">3</td><td class=\"n\">101</td>"))
  }

  // MARK: Ended subscriptions

  @Test(
    arguments: [
      ("2024-01-15T09:00:00Z", false, "15 Jan 2024"), ("2024-01-15T09:00:00Z", true, "31 Jan 2024"),
      ("2024-02-01T00:00:00Z", false, "1 Feb 2024"),
    ])
  func `an ended subscription is said to have ended`(canceled: String, atPeriodEnd: Bool, day: String) throws
  {
    let subscription = try subscription(
      from: "2023-12-01T00:00:00Z", canceled: canceled, atPeriodEnd: atPeriodEnd)
    let fixture = try fixture(subscription: subscription)
    let (page, overview) = (fixture.text("usage/2024-02.html"), fixture.text("index.html"))
    for text in [page, overview] {
      #expect(text.contains("The subscription ended on \(day)") && !text.contains("No plan is known"))
    }
    #expect(overview.contains("<span>the subscription ended on \(day)</span>"))
    #expect(!overview.contains("at the pace of this month"))
    let feed = fixture.text("feeds/billing.json")
    #expect(feed.contains("\"current_period_start\": \"2024-01-01T00:00:00Z\""), "\(feed)")
    #expect(feed.contains("\"current_period_end\": \"2024-02-01T00:00:00Z\""))
  }

  @Test func `a month before the subscription says that none is in force, and no plan unknown`() throws {
    let coming = try Samples.subscription(from: "2024-06-01T00:00:00Z")
    let fixture = try fixture(subscription: coming)
    for path in ["index.html", "usage/2024-01.html", "usage/2024-02.html"] {
      let text = fixture.text(path)
      #expect(text.contains("No subscription is in force in this month, so nothing is charged"), "\(path)")
      #expect(text.contains("no subscription is in force") && !text.lowercased().contains("no plan is known"))
    }
  }
}

import FolioBilling

func at(_ text: String) throws -> Timestamp { try required(Timestamp(text)) }

func month(_ text: String) throws -> CalendarMonth { try required(CalendarMonth(text)) }

func day(_ text: String) throws -> CalendarDate { try required(CalendarDate(text)) }

func currency(_ code: String) throws -> Currency { try required(Currency(code: code)) }

func usd(_ text: String) throws -> Money { try Money(text, currency: currency("USD")) }

private struct Missing: Error {}

private func required<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw Missing() }
  return value
}

/// Statements for tests.
enum Samples {
  static func plan(
    _ code: String = "USD", base: String = "299.00", rate: String = "0.05", id: String = "plan_enterprise",
    name: String = "Enterprise Plan"
  ) throws -> PlanVersion {
    let currency = try currency(code)
    return PlanVersion(
      planID: try PlanID(id), name: name, effectiveAt: try at("2023-01-01T00:00:00Z"),
      terms: PlanTerms(
        model: .basePlusUsage, currency: currency, baseFee: try Money(base, currency: currency),
        messageRate: UnitPrice(try ExactDecimal(rate), currency: currency)))
  }

  static func subscription(
    from start: String = "2024-01-01T00:00:00Z", stated: BillingPeriod? = nil
  ) throws -> Subscription {
    Subscription(
      id: try SubscriptionID("sub_enterprise_plan"), startedAt: try at(start),
      changes: [SubscriptionChange(effectiveAt: try at(start), planID: try PlanID("plan_enterprise"))],
      statedStatus: "active", statedPeriod: stated)
  }

  static func customer(_ name: String? = nil, currency code: String = "USD") throws -> Customer {
    Customer(id: try CustomerID("cus_enterprise_customer"), name: name, currency: try currency(code))
  }

  /// A month of one partner, its messages on one day.
  static func usage(_ text: String, messages: Int64, failed: Int64 = 0, partner: String = "prt_a") throws
    -> MonthUsage
  {
    let half = messages / 2
    let inbound = UsageCounts(messages: half, failed: failed, bytes: half * 1_000)
    let outbound = UsageCounts(messages: messages - half, bytes: (messages - half) * 1_000)
    return MonthUsage(
      month: try month(text),
      partners: [PartnerUsage(partnerID: try PartnerID(partner), inbound: inbound, outbound: outbound)],
      days: [DayUsage(date: try month(text).firstDay, inbound: inbound, outbound: outbound)],
      changedAt: try at("\(text)-02T00:00:00Z"))
  }

  /// Scenario S1.
  static func monthToDate() throws -> Statement {
    Statement(
      customer: try customer(), asOf: try at("2024-01-16T12:00:00Z"),
      usageCompleteThrough: try at("2024-01-16T12:00:00Z"), subscriptions: [try subscription()],
      plans: [try plan()], usage: [try usage("2024-01", messages: 8_420)])
  }

  /// What an import of the answers `billing`, `usage` and `invoices` gives.
  static func imported() throws -> Statement {
    let january = try month("2024-01")
    let method = PaymentMethod(
      id: try PaymentMethodID("pm_1"), type: "card", last4: "4242", expiryMonth: 12, expiryYear: 2025)
    let stated = StatedUsage(
      month: january, messages: 15_420, inboundMessages: 7_210, outboundMessages: 8_210, totalPartners: 12,
      activePartners: 11, bytes: 2_147_483_648,
      partners: [
        StatedPartnerUsage(
          partnerID: try PartnerID("prt_enterprise_001"), name: "Enterprise Partner Corp", messages: 8_500,
          bytes: 1_073_741_824, successRate: try ExactDecimal("99.9"))
      ],
      days: [StatedDayUsage(date: try day("2024-01-01"), messages: 512, bytes: 67_108_864)])
    return Statement(
      customer: try customer(), asOf: try at("2024-02-16T00:00:00Z"),
      subscriptions: [try subscription(stated: january.period)], plans: [try plan()],
      paymentMethods: [method],
      defaultPaymentMethodID: method.id,
      partners: [Partner(id: try PartnerID("prt_enterprise_001"), name: nil)],
      usage: [MonthUsage(month: january, stated: stated)], invoices: [try paidInvoice()])
  }

  static func paidInvoice() throws -> Invoice {
    Invoice(
      id: try InvoiceID("in_invoice_123"),
      document: InvoiceDocument(
        number: "AS2-2024-001", currency: try currency("USD"), amountDue: try usd("421.00"),
        period: try month("2024-01").period, created: try at("2024-02-01T00:00:00Z"),
        dueDate: try at("2024-02-15T23:59:59Z")),
      finalizedAt: try at("2024-02-01T00:00:00Z"),
      payments: [
        Payment(outcome: .succeeded, amount: try usd("421.00"), at: try at("2024-02-01T08:30:00Z"))
      ])
  }
}

extension Samples {
  /// Fourteen months of several partners, with invoices in every state.
  static func busy() throws -> Statement {
    let months = (0...13).map { CalendarMonth(ordinal: 2022 * 12 + 11 + $0) }
    let partners = try [
      ("prt_enterprise_001", "Enterprise Partner Corp"),
      ("prt_muenchen", "München Großhandels- und Verbrauchsgütervertriebsgesellschaft mbH & Co. KG"),
      ("prt_tokyo", "株式会社東京電子商取引サービス"), ("prt_khalij", "شركة الخليج للتجارة الإلكترونية"),
      ("prt_obrien", "O'Brien & Sons \"Freight\" <EDI>"),
    ].map { Partner(id: try PartnerID($0.0), name: $0.1) }
    return Statement(
      customer: Customer(
        id: try CustomerID("cus_enterprise_customer"), name: "Corporation Inc", currency: try currency("USD")),
      asOf: try at("2024-01-16T14:20:00Z"), usageCompleteThrough: try at("2024-01-16T14:00:00Z"),
      subscriptions: [try subscription(from: "2022-12-01T00:00:00Z")], plans: [try plan()],
      partners: partners,
      usage: try months.map { try busyMonth($0, partners) }, invoices: try invoices(),
      notices: [
        Notice(
          id: try NoticeID("ntc_1"),
          body:
            "# Maintenance\n\nOn **20 Jan 2024** from 02:00 to 04:00 UTC messages are delayed. See [status](https://status.example.com/).",
          from: try at("2024-01-10T00:00:00Z"))
      ])
  }

  private static func busyMonth(_ month: CalendarMonth, _ partners: [Partner]) throws -> MonthUsage {
    let last = month == (try FolioPortalTests.month("2024-01")) ? 16 : month.dayCount
    let weights: [Int64] = [55, 22, 12, 8, 3]
    var (days, total): ([DayUsage], Int64) = ([], 0)
    for date in month.days.prefix(last) where date.weekday != 7 {
      let messages = Int64(
        (date.weekday == 6 ? 150 : 540) + date.daysSinceEpoch % 17 * 9 + month.ordinal % 7 * 20)
      total += messages
      days.append(
        DayUsage(
          date: date, inbound: counts(messages * 47 / 100, failed: messages > 600 ? 1 : 0),
          outbound: counts(messages - messages * 47 / 100)))
    }
    let failed = days.reduce(0) { $0 + $1.inbound.failed }
    let inbound = days.reduce(0) { $0 + $1.inbound.messages }
    let ins = Money(minorUnits: inbound, currency: try currency("USD")).split(across: weights).map(
      \.minorUnits)
    let outs = Money(minorUnits: total - inbound, currency: try currency("USD")).split(across: weights).map(
      \.minorUnits)
    let rows = partners.enumerated().map { index, partner in
      PartnerUsage(
        partnerID: partner.id, inbound: counts(ins[index], failed: index == 0 ? failed : 0),
        outbound: counts(outs[index]))
    }
    return MonthUsage(
      month: month, partners: rows.sorted { $0.partnerID < $1.partnerID }, days: days,
      changedAt: month.firstDay.start)
  }

  private static func counts(_ messages: Int64, failed: Int64 = 0) -> UsageCounts {
    UsageCounts(messages: messages, failed: failed, bytes: messages * 139_264)
  }

  private static func invoices() throws -> [Invoice] {
    let seller = Party(
      name: "AS2aaS GmbH", addressLines: ["Hafenstraße 1", "20457 Hamburg"], country: "DE",
      taxIDs: [TaxID(type: "eu_vat", value: "DE123456789")])
    let buyer = Party(
      name: "Corporation Inc", addressLines: ["123 Business St", "Business City, CA 12345"], country: "US")
    return try (1...12).map { number in
      let period = CalendarMonth(ordinal: 2022 * 12 + 11 + number)
      let service = period.period
      let base = try usd("299.00")
      let quantity = Int64(14_000 + number * 310)
      let price = UnitPrice(try ExactDecimal("0.05"), currency: base.currency)
      let gross = try price.times(quantity)
      let lines = [
        ChargeLine(
          kind: .baseFee, planName: "Enterprise Plan", servicePeriod: service, quantity: 1,
          unitPrice: UnitPrice(try ExactDecimal("299"), currency: base.currency), gross: base, amount: base),
        ChargeLine(
          kind: .messages, planName: "Enterprise Plan", servicePeriod: service, quantity: quantity,
          unitPrice: price, gross: gross, covered: base, amount: try gross.subtracting(base)),
      ]
      let tax = try gross.scaled(by: 8, over: 100)
      let due = try gross.adding(tax)
      let issued = service.end
      let document = InvoiceDocument(
        number: "AS2-2023-\(String(1_000 + number).suffix(3))", currency: base.currency, amountDue: due,
        period: service, created: issued,
        dueDate: issued.adding(seconds: 15 * 86_400 - 1), seller: seller, buyer: buyer,
        purchaseOrder: "PO-77812", lines: lines,
        taxes: [
          TaxLine(
            treatment: TaxTreatment(category: .standard, rate: try ExactDecimal("0.08")), taxable: gross,
            amount: tax)
        ], subtotal: gross,
        paymentTerms: "Payable within 14 days without deduction.")
      let failed = Payment(
        outcome: .failed, amount: due, at: issued.adding(seconds: 3_600), failureReason: "insufficient_funds",
        retryDate: issued.adding(seconds: 4 * 86_400))
      let paid = Payment(
        outcome: .succeeded, amount: due, at: issued.adding(seconds: 5 * 86_400), method: "card_ending_4242")
      let note = CreditNote(
        id: try CreditNoteID("cn_1"), number: "AS2-CN-2023-001", amount: try usd("20.00"),
        issuedAt: issued.adding(seconds: 9_000), reason: "Delay on 3 December")
      return Invoice(
        id: try InvoiceID("in_\(number)"), document: document, finalizedAt: issued,
        payments: number > 10 ? [failed] : [failed, paid],
        creditNotes: number == 11 ? [note] : [],
        void: number == 3 ? InvoiceClosing(at: issued.adding(seconds: 60), reason: "Issued twice") : nil)
    }
  }

  static let hostileNames = [
    "\"\u{301}\u{302} onmouseover=x", "<script>alert(1)</script>", "../../etc/passwd", "\u{202E}evil\u{2066}",
    "nul\u{0}byte", "a" + String(repeating: "\u{301}", count: 511),
    "z" + String(repeating: "\u{301}", count: 10_000),
    "</title><img src=x onerror=alert(1)>", "{{page.title}}",
  ]

  /// Names of every kind that tries to break out, or as many others in the same places.
  static func hostile(named names: [String] = hostileNames, notice: String? = nil) throws -> Statement {
    let partners = try names.enumerated().map { Partner(id: try PartnerID("prt_\($0)"), name: $1) }
    let rows = try names.indices.map { index in
      PartnerUsage(
        partnerID: try PartnerID("prt_\(index)"), inbound: counts(Int64(100 - index)), outbound: counts(5))
    }
    let day = DayUsage(date: try day("2024-01-03"), inbound: counts(300), outbound: counts(45))
    let evil = names[1] + names[3]
    let party = Party(name: evil, addressLines: names, taxIDs: [TaxID(type: evil, value: evil)], email: evil)
    let base = try usd("1.00")
    let line = ChargeLine(
      kind: .discount, planName: evil, servicePeriod: try month("2024-01").period, gross: base, amount: base,
      label: evil)
    let document = InvoiceDocument(
      number: evil, currency: base.currency, amountDue: base, period: try month("2024-01").period,
      created: try at("2024-02-01T00:00:00Z"),
      dueDate: try at("2024-02-15T23:59:59Z"), seller: party, buyer: party, purchaseOrder: evil,
      lines: [line],
      taxes: [
        TaxLine(
          treatment: TaxTreatment(category: .exempt, rate: try ExactDecimal("0"), reason: evil),
          taxable: base, amount: .zero(base.currency))
      ],
      subtotal: base, paymentTerms: evil)
    let payment = Payment(outcome: .failed, amount: base, at: nil, method: evil, failureReason: evil)
    return Statement(
      customer: try customer(evil), asOf: try at("2024-02-16T12:00:00Z"),
      usageCompleteThrough: try at("2024-02-16T12:00:00Z"),
      subscriptions: [try subscription()], plans: [try plan()], partners: partners,
      usage: [MonthUsage(month: try month("2024-01"), partners: rows, days: [day])],
      invoices: [
        Invoice(
          id: try InvoiceID("index"), document: document, finalizedAt: try at("2024-02-01T00:00:00Z"),
          payments: [payment], void: InvoiceClosing(at: try at("2024-02-03T00:00:00Z"), reason: evil))
      ],
      notices: [
        Notice(
          id: try NoticeID("n"), body: notice ?? evil + "\n\n[x](javascript:alert(1))",
          from: try at("2024-02-01T00:00:00Z"))
      ])
  }
}

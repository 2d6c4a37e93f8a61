import FolioBilling
import FolioPortal
import Testing

@Suite struct ClosedMonthTests {
  private func closed(
    partners: [Partner] = [], audit: [AuditEntry] = [], subscription: Subscription? = nil,
    planRecorded: String? = nil, usage: [MonthUsage]? = nil, terms: PlanTerms? = nil, invoices: [Invoice] = []
  ) throws -> PortalFixture {
    let sample = try Samples.plan()
    let plan = PlanVersion(
      planID: sample.planID, name: sample.name, effectiveAt: sample.effectiveAt,
      terms: terms ?? sample.terms, recordedAt: try planRecorded.map(at))
    return try PortalFixture(
      Statement(
        customer: Customer(id: try CustomerID("cus_a"), name: "A", currency: try currency("USD")),
        asOf: try at("2024-04-07T00:00:00Z"), usageCompleteThrough: try at("2024-04-07T00:00:00Z"),
        subscriptions: [try subscription ?? Samples.subscription()], plans: [plan], partners: partners,
        usage: try usage ?? [Samples.usage("2024-01", messages: 100)], invoices: invoices,
        audit: audit))
  }

  private func subscription(
    changes: [(effective: String, recorded: String)], canceled: (at: String, recorded: String)? = nil
  ) throws -> Subscription {
    Subscription(
      id: try SubscriptionID("sub_a"), startedAt: try at(changes[0].effective),
      changes: try changes.map {
        SubscriptionChange(
          effectiveAt: try at($0.effective), planID: try PlanID("plan_enterprise"),
          recordedAt: try at($0.recorded))
      },
      cancellation: try canceled.map {
        SubscriptionCancellation(
          canceledAt: try at($0.at), atPeriodEnd: false, recordedAt: try at($0.recorded))
      })
  }

  private func lastChanged(_ fixture: PortalFixture) -> Substring? {
    fixture.text("feeds/usage/2024-01.json").split(separator: "\"last_changed\": \"").last?.prefix {
      $0 != "\""
    }
  }

  @Test func `a closed month is of its end where nothing changed it later`() throws {
    #expect(try lastChanged(closed()) == "2024-02-01T00:00:00Z")
  }

  @Test func `an event that decides a closed month's price dates it, when it was said`() throws {
    #expect(try lastChanged(closed(planRecorded: "2024-02-09T00:00:00Z")) == "2024-02-09T00:00:00Z")
    let changed = try subscription(changes: [
      ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"), ("2024-01-10T00:00:00Z", "2024-02-03T00:00:00Z"),
      ("2024-03-01T00:00:00Z", "2024-03-01T00:00:00Z"),
    ])
    #expect(try lastChanged(closed(subscription: changed)) == "2024-02-03T00:00:00Z")
    let superseded = try subscription(changes: [
      ("2023-11-01T00:00:00Z", "2024-03-09T00:00:00Z"), ("2023-12-01T00:00:00Z", "2023-12-01T00:00:00Z"),
    ])
    #expect(try lastChanged(closed(subscription: superseded)) == "2024-02-01T00:00:00Z")
    let canceled = try subscription(
      changes: [("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z")],
      canceled: ("2024-01-20T00:00:00Z", "2024-02-05T00:00:00Z"))
    #expect(try lastChanged(closed(subscription: canceled)) == "2024-02-05T00:00:00Z")
  }

  /// An invoice over a month, finalised on the third of the next, with lines for months.
  private func invoice(over text: String, lines: [String], void: InvoiceClosing? = nil) throws -> Invoice {
    let period = try month(text).period
    let finalized = period.end.adding(seconds: 2 * 86_400)
    let rows = try lines.map { service in
      ChargeLine(
        kind: service == text ? .baseFee : .lateUsage, planName: "P",
        servicePeriod: try month(service).period, quantity: 1, gross: try usd("9.00"), amount: try usd("9.00")
      )
    }
    let sum = try Money.sum(of: rows.map(\.amount), in: currency("USD"))
    return Invoice(
      id: try InvoiceID("in_\(text)"),
      document: InvoiceDocument(
        number: "N-\(text)", currency: sum.currency, amountDue: sum, period: period, created: finalized,
        dueDate: finalized, lines: rows, subtotal: sum),
      finalizedAt: finalized, void: void)
  }

  @Test func `an invoice dates each month that it has a line for, and no other`() throws {
    let late = try invoice(over: "2024-02", lines: ["2024-01", "2024-02"])
    #expect(try lastChanged(closed(invoices: [late])) == "2024-03-03T00:00:00Z")
    let other = try invoice(over: "2024-02", lines: ["2024-02"])
    #expect(try lastChanged(closed(invoices: [other])) == "2024-02-01T00:00:00Z")
  }

  @Test func `a void never sets the time of a month or of its report back`() throws {
    let void = InvoiceClosing(at: try at("2024-03-05T00:00:00Z"))
    for (period, lines) in [("2024-01", ["2024-01"]), ("2024-02", ["2024-01", "2024-02"])] {
      let fixture = try closed(invoices: [try invoice(over: period, lines: lines, void: void)])
      #expect(lastChanged(fixture) == "2024-03-05T00:00:00Z", "\(period)")
    }
    let fixture = try closed(invoices: [try invoice(over: "2023-12", lines: ["2023-12"], void: void)])
    #expect(lastChanged(fixture) == "2024-02-01T00:00:00Z")
    let report = fixture.text("reports/monthly/2024-01.html")
    #expect(!report.contains("N-2023-12") && report.contains("Data as of 5 Mar 2024 00:00"))
  }

  /// An event of a subject and the fields that it changed.
  private func entry(
    _ type: EventType, _ subject: AuditSubject, at time: String, changes fields: [AuditField],
    departmentFrom: String? = nil
  ) throws -> AuditEntry {
    AuditEntry(
      anchor: "a-\(time)", eventID: try EventID("evt_1"), type: type, time: try at(time), subject: subject,
      details: try departmentFrom.map { [AuditDetail(.departmentFrom, .date(try day($0)))] } ?? [],
      changes: fields.map { AuditChange($0, before: nil, after: .text("new")) })
  }

  private func partnerEntry(
    _ time: String, _ fields: AuditField..., of id: String = "prt_a", from: String? = nil
  ) throws -> AuditEntry {
    try entry(.partnerUpdated, .partner(PartnerID(id)), at: time, changes: fields, departmentFrom: from)
  }

  @Test func `only names on the page date it, and nothing after the as-of time`() throws {
    let partners = try ["prt_a", "prt_b"].map { Partner(id: try PartnerID($0), name: "P") }
    let audit = try [
      partnerEntry("2024-02-20T00:00:00Z", .name), partnerEntry("2024-03-01T00:00:00Z", .gln),
      partnerEntry("2024-03-20T00:00:00Z", .name, of: "prt_b"),
    ]
    #expect(try lastChanged(closed(partners: partners, audit: audit)) == "2024-02-20T00:00:00Z")
    #expect(try lastChanged(closed(planRecorded: "2024-05-01T00:00:00Z")) == "2024-04-07T00:00:00Z")
  }

  @Test func `a department dates the months that it reaches into`() throws {
    let tags = try ["2023-06-01", "2023-12-01", "2024-03-01"].map {
      DepartmentTag(from: try day($0), department: $0)
    }
    let partners = [Partner(id: try PartnerID("prt_a"), name: "P", departments: tags)]
    for (from, changed) in [
      ("2023-06-01", "2024-02-01T00:00:00Z"), ("2023-12-01", "2024-03-05T00:00:00Z"),
      ("2024-03-01", "2024-02-01T00:00:00Z"),
    ] {
      let audit = [try partnerEntry("2024-03-05T00:00:00Z", .department, from: from)]
      #expect(
        try lastChanged(closed(partners: partners, audit: audit)).map(String.init) == changed, "\(from)")
    }
  }

  @Test func `a new name of the customer dates every page and no feed, its other fields neither`() throws {
    let invoices = [try invoice(over: "2023-12", lines: ["2023-12"])]
    let named = try entry(.customerUpdated, .customer, at: "2024-03-09T00:00:00Z", changes: [.name])
    let fixture = try closed(audit: [named], invoices: invoices)
    for path in ["usage/2024-01.html", "reports/monthly/2024-01.html", "invoices/in_2023-12.html"] {
      #expect(fixture.text(path).contains("Data as of 9 Mar 2024 00:00"), "\(path)")
    }
    #expect(lastChanged(fixture) == "2024-02-01T00:00:00Z")
    let ordered = try entry(
      .customerUpdated, .customer, at: "2024-03-09T00:00:00Z", changes: [.purchaseOrder, .email])
    #expect(
      try closed(audit: [ordered]).files["usage/2024-01.html"] == closed().files["usage/2024-01.html"])
  }

  @Test func `partners count from when they were known until they were deleted`() throws {
    let partners = [
      Partner(id: try PartnerID("prt_a"), name: nil), Partner(id: try PartnerID("prt_always"), name: "P"),
      Partner(id: try PartnerID("prt_seen"), name: nil),
      Partner(id: try PartnerID("prt_late"), name: "P", knownSince: try at("2024-02-01T00:00:00Z")),
      Partner(
        id: try PartnerID("prt_left"), name: "P", deletedAt: try at("2024-02-20T00:00:00Z"), isDeleted: true),
      Partner(id: try PartnerID("prt_gone"), name: "P", isDeleted: true),
    ]
    let fixture = try closed(
      partners: partners,
      usage: [
        Samples.usage("2024-01", messages: 100), Samples.usage("2024-03", messages: 7, partner: "prt_seen"),
      ])
    for (month, count) in [("2024-01", 3), ("2024-02", 3), ("2024-03", 4)] {
      let feed = fixture.text("feeds/usage/\(month).json")
      #expect(feed.contains("\"total_partners\": \(count),"), "\(month)")
    }
    #expect(fixture.text("usage/2024-01.html").contains("of 3"))
  }

  @Test func `partners pay for the messages that are charged`() throws {
    let sample = try Samples.plan().terms
    let terms = PlanTerms(
      model: sample.model, currency: sample.currency, baseFee: sample.baseFee,
      messageRate: sample.messageRate, chargesFailedMessages: false)
    let rows = try [("prt_a", 900), ("prt_b", 0)].map {
      PartnerUsage(
        partnerID: try PartnerID($0.0), inbound: UsageCounts(messages: 1_000, failed: Int64($0.1)),
        outbound: UsageCounts())
    }
    let feed = try closed(
      usage: [MonthUsage(month: try month("2024-01"), partners: rows)], terms: terms
    ).text("feeds/usage/2024-01.json")
    #expect(feed.contains("\"message_charges\": 5.00") && feed.contains("\"message_charges\": 50.00"))
  }
}

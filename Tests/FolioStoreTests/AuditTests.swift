import FolioBilling
import FolioStore
import Testing

/// What the trail of `cus_a` says after events; the customer comes first.
private func trail(_ events: [ReceivedEvent]) throws -> [AuditEntry] {
  let store = try TemporaryStore()
  for outcome in try store.apply([customerEvent()] + events) { #expect(outcome == .applied) }
  return try store.statement("cus_a")?.audit ?? []
}

/// The entry of an event.
private func entry(_ id: String, in trail: [AuditEntry]) throws -> AuditEntry {
  try #require(trail.first { $0.eventID?.text == id })
}

/// An entry's changes as text, `status: open → paid`.
private func changes(_ entry: AuditEntry) -> [String] {
  entry.changes.map { "\($0.field.rawValue): \(text($0.before)) → \(text($0.after))" }
}

private func text(_ value: AuditValue?) -> String {
  switch value {
  case nil: "–"
  case .text(let text), .code(let text), .address(let text): text
  case .reference(let id, let name): "\(id) \(name ?? "?")"
  case .money(let money): money.decimalText
  case .unitPrice(let price): price.decimalText
  case .count(let count), .bytes(let count): "\(count)"
  case .date(let date): date.text
  case .instant(let instant): instant.text
  case .flag(let flag): "\(flag)"
  case .percents(let percents): "\(percents)"
  case .texts(let texts): "\(texts)"
  case .tiers(let price): "\(price.tiers.count) tiers"
  case .discounts(let discounts): "\(discounts.count) discounts"
  case .percent(let number): "\(number) %"
  case .decimal(let decimal), .rate(let decimal): decimal.text
  case .month(let month): month.text
  }
}

@Suite struct AuditTests {
  @Test func `a customer's entry names what changed and nothing else`() throws {
    let later = try event(
      .customerUpdated, "c2", at: "2024-02-01T00:00:00Z",
      #"{"name":"Acme Inc","currency":"usd","country":"US","unknown":"left out"}"#)
    let trail = try trail([later])
    #expect(trail.map(\.isFirst) == [true, false])
    #expect(changes(trail[0]) == ["name: – → Acme", "currency: – → USD"])
    #expect(changes(trail[1]) == ["name: Acme → Acme Inc", "country: – → US"])
  }

  @Test func `a partner is added, moved to another department, and deleted`() throws {
    let trail = try trail([
      event(
        .partnerUpdated, "r1", at: "2024-01-02T00:00:00Z",
        #"{"partner_id":"p","name":"One","department":"Sales"}"#),
      event(
        .partnerUpdated, "r2", at: "2024-01-03T00:00:00Z",
        #"{"partner_id":"p","name":"One","department":"Logistics","department_from":"2024-03-01"}"#),
      event(
        .partnerUpdated, "r3", at: "2024-01-04T00:00:00Z", #"{"partner_id":"p","name":"Two"}"#),
      event(.partnerDeleted, "r4", at: "2024-01-05T00:00:00Z", #"{"partner_id":"p"}"#),
    ])
    #expect(changes(trail[1]) == ["name: – → One", "department: – → Sales"])
    #expect(changes(trail[2]) == ["department: Sales → Logistics"])
    #expect(changes(trail[3]) == ["name: One → Two"])
    #expect(changes(trail[4]) == ["is_deleted: – → true"] && trail[4].subjectName == "Two")
  }

  @Test func `of a card the trail has the brand and the last four digits`() throws {
    let card = #""type":"card","brand":"visa","last4":"4242","exp_month":12,"exp_year":2031"#
    let trail = try trail([
      event(
        .paymentMethodAdded, "m1", at: "2024-01-02T00:00:00Z",
        #"{"payment_method_id":"pm_1",\#(card),"default":true}"#),
      event(
        .paymentMethodAdded, "m2", at: "2024-01-03T00:00:00Z",
        #"{"payment_method_id":"pm_2","type":"invoice"}"#),
      event(
        .paymentMethodDefaultChanged, "m3", at: "2024-01-04T00:00:00Z", #"{"payment_method_id":"pm_2"}"#),
    ])
    #expect(
      changes(trail[1]) == [
        "type: – → card", "brand: – → visa", "last4: – → 4242",
        "default_payment_method: – → pm_1 visa 4242",
      ])
    #expect(changes(trail[3]) == ["default_payment_method: pm_1 visa 4242 → pm_2 ?"])
    #expect(!"\(trail)".contains("2031"))
  }

  @Test func `settings show what they were before`() throws {
    let trail = try trail([
      event(
        .budgetSet, "b1", at: "2024-01-02T00:00:00Z",
        #"{"budget_id":"b","name":"Month","amount":100,"period":"monthly","alert_thresholds":[75,50]}"#),
      event(
        .budgetSet, "b2", at: "2024-01-03T00:00:00Z",
        #"{"budget_id":"b","name":"Month","amount":250.50,"period":"monthly","hard_limit":true}"#),
      event(
        .alertSet, "l1", at: "2024-01-04T00:00:00Z",
        #"{"alert_id":"l","type":"budget_threshold","threshold":10}"#),
      event(
        .alertSet, "l2", at: "2024-01-05T00:00:00Z",
        #"{"alert_id":"l","type":"budget_threshold","threshold":20}"#),
      event(
        .noticePosted, "n1", at: "2024-01-06T00:00:00Z", #"{"notice_id":"n","body":"Old"}"#),
      event(
        .noticePosted, "n2", at: "2024-01-07T00:00:00Z",
        #"{"notice_id":"n","body":"New","from":"2024-01-06T00:00:00Z"}"#),
    ])
    #expect(
      changes(trail[2]) == [
        "amount: 100.00 → 250.50", "hard_limit: false → true", "alert_thresholds: [50, 75] → –",
      ])
    #expect(changes(trail[4]) == ["threshold: 10.00 → 20.00"])
    #expect(changes(trail[6]) == ["body: Old → New"])
  }

  @Test func `an alert that went off is all details`() throws {
    let alert = try event(
      .budgetAlert, "o1", at: "2024-01-02T00:00:00Z",
      #"{"budget_name":"Month","threshold_percentage":75,"current_usage":1500,"budget_limit":2000}"#)
    let entry = try entry("o1", in: trail([alert]))
    #expect(entry.changes.isEmpty && entry.subjectName == "Month")
    #expect(entry.details.map { text($0.value) } == ["75 %", "2000.00", "1500.00"])
  }

  @Test func `anchors follow from source and id alone`() throws {
    func anchors(_ source: String, _ time: String) throws -> [String] {
      try trail([event(.noticePosted, "n1", at: time, #"{"notice_id":"n","body":"B"}"#, source: source)])
        .map(\.anchor)
    }
    let first = try anchors("one", "2024-02-01T00:00:00Z")
    #expect(try anchors("one", "2024-03-01T00:00:00Z") == first)
    #expect(try anchors("two", "2024-02-01T00:00:00Z")[1] != first[1])
    // printf 'one\nn1' | sha256sum
    #expect(first[1] == "a-f69da348da7b2dac")
  }

  @Test func `every applied event of the customer is in the trail once, usage in time by days`() throws {
    let store = try TemporaryStore()
    try store.apply(try RichEvents.make())
    let trail = try #require(try store.statement("cus_a")).audit
    #expect(Set(trail.map(\.anchor)).count == trail.count)
    #expect(
      trail.filter { $0.eventID == nil }.map(\.anchor).prefix(2) == ["usage-2024-01-15", "usage-2024-01-16"])
    let singles = trail.compactMap(\.eventID?.text).filter { !$0.hasPrefix("natural_") }
    for id in [
      "a1", "a3", "p2", "p3", "s1", "m4", "r5", "u4", "u12", "i1", "f1", "y2", "x1", "v1", "o1", "n1",
    ] {
      #expect(singles.contains(id), "\(id)")
    }
    for id in ["b1", "p1", "p4", "u1", "u3", "w1", "n2", "c1"] { #expect(!singles.contains(id), "\(id)") }
    let times = trail.map { $0.time?.nanosecondsSinceEpoch ?? 0 }
    #expect(times == times.sorted())
  }

  @Test func `what waits or was refused is not in the trail`() throws {
    let store = try TemporaryStore()
    try store.apply([
      customerEvent(), event(.partnerDeleted, "r1", at: "2024-01-02T00:00:00Z", #"{"partner_id":"none"}"#),
    ])
    #expect(try store.statement("cus_a")?.audit.map(\.type) == [.customerUpdated])
  }
}

@Suite struct AuditedPlanTests {
  private func plan(_ id: String, _ event: String, at time: String, from: String, base: String) throws
    -> ReceivedEvent
  {
    try FolioStoreTests.event(
      .planDefined, event, at: time, of: nil,
      """
      {"plan_id":"\(id)","name":"Plan \(id)","model":"base_plus_usage","currency":"usd","base_fee":\(base),\
      "message_rate":0.05,"effective_at":"\(from)"}
      """)
  }

  private func subscribed(to plan: String, at time: String) throws -> ReceivedEvent {
    try event(
      .subscriptionCreated, "s1", at: time,
      #"{"subscription_id":"sub","plan_id":"\#(plan)","started_at":"\#(time)"}"#)
  }

  @Test func `a price change of the customer's plan shows both prices`() throws {
    let trail = try trail([
      plan("a", "p1", at: "2023-01-01T00:00:00Z", from: "2023-01-01T00:00:00Z", base: "299"),
      subscribed(to: "a", at: "2024-01-02T00:00:00Z"),
      plan("a", "p2", at: "2024-02-01T00:00:00Z", from: "2024-03-01T00:00:00Z", base: "349"),
    ])
    #expect(changes(try entry("p2", in: trail)) == ["base_fee: 299.00 → 349.00"])
    #expect(
      changes(try entry("s1", in: trail)).prefix(2) == ["plan: – → a Plan a", "billing_cycle: – → monthly"])
    #expect(changes(try entry("s1", in: trail)).contains("base_fee: – → 299.00"))
    #expect(!trail.contains { $0.eventID?.text == "p1" })
  }

  @Test func `a plan taken up later changes no earlier entry`() throws {
    let start = try [
      plan("a", "p1", at: "2023-01-01T00:00:00Z", from: "2023-01-01T00:00:00Z", base: "299"),
      plan("b", "p2", at: "2024-01-20T00:00:00Z", from: "2024-01-20T00:00:00Z", base: "99"),
      subscribed(to: "a", at: "2024-01-02T00:00:00Z"),
    ]
    let change = try event(
      .subscriptionUpdated, "s2", at: "2024-02-05T00:00:00Z",
      #"{"subscription_id":"sub","plan_id":"b","effective_at":"2024-02-05T00:00:00Z"}"#)
    let (before, after) = (try trail(start), try trail(start + [change]))
    #expect(Array(after.dropLast()) == before && after.count == before.count + 1)
    #expect(changes(after[after.count - 1]) == ["plan: a Plan a → b Plan b", "base_fee: 299.00 → 99.00"])
  }

  @Test func `a cancellation comes and goes`() throws {
    let trail = try trail([
      plan("a", "p1", at: "2023-01-01T00:00:00Z", from: "2023-01-01T00:00:00Z", base: "299"),
      subscribed(to: "a", at: "2024-01-02T00:00:00Z"),
      event(
        .subscriptionCanceled, "s2", at: "2024-02-01T00:00:00Z",
        #"{"subscription_id":"sub","cancel_at_period_end":true}"#),
      event(
        .subscriptionUpdated, "s3", at: "2024-02-02T00:00:00Z",
        #"{"subscription_id":"sub","cancel_at_period_end":false}"#),
    ])
    #expect(
      changes(try entry("s2", in: trail)) == [
        "canceled_at: – → 2024-02-01T00:00:00Z", "cancel_at_period_end: – → true",
      ])
    #expect(changes(try entry("s3", in: trail)).contains("canceled_at: 2024-02-01T00:00:00Z → –"))
  }
}

@Suite struct AuditedInvoiceTests {
  private func finalized(_ id: String = "i1") throws -> ReceivedEvent {
    try event(.invoiceFinalized, id, at: "2024-02-01T00:00:00Z", invoiceData("in_1"))
  }

  private func paid(_ id: String, _ amount: String, at time: String) throws -> ReceivedEvent {
    try event(
      .paymentSucceeded, id, of: nil, #"{"invoice_id":"in_1","amount_paid":\#(amount),"paid_at":"\#(time)"}"#)
  }

  @Test func `an invoice is issued, fails, is paid in parts, credited and refunded`() throws {
    let trail = try trail([
      finalized(),
      event(
        .paymentFailed, "f1", at: "2024-02-02T00:00:00Z", of: nil,
        #"{"invoice_id":"in_1","amount":100,"failure_reason":"card_declined","retry_date":"2024-02-05T00:00:00Z"}"#
      ),
      paid("y1", "60", at: "2024-02-05T00:00:00Z"), paid("y2", "40", at: "2024-02-06T00:00:00Z"),
      event(
        .creditNoteIssued, "c1", of: nil,
        #"{"credit_note_id":"cn","invoice_id":"in_1","number":"C1","amount":30,"issued_at":"2024-02-07T00:00:00Z"}"#
      ),
      event(
        .paymentRefunded, "x1", of: nil,
        #"{"refund_id":"re","invoice_id":"in_1","amount":30,"refunded_at":"2024-02-08T00:00:00Z"}"#),
    ])
    #expect(trail.dropFirst().map(\.subjectName) == Array(repeating: "AS2-2024-001", count: 6))
    #expect(changes(trail[1]) == ["status: – → open", "amount_remaining: – → 100.00"])
    #expect(trail[2].changes.isEmpty)
    #expect(trail[2].details.map { text($0.value) } == ["100.00", "card_declined", "2024-02-05T00:00:00Z"])
    #expect(changes(trail[3]) == ["amount_remaining: 100.00 → 40.00", "amount_paid: 0.00 → 60.00"])
    #expect(
      changes(trail[4]) == [
        "status: open → paid", "amount_remaining: 40.00 → 0.00", "amount_paid: 60.00 → 100.00",
      ])
    #expect(changes(trail[5]) == ["amount_credited: 0.00 → 30.00"])
    #expect(changes(trail[6]) == ["amount_refunded: 0.00 → 30.00"])
  }

  @Test(arguments: [
    (EventType.invoiceVoided, "voided_at", "void"), (.invoiceWrittenOff, "written_off_at", "uncollectible"),
  ])
  func `a closed invoice is no longer due`(type: EventType, field: String, status: String) throws {
    let closing = try event(
      type, "e1", of: nil, #"{"invoice_id":"in_1","\#(field)":"2024-02-09T00:00:00Z","reason":"Why"}"#)
    let entry = try entry("e1", in: trail([finalized(), closing]))
    #expect(changes(entry) == ["status: open → \(status)", "amount_remaining: 100.00 → 0.00"])
    #expect(entry.details == [AuditDetail(.reason, .text("Why"))])
  }

  @Test func `what was said before changes nothing again`() throws {
    let again = try event(.invoiceFinalized, "i2", at: "2024-02-03T00:00:00Z", invoiceData("in_1"))
    let note = #""invoice_id":"in_1","amount":80,"issued_at":"2024-02-07T00:00:00Z"}"#
    let trail = try trail([
      finalized(), again, paid("y1", "60", at: "2024-02-05T00:00:00Z"),
      paid("y2", "60.00", at: "2024-02-05T00:00:00Z"),
      event(.creditNoteIssued, "c1", of: nil, #"{"credit_note_id":"cn1","number":"C1",\#(note)"#),
      event(.creditNoteIssued, "c2", of: nil, #"{"credit_note_id":"cn2","number":"C2",\#(note)"#),
    ])
    for id in ["i2", "y2", "c2"] { #expect(try entry(id, in: trail).changes.isEmpty, "\(id)") }
    #expect(try !entry("i2", in: trail).isFirst && entry("i1", in: trail).isFirst)
    #expect(changes(try entry("c1", in: trail)).first == "status: open → paid")
  }

  @Test func `a payment that is older than its invoice counts when that is final`() throws {
    let trail = try trail([finalized(), paid("y1", "100", at: "2024-01-15T00:00:00Z")])
    #expect(changes(trail[1]) == ["amount_paid: 0.00 → 100.00"])
    #expect(changes(trail[2]) == ["status: – → paid", "amount_remaining: – → 0.00"])
  }
}

@Suite struct UsageTrailTests {
  private func usage(_ id: String, _ time: String?, _ readings: [String], delta: Bool = false) throws
    -> ReceivedEvent
  {
    try event(.usageRecorded, id, at: time, readingsData(readings, delta: delta))
  }

  private let ten = "2024-01-15T10:00:00Z"
  private let eleven = "2024-01-15T11:00:00Z"

  @Test func `reports in time and their completeness are one entry a day`() throws {
    let trail = try trail([
      usage("u1", nil, [reading("p", ten, 5, failed: 1), reading("q", ten, 7)]),
      usage("u2", "2024-01-15T12:05:00Z", [reading("p", eleven, 8)]),
      event(
        .usageWatermark, "w1", at: "2024-01-15T12:06:00Z", #"{"complete_through":"2024-01-15T12:00:00Z"}"#),
      usage("u3", "2024-01-16T12:00:00Z", [reading("p", eleven, 9)]),
      event(
        .usageWatermark, "w2", at: "2024-01-17T00:00:00Z", #"{"complete_through":"2024-01-16T12:00:00Z"}"#),
    ])
    #expect(trail.dropFirst().map(\.anchor) == ["usage-2024-01-15", "usage-2024-01-16", "usage-2024-01-17"])
    #expect(trail[1].details.map { text($0.value) } == ["2", "3", "20", "1"])
    #expect(trail[1].time == (try instant("2024-01-15T12:06:00Z")))
    #expect(changes(trail[1]) == ["complete_through: – → 2024-01-15T12:00:00Z"])
    #expect(trail[2].details.map { text($0.value) } == ["1", "1", "9", "0"])
    #expect(changes(trail[3]) == ["complete_through: 2024-01-15T12:00:00Z → 2024-01-16T12:00:00Z"])
    #expect(trail[3].type == .usageWatermark && trail[3].details.isEmpty)
  }

  @Test(arguments: [("2024-01-16T12:00:00Z", true), ("2024-01-16T12:00:01Z", false)])
  func `a report more than a day after its newest hour stands by itself`(time: String, isInTime: Bool) throws
  {
    let trail = try trail([usage("u1", time, [reading("p", ten, 5), reading("p", eleven, 5)])])
    #expect((trail[1].eventID == nil) == isInTime)
  }

  @Test func `a late report and a difference show the slots that they touch`() throws {
    let trail = try trail([
      usage("u1", nil, [reading("p", ten, 5, bytes: 50), reading("q", ten, 7)]),
      usage("u2", "2024-01-15T12:30:00Z", [reading("p", ten, 3, failed: 1, bytes: 10)], delta: true),
      usage("u3", "2024-01-20T00:00:00Z", [reading("p", ten, 20, bytes: 60), reading("r", ten, 2)]),
      usage("u4", "2024-01-21T00:00:00Z", [reading("p", ten, 1)], delta: true),
    ])
    #expect(
      changes(try entry("u2", in: trail)) == [
        "messages: 5 → 8", "failed_messages: 0 → 1", "total_payload_size: 50 → 60",
      ])
    #expect(changes(try entry("u3", in: trail)) == ["messages: 8 → 22", "failed_messages: 1 → 0"])
    #expect(changes(try entry("u4", in: trail)) == ["messages: 20 → 21"])
    #expect(try entry("u3", in: trail).details.map { text($0.value) } == ["2", ten, ten])
  }

  @Test func `a late word on completeness stands by itself`() throws {
    let trail = try trail([
      event(
        .usageWatermark, "w1", at: "2024-01-15T12:06:00Z", #"{"complete_through":"2024-01-15T12:00:00Z"}"#),
      event(
        .usageWatermark, "w2", at: "2024-01-17T00:00:00Z", #"{"complete_through":"2024-01-15T13:00:00Z"}"#),
    ])
    #expect(
      changes(try entry("w2", in: trail)) == ["complete_through: 2024-01-15T12:00:00Z → 2024-01-15T13:00:00Z"]
    )
  }

  @Test func `stated totals show what was stated before`() throws {
    func stated(_ id: String, _ time: String, _ messages: Int) throws -> ReceivedEvent {
      try event(
        .usageStated, id, at: time,
        """
        {"period":{"start":"2024-01-01T00:00:00Z","end":"2024-01-31T23:59:59Z"},"usage_summary":{"total_messages":\
        \(messages),"inbound_messages":\(messages),"outbound_messages":0,"total_partners":3,"active_partners":2,\
        "total_payload_size":5000},"partner_breakdown":[],"daily_usage":[]}
        """)
    }
    let trail = try trail([
      stated("t1", "2024-02-01T00:00:00Z", 100), stated("t2", "2024-02-02T00:00:00Z", 120),
    ])
    #expect(changes(trail[2]) == ["messages: 100 → 120", "inbound_messages: 100 → 120"])
    #expect(trail[2].subject == .statedUsage(try month("2024-01")))
  }
}

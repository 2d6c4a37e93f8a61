import FolioBilling
import FolioStore
import FolioTestSupport
import Foundation
import Hashing
import Testing

@Suite struct OrderTests {
  /// What a store says, without what depends on arrival.
  private struct Picture: Equatable {
    let statements: [Statement?]
    let lines: [String]
    let hashes: [OrderFreeHash?]

    init(_ store: TemporaryStore) throws {
      let reader = try store.reader()
      statements = try RichEvents.customers.map { try store.statement($0) }
      hashes =
        try RichEvents.customers.map { try reader.revision(of: CustomerID($0))?.hash }
        + [reader.revision(of: nil)?.hash]
      lines = try StoreDump.lines(store.path)
    }
  }

  @Test func `fifty orders with repetitions lead to one store`() throws {
    let events = try RichEvents.make()
    let expected = try Picture(inOrder(events))
    for seed in UInt64(1)...50 {
      var generator = SeededGenerator(seed: seed)
      var order = events
      for _ in 0..<Int.random(in: 0...events.count, using: &generator) {
        if let again = events.randomElement(using: &generator) { order.append(again) }
      }
      order.shuffle(using: &generator)
      let store = try TemporaryStore()
      try store.apply(order, batch: seed % 10 == 0 ? 1 : Int.random(in: 2...40, using: &generator))
      let found = try Picture(store)
      let difference = found.lines.difference(from: expected.lines)
      #expect(difference.isEmpty, "seed \(seed)")
      #expect(found.statements == expected.statements, "seed \(seed)")
      #expect(found.hashes == expected.hashes, "seed \(seed)")
      #expect(try store.reader().waitingEvents().isEmpty)
      #expect(try usageSumsHold(store), "seed \(seed)")
    }
  }

  @Test func `the rich set says what it should`() throws {
    let store = try inOrder(try RichEvents.make())
    let acme = try #require(try store.statement("cus_a"))
    #expect(acme.customer.name == "Acme Inc")
    #expect(acme.defaultPaymentMethodID == (try PaymentMethodID("pm_2")))
    #expect(acme.partners.map(\.name) == [nil, "One Ltd", "Two again", nil])
    #expect(acme.partners.map(\.isDeleted) == [false, false, true, false])
    #expect(acme.partners[1].departments.map(\.department) == ["Sales", "Procurement", nil])
    let invoices = Dictionary(uniqueKeysWithValues: acme.invoices.map { ($0.id.text, $0) })
    let first = try #require(invoices["in_1"])
    #expect(first.payments.count == 3)
    #expect(try first.status() == .paid)
    #expect(try first.amountPaid() == usd("100.00"))
    #expect(first.finalizedAt == (try instant("2024-02-01T00:00:00Z")))
    #expect(try invoices["in_3"]?.status() == .void)
    #expect(try invoices["in_4"]?.status() == .uncollectible)
    #expect(acme.alertOccurrences.count == 2)
    #expect(acme.notices.map(\.body) == ["Hello *Acme*"])
    #expect(acme.subscriptions.first?.changes.map(\.planID.text) == ["plan_e", "plan_e"])
    #expect(acme.subscriptions.first?.cancellation == nil)
    let other = try #require(try store.statement("cus_b"))
    #expect(other.invoices.first?.creditNotes.map(\.isEffective) == [true, false])
    #expect(other.budgets.first?.amount == (try Money("2500", currency: currency("EUR"))))
    #expect(other.usage.first?.stated?.messages == 120)
    #expect(try store.statement("cus_gone") == nil)
    #expect(try store.reader().customers(asOf: now).map(\.text) == ["cus_a", "cus_b"])
  }

  @Test(arguments: [
    "2023-12-31T00:00:00Z", "2024-01-01T00:00:00Z", "2024-01-15T12:00:00Z", "2024-01-15T14:00:00Z",
    "2024-01-31T23:59:59Z", "2024-02-01T00:00:00Z", "2024-02-03T00:00:00Z", "2024-02-06T08:30:00Z",
    "2024-02-10T00:00:00Z", "2024-02-16T12:00:00Z", "2024-03-01T00:00:00Z", "2026-01-01T00:00:00Z",
  ])
  func `the statement of an earlier time is that of a store that got no later event`(text: String) throws {
    let time = try instant(text)
    let events = try RichEvents.make()
    let full = try inOrder(events.reversed())
    let earlier = try inOrder(events.filter { $0.time.map { $0 <= time } ?? true })
    for customer in RichEvents.customers {
      #expect(try full.statement(customer, asOf: text) == earlier.statement(customer, asOf: text))
    }
  }

  private func inOrder(_ events: [ReceivedEvent]) throws -> TemporaryStore {
    let store = try TemporaryStore()
    for outcome in try store.apply(events) {
      if case .refused(let error) = outcome { Issue.record("\(error)") }
      #expect(outcome != .conflict)
    }
    return store
  }
}

/// Whether the sums of months and days are those of the readings, and of the changes the latest times.
func usageSumsHold(_ store: TemporaryStore) throws -> Bool {
  let counts = "sum(messages) || ' ' || sum(failed) || ' ' || sum(bytes)"
  let fresh = [
    """
    SELECT customer_id || ' ' || month || ' ' || partner_id || ' ' || direction || ' ' || \(counts) AS line
    FROM %@ GROUP BY customer_id, month, partner_id, direction ORDER BY line
    """,
    """
    SELECT customer_id || ' ' || %day || ' ' || direction || ' ' || \(counts) AS line
    FROM %@ GROUP BY customer_id, %day, direction ORDER BY line
    """,
  ]
  func lines(_ sql: String, _ table: String, _ day: String) throws -> [String] {
    let text = sql.replacingOccurrences(of: "%@", with: table).replacingOccurrences(of: "%day", with: day)
    return try StoreDump.texts(store.path, text)
  }
  return try lines(fresh[0], "usage_readings", "") == lines(fresh[0], "usage_months", "")
    && lines(fresh[1], "usage_readings", "(hour / 24)") == lines(fresh[1], "usage_days", "day")
}

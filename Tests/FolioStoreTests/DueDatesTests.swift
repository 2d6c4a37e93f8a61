import FolioBilling
import FolioStore
import Testing

@Suite struct DueDatesTests {
  private let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
    for customer in ["cus_a", "cus_b"] {
      try store.apply([
        try event(
          .customerUpdated, "e_\(customer)", at: "2024-01-01T00:00:00Z", of: customer,
          #"{"name":"N","currency":"usd"}"#)
      ])
    }
    try store.apply([
      try event(
        .invoiceFinalized, "e_in", at: "2024-02-01T00:00:00Z", of: "cus_a",
        #"{"invoice_id":"in_1","number":"1","currency":"usd","amount_due":1.00,"#
          + #""period_start":"2024-01-01T00:00:00Z","period_end":"2024-01-31T23:59:59Z","#
          + #""created":"2024-02-01T00:00:00Z","due_date":"2024-02-15T23:59:59Z"}"#),
      try event(
        .usageWatermark, "e_w", at: "2024-02-01T00:00:00Z", of: "cus_b",
        #"{"complete_through":"2024-02-01T00:00:00Z"}"#),
    ])
  }

  private func due(_ start: String, _ end: String) throws -> [String] {
    try store.reader().customersWithDates(after: instant(start), through: instant(end)).map(\.text).sorted()
  }

  @Test func `an invoice falls due in the span that holds its due date`() throws {
    #expect(try due("2024-02-15T00:00:00Z", "2024-02-16T00:00:00Z") == ["cus_a"])
    #expect(try due("2024-02-16T00:00:00Z", "2024-02-17T00:00:00Z").isEmpty)
    #expect(try due("2024-02-14T00:00:00Z", "2024-02-15T00:00:00Z").isEmpty)
  }

  @Test func `a trial's end and a stated period's end are dates, too`() throws {
    try store.apply([
      try event(
        .planDefined, "e_p", at: "2023-01-01T00:00:00Z", of: nil,
        #"{"plan_id":"plan_a","name":"P","effective_at":"2023-01-01T00:00:00Z","#
          + #""model":"base_plus_usage","currency":"usd","base_fee":1,"message_rate":0.05}"#),
      try event(
        .subscriptionCreated, "e_s", at: "2024-01-01T00:00:00Z", of: "cus_b",
        #"{"subscription_id":"sub_a","plan_id":"plan_a","started_at":"2024-01-01T00:00:00Z","#
          + #""trial_ends_at":"2024-01-15T00:00:00Z"}"#),
    ])
    #expect(try due("2024-01-14T00:00:00Z", "2024-01-15T00:00:00Z") == ["cus_b"])
    #expect(try due("2024-01-15T00:00:00Z", "2024-01-16T00:00:00Z").isEmpty)
  }

  @Test func `the stalest watermark is the earliest of all customers'`() throws {
    #expect(try store.reader().stalestWatermark() == instant("2024-02-01T00:00:00Z"))
  }

  @Test func `another connection's change moves the data version`() throws {
    let reader = try store.reader()
    let before = try reader.dataVersion()
    #expect(try reader.dataVersion() == before)
    try store.apply([
      try event(
        .customerUpdated, "e_c", at: "2024-03-01T00:00:00Z", of: "cus_a",
        #"{"name":"M","currency":"usd"}"#)
    ])
    #expect(try reader.dataVersion() != before)
  }
}

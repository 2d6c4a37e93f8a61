import FolioBilling
import FolioStore
import FolioTestSupport
import Testing

@Suite struct UsageTests {
  private let hour = "2024-01-15T11:00:00Z"

  private func store(_ events: [ReceivedEvent]) throws -> TemporaryStore {
    let store = try TemporaryStore()
    try store.apply([customerEvent()] + events)
    return store
  }

  private func usage(
    _ id: String, _ time: String?, _ messages: Int, delta: Bool = false
  ) throws -> ReceivedEvent {
    try event(.usageRecorded, id, at: time, readingsData([reading("prt_1", hour, messages)], delta: delta))
  }

  private func messages(_ store: TemporaryStore) throws -> Int64? {
    try store.statement("cus_a")?.usage(in: month("2024-01")).partners.first?.total().messages
  }

  @Test func `a later absolute value replaces an earlier one`() throws {
    let early = try usage("b", "2024-01-15T12:00:00Z", 10)
    let late = try usage("a", "2024-01-15T12:00:01Z", 7)
    #expect(try messages(store([early, late])) == 7)
    #expect(try messages(store([late, early])) == 7)
  }

  @Test func `of two values of one time the greater id stands`() throws {
    let (a, b) = try (usage("a", "2024-01-15T12:00:00Z", 10), usage("b", "2024-01-15T12:00:00Z", 7))
    #expect(try messages(store([a, b])) == 7)
    #expect(try messages(store([b, a])) == 7)
  }

  @Test func `a delta adds once an event, and a later absolute value says it all`() throws {
    let first = try usage("a", "2024-01-15T12:00:00Z", 10)
    let delta = try usage("d", "2024-01-15T13:00:00Z", 5, delta: true)
    let another = try usage("e", "2024-01-15T13:00:00Z", 5, delta: true)
    let last = try usage("f", "2024-01-15T14:00:00Z", 20)
    #expect(try messages(store([delta, first, delta, another, delta])) == 20)
    #expect(try messages(store([delta])) == 5)
    #expect(try messages(store([last, delta, first, another])) == 20)
    #expect(try messages(store([delta, another, last])) == 20)
  }

  @Test func `any mixture of values and deltas comes to the latest value and the deltas behind it`() throws {
    var generator = SeededGenerator(seed: 3)
    for round in 0..<60 {
      let facts = (0..<8).map { index in
        let time = "2024-01-16T0\(Int.random(in: 0...3, using: &generator)):00:00Z"
        let count = Int.random(in: 0...100, using: &generator)
        return (id: "e\(index)", time: time, count: count, isDelta: Bool.random(using: &generator))
      }
      let base = facts.filter { !$0.isDelta }.max { ($0.time, $0.id) < ($1.time, $1.id) }
      let behind = facts.filter { fact in
        fact.isDelta && (base.map { ($0.time, $0.id) < (fact.time, fact.id) } ?? true)
      }
      let expected = (base?.count ?? 0) + behind.map(\.count).reduce(0, +)
      let events = try (facts + facts).shuffled(using: &generator)
        .map { try usage($0.id, $0.time, $0.count, delta: $0.isDelta) }
      let store = try store(events)
      #expect(try messages(store) ?? 0 == Int64(expected), "round \(round)")
      #expect(try usageSumsHold(store))
    }
  }

  @Test func `two readings of one slot in one event are refused`() throws {
    let twice = readingsData([reading("prt_1", hour, 1), reading("prt_1", hour, 1)])
    #expect(try fault(eventText(.usageRecorded, "u", at: nil, of: "cus_a", twice))?.path == "data.readings")
  }

  @Test(arguments: [
    (#"{"partner_id":"p","hour":"2024-01-15T11:30:00Z","direction":"inbound","messages":1}"#, "hour"),
    (#"{"partner_id":"p","hour":"2024-01-15T11:00:00Z","direction":"sideways","messages":1}"#, "direction"),
    (#"{"partner_id":"p","hour":"2024-01-15T11:00:00Z","direction":"inbound","messages":-1}"#, "messages"),
    (#"{"partner_id":"p","hour":"2024-01-15T11:00:00Z","direction":"inbound","messages":1.0}"#, "messages"),
    (
      #"{"partner_id":"p","hour":"2024-01-15T11:00:00Z","direction":"inbound","messages":1,"failed":2}"#,
      "failed"
    ),
    (
      #"{"partner_id":"p","hour":"2024-01-15T11:00:00Z","direction":"inbound","messages":1,"bytes":9007199254740992}"#,
      "bytes"
    ),
    (
      #"{"partner_id":"../p","hour":"2024-01-15T11:00:00Z","direction":"inbound","messages":1}"#, "partner_id"
    ),
  ])
  func `a bad reading names its field`(reading: String, field: String) throws {
    let text = eventText(.usageRecorded, "u", at: nil, of: "cus_a", readingsData([reading]))
    #expect(try fault(text)?.path == "data.readings[0].\(field)")
  }

  @Test(arguments: [(1, nil), (10_000, nil), (10_001, "data.readings"), (0, "data.readings")])
  func `an event holds one to ten thousand readings`(count: Int, path: String?) throws {
    let readings = (0..<count).map { reading("p\($0)", hour, 1) }
    #expect(
      try fault(eventText(.usageRecorded, "u", at: nil, of: "cus_a", readingsData(readings)))?.path == path)
  }

  @Test func `a sum beyond 64 bits is refused with the store as it was`() throws {
    let limit = 9_007_199_254_740_991
    let one = readingsData([reading("prt_1", hour, limit)], delta: true)
    let many = try (0..<1_024).map { try event(.usageRecorded, "d\($0)", at: "2024-01-16T00:00:00Z", one) }
    let store = try store(many)
    #expect(try messages(store) == Int64(limit) * 1_024)
    let before = try StoreDump.lines(store.path)
    let error = { (path: String) in
      EventOutcome.refused(FieldError(path: path, expected: .sumWithin64Bits, found: nil))
    }
    #expect(
      try store.apply([event(.usageRecorded, "one", at: "2024-01-16T00:00:00Z", one)]) == [error("data")])
    // Another slot of the same month: here the kept sum leaves 64 bits.
    let elsewhere = readingsData([reading("prt_1", "2024-01-20T00:00:00Z", limit)])
    #expect(try store.apply([event(.usageRecorded, "two", elsewhere)]) == [error("data.readings")])
    #expect(try StoreDump.lines(store.path) == before)
    #expect(try usageSumsHold(store))
  }

  @Test func `usage is complete through the latest watermark, else the newest hour, else the stated month`()
    throws
  {
    let stated = """
      {"period":{"start":"2024-01-01T00:00:00Z","end":"2024-01-31T23:59:59Z"},"usage_summary":{"total_messages":0,\
      "inbound_messages":0,"outbound_messages":0,"total_partners":0,"active_partners":0,"total_payload_size":0}}
      """
    let store = try store([])
    #expect(try store.statement("cus_a")?.usageCompleteThrough == nil)
    try store.apply([usage("u", nil, 1)])
    #expect(try store.statement("cus_a")?.usageCompleteThrough == instant("2024-01-15T12:00:00Z"))
    try store.apply([event(.usageStated, "s", stated)])
    #expect(try store.statement("cus_a")?.usageCompleteThrough == instant("2024-02-01T00:00:00Z"))
    try store.apply([event(.usageWatermark, "w2", #"{"complete_through":"2024-01-14T00:00:00Z"}"#)])
    #expect(try store.statement("cus_a")?.usageCompleteThrough == instant("2024-01-14T00:00:00Z"))
    try store.apply([event(.usageWatermark, "w1", #"{"complete_through":"2024-01-13T00:00:00Z"}"#)])
    #expect(try store.statement("cus_a")?.usageCompleteThrough == instant("2024-01-14T00:00:00Z"))
  }

  @Test func `a month remembers when its usage last changed`() throws {
    let store = try store([
      usage("a", "2024-03-01T00:00:00Z", 1), usage("b", "2024-02-01T00:00:00Z", 2),
      event(.usageRecorded, "c", readingsData([reading("prt_1", "2024-02-01T00:00:00Z", 1)])),
    ])
    let months = try #require(try store.statement("cus_a")).usage
    #expect(
      try months.map(\.changedAt) == [instant("2024-03-01T00:00:00Z"), instant("2024-02-01T01:00:00Z")])
  }

  @Test func `hours are read only for a month in which prices change`() throws {
    func plan(_ id: String, _ from: String) throws -> ReceivedEvent {
      try event(
        .planDefined, id, at: "2023-01-01T00:00:00Z", of: nil,
        #"{"plan_id":"plan_1","name":"P","model":"base_plus_usage","currency":"usd","message_rate":0.05,"effective_at":"\#(from)"}"#
      )
    }
    let hours = ["2024-01-15T11:00:00Z", "2024-02-15T11:00:00Z", "2024-03-15T11:00:00Z"]
    let store = try store([
      plan("p1", "2024-01-01T00:00:00Z"), plan("p2", "2024-02-15T00:00:00Z"),
      event(
        .subscriptionCreated, "s",
        #"{"subscription_id":"sub_1","plan_id":"plan_1","started_at":"2024-01-01T00:00:00Z"}"#),
      event(.usageRecorded, "u", readingsData(hours.map { reading("prt_1", $0, 3, failed: 1, bytes: 9) })),
    ])
    let usage = try #require(try store.statement("cus_a")).usage
    #expect(usage.map(\.hours.count) == [0, 1, 0])
    #expect(usage[1].hours.first?.counts == UsageCounts(messages: 3, failed: 1, bytes: 9))
  }

  @Test(arguments: [
    (
      #""partner_breakdown":[{"partner_id":"p","message_count":11,"payload_size":1}]"#,
      "data.usage_summary.total_messages"
    ),
    (
      #""partner_breakdown":[{"partner_id":"p","message_count":1,"payload_size":101}]"#,
      "data.usage_summary.total_payload_size"
    ),
    (
      #""partner_breakdown":[{"partner_id":"p","message_count":1,"payload_size":1},{"partner_id":"p","message_count":1,"payload_size":1}]"#,
      "data.partner_breakdown"
    ),
    (#""daily_usage":[{"date":"2024-02-01","messages":1,"payload_size":1}]"#, "data.daily_usage[0].date"),
    (
      #""daily_usage":[{"date":"2024-01-01","messages":1,"payload_size":1},{"date":"2024-01-01","messages":1,"payload_size":1}]"#,
      "data.daily_usage"
    ),
    (#""daily_usage":[]"#, nil),
  ])
  func `stated totals hold their parts`(parts: String, path: String?) throws {
    let data = """
      {"period":{"start":"2024-01-01T00:00:00Z","end":"2024-01-31T23:59:59Z"},"usage_summary":{"total_messages":10,\
      "inbound_messages":4,"outbound_messages":6,"total_partners":1,"active_partners":1,"total_payload_size":100},\(parts)}
      """
    #expect(try fault(eventText(.usageStated, "s", at: nil, of: "cus_a", data))?.path == path)
  }
}

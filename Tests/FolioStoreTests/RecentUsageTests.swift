import FolioBilling
import FolioStore
import Testing

@Suite struct RecentUsageTests {
  private func store(
    _ readings: [String], _ more: [ReceivedEvent] = [], watermark: String? = nil
  ) throws
    -> TemporaryStore
  {
    let store = try TemporaryStore()
    var events = [try customerEvent(), try event(.usageRecorded, "u", readingsData(readings))] + more
    if let watermark {
      events.append(try event(.usageWatermark, "w", #"{"complete_through":"\#(watermark)"}"#))
    }
    try store.apply(events)
    return store
  }

  private func recent(_ store: TemporaryStore, asOf: String = "2024-06-10T12:30:00Z") throws -> RecentUsage {
    let statement = try store.statement("cus_a", asOf: asOf)
    guard let recent = statement?.recentUsage else { throw NotAValue(text: "recent usage") }
    return recent
  }

  @Test func `the 90 days end with the last whole hour of complete usage`() throws {
    let readings = [
      reading("prt_1", "2024-03-12T11:00:00Z", 1), reading("prt_1", "2024-03-12T12:00:00Z", 2),
      reading("prt_1", "2024-06-10T11:00:00Z", 4), reading("prt_1", "2024-06-10T12:00:00Z", 8),
    ]
    let recent = try recent(store(readings, watermark: "2024-06-10T12:20:00Z"))
    #expect(recent.period.start.text == "2024-03-12T12:00:00Z")
    #expect(recent.period.end.text == "2024-06-10T12:00:00Z")
    #expect(recent.partners.map { $0.months.map(\.counts.messages) } == [[2, 4]])
  }

  @Test func `the last 30 days and the 30 before part at whole days before the end`() throws {
    let readings = [
      reading("prt_1", "2024-04-11T11:00:00Z", 1), reading("prt_1", "2024-04-11T12:00:00Z", 10),
      reading("prt_1", "2024-05-11T11:00:00Z", 100), reading("prt_1", "2024-05-11T12:00:00Z", 1_000),
    ]
    let partner = try #require(try recent(store(readings, watermark: "2024-06-10T12:00:00Z")).partners.first)
    #expect(partner.thirtyDaysBefore == 110)
    #expect(partner.lastThirtyDays == 1_000)
  }

  @Test func `hours of the week and size classes are counted over all partners and directions`() throws {
    let readings = [
      reading("prt_1", "2024-06-09T09:00:00Z", 5, size: "small"),
      reading("prt_2", "2024-06-10T09:00:00Z", 7, direction: "outbound", size: "large"),
      reading("prt_2", "2024-06-10T10:00:00Z", 3),
    ]
    let recent = try recent(store(readings, watermark: "2024-06-10T12:00:00Z"))
    let (monday, sunday) = (0, 6 * 24)
    #expect(recent.messagesByHourOfWeek[sunday + 9] == 5)
    #expect(recent.messagesByHourOfWeek[monday + 9] == 7 && recent.messagesByHourOfWeek[monday + 10] == 3)
    let hours = try recent.messagesByHourOfDay()
    #expect(hours[9] == 12 && hours[10] == 3 && hours.reduce(0, +) == 15)
    #expect(recent.messagesBySizeClass == [.small: 5, .large: 7, .unknown: 3])
  }

  @Test func `usage that ended long ago leaves the 90 days before the as-of time empty`() throws {
    let recent = try recent(store([reading("prt_1", "2023-01-01T00:00:00Z", 1)]))
    #expect(recent.period.end.text == "2024-06-10T00:00:00Z" && recent.partners.isEmpty)
  }

  @Test func `days of a partner are loaded for a month in which its department changes, and no other`() throws
  {
    func tag(_ id: String, _ day: String, _ department: String) throws -> ReceivedEvent {
      try event(
        .partnerUpdated, id, at: "2024-01-01T00:00:00Z",
        #"{"partner_id":"prt_1","department":"\#(department)","department_from":"\#(day)"}"#)
    }
    let readings = ["2024-04-02", "2024-05-02", "2024-05-20"].flatMap { day in
      [reading("prt_1", "\(day)T09:00:00Z", 3, failed: 1), reading("prt_2", "\(day)T09:00:00Z", 9)]
    }
    let tags = try [
      tag("a", "2024-04-01", "Sales"), tag("b", "2024-05-10", "Sales"), tag("c", "2024-05-15", "Logistics"),
    ]
    let statement = try #require(try store(readings, tags).statement("cus_a"))
    #expect(try statement.usage(in: month("2024-04")).partnerDays.isEmpty)
    let days = try statement.usage(in: month("2024-05")).partnerDays
    #expect(days.map(\.date.text) == ["2024-05-02", "2024-05-20"])
    #expect(days.map(\.partnerID.text) == ["prt_1", "prt_1"])
    #expect(days.map(\.counts) == [UsageCounts(messages: 3, failed: 1), UsageCounts(messages: 3, failed: 1)])
  }
}

import FolioAnalytics
import FolioBilling
import Testing

@Suite struct UsageSummaryTests {
  private func month() throws -> CalendarMonth { try #require(CalendarMonth("2024-01")) }

  private func day(_ number: Int) throws -> CalendarDate { try month().firstDay.adding(days: number - 1) }

  /// The numbers of the API's sample answer of GET usage.
  private func sample() throws -> StatedUsage {
    StatedUsage(
      month: try month(), messages: 15_420, inboundMessages: 7_210, outboundMessages: 8_210,
      totalPartners: 12,
      activePartners: 11, bytes: 2_147_483_648,
      partners: [
        StatedPartnerUsage(
          partnerID: try PartnerID("prt_enterprise_001"), name: "Enterprise Partner Corp", messages: 8_500,
          bytes: 1_073_741_824, successRate: try ExactDecimal("99.9"))
      ],
      days: [StatedDayUsage(date: try day(1), messages: 512, bytes: 67_108_864)])
  }

  private func partner(_ id: String, _ inbound: Int64, _ outbound: Int64, failed: Int64 = 0) throws
    -> PartnerUsage
  {
    PartnerUsage(
      partnerID: try PartnerID(id),
      inbound: UsageCounts(messages: inbound, failed: failed, bytes: inbound * 10),
      outbound: UsageCounts(messages: outbound, bytes: outbound * 10))
  }

  private func expectRowsSumToTotals(_ summary: UsageSummary) {
    #expect(summary.partnerRows.reduce(0) { $0 + $1.messages } == summary.totalMessages)
    #expect(summary.partnerRows.reduce(0) { $0 + $1.bytes } == summary.totalBytes)
    #expect(summary.dayRows.reduce(0) { $0 + $1.messages } == summary.totalMessages)
    #expect(summary.dayRows.reduce(0) { $0 + $1.bytes } == summary.totalBytes)
    #expect(summary.undirectedMessages >= 0)
    #expect(
      (summary.partnerRows.dropLast().map(\.messages) + summary.dayRows.map(\.messages)).allSatisfy {
        $0 >= 0
      })
  }

  @Test func `S6: inbound and outbound sum to the total, and the mean is floored to whole KiB`() throws {
    let (inbound, outbound) = (
      UsageCounts(messages: 7_210, bytes: 1_000_000_000), UsageCounts(messages: 8_210, bytes: 1_147_483_648)
    )
    let summary = try UsageSummary(
      MonthUsage(
        month: month(),
        partners: [PartnerUsage(partnerID: PartnerID("prt_1"), inbound: inbound, outbound: outbound)],
        days: [DayUsage(date: day(3), inbound: inbound, outbound: outbound)]))
    #expect(summary.totalMessages == 15_420)
    #expect(summary.averageMessageSize == 139_264)
    #expect(summary.failedMessages == 0)
    #expect(summary.dayRows.map(\.date?.text) == ["2024-01-03"])
    expectRowsSumToTotals(summary)
  }

  @Test func `the sample answer gets rows for what it does not itemise`() throws {
    let summary = try UsageSummary(MonthUsage(month: month(), stated: sample()))
    #expect(summary.totalMessages == 15_420)
    #expect(summary.averageMessageSize == 139_264)
    #expect((summary.totalPartners, summary.activePartners) == (12, 11))
    #expect(summary.failedMessages == nil)
    #expect(summary.partnerRows.map(\.partnerID?.text) == ["prt_enterprise_001", nil])
    #expect(summary.partnerRows.map(\.messages) == [8_500, 6_920])
    #expect(summary.partnerRows.map(\.bytes) == [1_073_741_824, 1_073_741_824])
    #expect(summary.partnerRows.map(\.successRate?.text) == ["99.9", nil])
    #expect(summary.partnerRows.map(\.statedName) == ["Enterprise Partner Corp", nil])
    #expect(summary.dayRows.map(\.date?.text) == ["2024-01-01", nil])
    #expect(summary.dayRows.map(\.messages) == [512, 14_908])
    #expect(summary.dayRows.map(\.inbound) == [nil, nil])
    expectRowsSumToTotals(summary)
  }

  @Test func `readings that outgrow the stated figures replace them`() throws {
    let usage = MonthUsage(
      month: try month(), partners: [try partner("prt_enterprise_001", 5_000, 15_000, failed: 21)],
      days: [
        DayUsage(
          date: try day(1), inbound: UsageCounts(messages: 5_000, failed: 21, bytes: 50_000),
          outbound: UsageCounts(messages: 15_000, bytes: 150_000))
      ], stated: try sample())
    let summary = try UsageSummary(usage)
    #expect(summary.partnerRows[0].messages == 20_000)
    #expect(summary.partnerRows[0].successRate?.text == "99.89")
    #expect(summary.totalMessages == 22_210, "the stated inbound and the counted outbound are both there")
    #expect(summary.failedMessages == nil)
    expectRowsSumToTotals(summary)
  }

  @Test func `a month without a fact is empty`() throws {
    let summary = try UsageSummary(MonthUsage(month: month()), knownPartners: 3)
    #expect((summary.totalMessages, summary.totalPartners, summary.activePartners) == (0, 3, 0))
    #expect(summary.averageMessageSize == nil && summary.successRate == nil)
    #expect(summary.partnerRows.isEmpty && summary.dayRows.isEmpty)
  }

  @Test func `partners are in order of messages, then of identifiers`() throws {
    let partners = [try partner("b", 1, 1), try partner("a", 1, 1), try partner("c", 5, 0, failed: 5)]
    let summary = try UsageSummary(MonthUsage(month: month(), partners: partners))
    #expect(summary.partnerRows.map(\.partnerID?.text) == ["c", "a", "b"])
    #expect(summary.activePartners == 3, "failed messages make a partner active, too")
    #expect(summary.partnerRows[0].successRate?.text == "0")
    #expect(summary.dayRows.map(\.date) == [nil], "no reading of a day explains them")
    expectRowsSumToTotals(summary)
  }

  @Test func `rows sum to totals whatever is stated`() throws {
    var state: UInt64 = 7
    func number(_ limit: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % limit)
    }
    for _ in 0..<300 {
      let partners = try (0..<number(5)).map { try partner("prt_\($0)", number(90), number(90)) }
      let days = try (0..<number(5)).map {
        DayUsage(
          date: try day(Int($0) + 1), inbound: UsageCounts(messages: number(90)),
          outbound: UsageCounts(messages: number(90), bytes: number(900)))
      }
      let stated = StatedUsage(
        month: try month(), messages: number(500), inboundMessages: number(250),
        outboundMessages: number(250),
        totalPartners: number(9), activePartners: number(9), bytes: number(5_000),
        partners: try (2..<2 + number(5)).map {
          StatedPartnerUsage(
            partnerID: try PartnerID("prt_\($0)"), name: nil, messages: number(90), bytes: number(900),
            successRate: nil)
        },
        days: try (2..<2 + number(5)).map {
          StatedDayUsage(date: try day(Int($0) + 1), messages: number(90), bytes: number(900))
        })
      expectRowsSumToTotals(
        try UsageSummary(MonthUsage(month: month(), partners: partners, days: days, stated: stated)))
    }
  }
}

import FolioAnalytics
import FolioBilling
import Testing

func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

@Suite struct ProjectionTests {
  private func january() throws -> BillingPeriod { try #require(CalendarMonth("2024-01")).period }

  @Test func `S1: 8,420 messages by noon of the 16th become 16,840, with 15 days to go`() throws {
    let noon = try instant("2024-01-16T12:00:00Z")
    let projection = try #require(Projection(of: january(), completeThrough: noon))
    #expect(try projection.projected(8_420) == 16_840)
    #expect(try january().daysRemaining(at: noon) == 15)
  }

  @Test func `there is no projection before 24 hours of data`() throws {
    #expect(try Projection(of: january(), completeThrough: instant("2024-01-01T23:59:59Z")) == nil)
    #expect(try Projection(of: january(), completeThrough: instant("2023-12-01T00:00:00Z")) == nil)
    let firstDay = try #require(Projection(of: january(), completeThrough: instant("2024-01-02T00:00:00Z")))
    #expect(try firstDay.projected(10) == 310)
  }

  @Test func `the first 24 hours count from the start, and a shorter period is known once it is over`() throws
  {
    let (start, end) = (try instant("2024-01-31T12:00:00Z"), try instant("2024-02-01T00:00:00Z"))
    let span = BillingPeriod(start: start, end: end)
    #expect(try Projection(of: span, completeThrough: instant("2024-01-31T23:59:59Z")) == nil)
    #expect(try Projection(of: span, completeThrough: end)?.projected(7) == 7)
  }

  @Test func `a period that is over is projected to itself`() throws {
    let projection = try #require(Projection(of: january(), completeThrough: instant("2024-06-01T00:00:00Z")))
    #expect(try projection.projected(UsageCounts(messages: 7, failed: 1, bytes: 99)).bytes == 99)
    #expect(try january().daysRemaining(at: instant("2024-06-01T00:00:00Z")) == 0)
    #expect(try january().daysRemaining(at: instant("2024-01-31T00:00:00.000000001Z")) == 0)
  }

  @Test func `a projection rounds half up in 128 bits`() throws {
    let span = BillingPeriod(
      start: try instant("2024-01-01T00:00:00Z"), end: try instant("2024-01-04T00:00:00Z"))
    let projection = try #require(Projection(of: span, completeThrough: instant("2024-01-03T00:00:00Z")))
    #expect(try projection.projected(1) == 2)
    #expect(try projection.projected(Int64.max / 2) == 6_917_529_027_641_081_855)
    #expect(throws: ArithmeticOverflow()) { try projection.projected(.max) }
  }
}

@Suite struct SuccessRateTests {
  @Test(
    arguments: [
      (8_500, 8, "99.9"), (25_000, 12, "99.95"), (10_000, 1, "99.99"), (100_000, 1, "99.99"), (3, 0, "100"),
      (Int64.max, 1, "99.99"), (3, 1, "66.66"), (2, 2, "0"), (2, 5, "0"),
    ] as [(Int64, Int64, String)])
  func `the rate is floored to two decimals and never 100 while one failed`(
    messages: Int64, failed: Int64, text: String
  ) {
    #expect(SuccessRate.percent(messages: messages, failed: failed)?.text == text)
  }

  @Test func `without messages there is no rate`() {
    #expect(SuccessRate.percent(messages: 0, failed: 0) == nil)
  }
}

@Suite struct TrendTests {
  @Test(
    arguments: [
      (111, 100, .increasing), (110, 100, .stable), (100, 100, .stable), (90, 100, .stable),
      (89, 100, .decreasing),
      (0, 1, .decreasing), (1, 0, .new), (0, 0, .stable), (Int64.max, Int64.max, .stable),
    ] as [(Int64, Int64, PartnerTrend)])
  func `a change over a tenth is a trend`(recent: Int64, before: Int64, trend: PartnerTrend) {
    #expect(PartnerTrend(recent: recent, before: before) == trend)
  }

  @Test func `the spans are thirty days each and touch`() throws {
    let spans = PartnerTrend.spans(endingAt: try instant("2024-03-31T12:00:00Z"))
    #expect(spans.recent.start.text == "2024-03-01T12:00:00Z")
    #expect(spans.before.start.text == "2024-01-31T12:00:00Z")
    #expect(spans.before.end == spans.recent.start)
  }
}

@Suite struct PeakHoursTests {
  private func windows(_ busy: [Int: Int64]) throws -> [String] {
    try PeakHours.windows(byHourOfDay: (0..<24).map { busy[$0] ?? 0 }).map(\.text)
  }

  @Test func `the two best windows do not overlap`() throws {
    #expect(try windows([9: 50, 10: 60, 11: 40, 14: 30, 15: 25]) == ["09:00-11:00", "14:00-16:00"])
  }

  @Test func `a window may cross midnight`() throws {
    #expect(try windows([23: 50, 0: 50, 22: 20]) == ["23:00-01:00", "21:00-23:00"])
  }

  @Test func `hours without messages are no peak`() throws {
    #expect(try windows([:]) == [])
    #expect(try windows([5: 1]) == ["04:00-06:00"])
  }
}

@Suite struct SizeDistributionTests {
  @Test(
    arguments: [([45, 35, 20], [45, 35, 20]), ([1, 1, 1], [34, 33, 33]), ([0, 0, 7], [0, 0, 100])]
      as [([Int64], [Int64])])
  func `per cents sum to 100`(counts: [Int64], percents: [Int64]) throws {
    let distribution = try #require(
      SizeDistribution(messages: [.small: counts[0], .medium: counts[1], .large: counts[2], .unknown: 9]))
    #expect([distribution.small, distribution.medium, distribution.large] == percents)
  }

  @Test func `messages of unknown size say nothing`() {
    #expect(SizeDistribution(messages: [.unknown: 9]) == nil)
  }
}

@Suite struct BudgetTests {
  @Test(
    arguments: [("1500.00", 75), ("1499.99", 74), ("0", 0), ("2000", 100), ("5000", 250), ("-1", -1)]
      as [(String, Int64)]
  )
  func `S7: 1,500.00 of 2,000.00 are 75 per cent, floored`(spent: String, percent: Int64) throws {
    let usd = try #require(Currency(code: "USD"))
    let budget = Budget(
      id: try BudgetID("bud_1"), name: "Monthly AS2 Budget", amount: try Money("2000", currency: usd),
      period: .monthly, alertThresholds: [50, 75, 90], hasHardLimit: true)
    #expect(budget.percentUsed(try Money(spent, currency: usd)) == percent)
  }
}

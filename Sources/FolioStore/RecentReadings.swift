import FolioBilling
import SQLite

/// Collects the readings of the last 90 days in one pass over them.
struct RecentReadings {
  private let period: BillingPeriod
  private let lastThirtyDays: Int
  private let thirtyDaysBefore: Int
  private var partners: [PartnerID: PartnerTally] = [:]
  private var messagesByHourOfWeek = Array(repeating: Int64(0), count: 168)
  private var messagesBySizeClass: [SizeClass: Int64] = [:]

  private struct PartnerTally {
    var months: [CalendarMonth: UsageCounts] = [:]
    var lastThirtyDays: Int64 = 0
    var thirtyDaysBefore: Int64 = 0
  }

  /// The 90 days that end with the last whole hour through which usage is complete; where that is longer ago
  /// than they are, those that end at the as-of time, which then hold nothing.
  static func load(
    of customer: CustomerID, through complete: Timestamp, asOf: Timestamp, from connection: Connection
  ) throws -> RecentUsage {
    let span = recentDays * 86_400
    let isOld = complete.secondsSinceEpoch < asOf.secondsSinceEpoch - span
    var readings = RecentReadings(endingWith: (isOld ? asOf : complete).hour)
    try readings.collect(of: customer, from: connection)
    return readings.usage
  }

  private init(endingWith end: UsageHour) {
    let hours = { (days: Int64) in max(0, end.hoursSinceEpoch - Int(days) * 24) }
    let start = UsageHour(hoursSinceEpoch: hours(recentDays)).start
    period = BillingPeriod(start: start, end: max(end.start, start.adding(seconds: 3_600)))
    (lastThirtyDays, thirtyDaysBefore) = (hours(30), hours(60))
  }

  private mutating func collect(of customer: CustomerID, from connection: Connection) throws {
    let statement = try connection.statement(
      """
      SELECT hour, partner_id, size_class, messages, failed, bytes FROM usage_readings
      WHERE customer_id = ? AND hour >= ? AND hour < ?
      """)
    try statement.forEach([
      .text(customer.text), .integer(Int64(period.start.hour.hoursSinceEpoch)),
      .integer(Int64(period.end.hour.hoursSinceEpoch)),
    ]) { row in
      let (hour, partner) = (
        try storedHour(row.integer(0)),
        try storedIdentifier(row.text(1), "usage_readings.partner_id") as PartnerID
      )
      guard let sizeClass = SizeClass(number: try row.integer(2)) else {
        throw StoredValueError(column: "usage_readings.size_class")
      }
      let counts = UsageCounts(
        messages: try row.integer(3), failed: try row.integer(4), bytes: try row.integer(5))
      try take(counts, of: partner, in: hour, sizeClass)
    }
  }

  private mutating func take(
    _ counts: UsageCounts, of partner: PartnerID, in hour: UsageHour, _ sizeClass: SizeClass
  ) throws(ArithmeticOverflow) {
    guard counts != UsageCounts() else { return }
    var tally = partners[partner] ?? PartnerTally()
    let month = hour.date.month
    tally.months[month] = try (tally.months[month] ?? UsageCounts()).adding(counts)
    if hour.hoursSinceEpoch >= lastThirtyDays {
      tally.lastThirtyDays = try sum(tally.lastThirtyDays, counts.messages)
    } else if hour.hoursSinceEpoch >= thirtyDaysBefore {
      tally.thirtyDaysBefore = try sum(tally.thirtyDaysBefore, counts.messages)
    }
    partners[partner] = tally
    messagesByHourOfWeek[hour.hourOfWeek] = try sum(messagesByHourOfWeek[hour.hourOfWeek], counts.messages)
    messagesBySizeClass[sizeClass] = try sum(messagesBySizeClass[sizeClass] ?? 0, counts.messages)
  }

  private func sum(_ left: Int64, _ right: Int64) throws(ArithmeticOverflow) -> Int64 {
    let (sum, overflowed) = left.addingReportingOverflow(right)
    if overflowed { throw ArithmeticOverflow() }
    return sum
  }

  private var usage: RecentUsage {
    let rows = partners.sorted { $0.key < $1.key }.map { id, tally in
      let months = tally.months.sorted { $0.key < $1.key }.map {
        RecentMonth(month: $0.key, counts: $0.value)
      }
      return RecentPartnerUsage(
        partnerID: id, months: months, lastThirtyDays: tally.lastThirtyDays,
        thirtyDaysBefore: tally.thirtyDaysBefore)
    }
    return RecentUsage(
      period: period, partners: rows, messagesByHourOfWeek: messagesByHourOfWeek,
      messagesBySizeClass: messagesBySizeClass)
  }
}

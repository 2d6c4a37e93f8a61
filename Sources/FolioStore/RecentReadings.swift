import FolioBilling
import SQLite

/// Collects the readings of the last 90 days in one pass over them.
struct RecentReadings {
  private let period: BillingPeriod
  private let lastThirtyDays: Int
  private let thirtyDaysBefore: Int
  /// In the order in which they first come.
  private var partners: [PartnerTally] = []
  private var places: [PartnerID: Int] = [:]
  /// The place of the latest reading's partner.
  private var place = 0
  /// The month of the latest reading's hour, and the hours of that month.
  private var month = (month: CalendarMonth(ordinal: 0), hours: 0..<0)
  private var messagesByHourOfWeek = Array(repeating: Int64(0), count: 168)
  /// By the numbers of size classes; nil for one without a reading.
  private var messagesBySizeClass = [Int64?](repeating: nil, count: SizeClass.allCases.count)

  fileprivate struct PartnerTally {
    let id: PartnerID
    /// In no order.
    var months: [RecentMonthTally] = []
    var lastThirtyDays: Int64 = 0
    var thirtyDaysBefore: Int64 = 0
  }

  fileprivate struct RecentMonthTally {
    let month: CalendarMonth
    var counts: UsageCounts
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
      let hour = try storedHour(row.integer(0))
      try findPartner(row)
      guard let sizeClass = SizeClass(number: try row.integer(2)) else {
        throw StoredValueError(column: "usage_readings.size_class")
      }
      let counts = UsageCounts(
        messages: try row.integer(3), failed: try row.integer(4), bytes: try row.integer(5))
      try take(counts, in: hour, sizeClass)
    }
  }

  /// Sets `place` to that of a row's partner.
  ///
  /// Rows come in order of hours and partners, so it is most often that of the row before or one of the next.
  private mutating func findPartner(_ row: borrowing Row) throws {
    for step in 0..<min(Self.stepsLimit, partners.count) {
      let next = (place + step) % partners.count
      if row.isText(partners[next].id.text, in: 1) { return place = next }
    }
    let id: PartnerID = try storedIdentifier(row.text(1), "usage_readings.partner_id")
    place = places[id] ?? partners.count
    if place < partners.count { return }
    places[id] = place
    partners.append(PartnerTally(id: id))
  }

  /// How many partners are compared before one is looked up.
  private static let stepsLimit = 8

  private mutating func findMonth(of hour: UsageHour) {
    if month.hours.contains(hour.hoursSinceEpoch) { return }
    let found = hour.date.month
    month = (
      found, found.period.start.hour.hoursSinceEpoch..<found.period.end.hour.hoursSinceEpoch
    )
  }

  private mutating func take(
    _ counts: UsageCounts, in hour: UsageHour, _ sizeClass: SizeClass
  ) throws(ArithmeticOverflow) {
    guard counts != UsageCounts() else { return }
    findMonth(of: hour)
    try partners[place].add(counts, in: month.month)
    if hour.hoursSinceEpoch >= lastThirtyDays {
      partners[place].lastThirtyDays = try partners[place].lastThirtyDays.addingChecked(counts.messages)
    } else if hour.hoursSinceEpoch >= thirtyDaysBefore {
      partners[place].thirtyDaysBefore = try partners[place].thirtyDaysBefore.addingChecked(counts.messages)
    }
    let ofWeek = hour.hourOfWeek
    messagesByHourOfWeek[ofWeek] = try messagesByHourOfWeek[ofWeek].addingChecked(counts.messages)
    let number = Int(sizeClass.number)
    messagesBySizeClass[number] = try (messagesBySizeClass[number] ?? 0).addingChecked(counts.messages)
  }

  private var usage: RecentUsage {
    // Partners of whom all readings are empty have no month.
    let rows = partners.filter { !$0.months.isEmpty }.sorted { $0.id < $1.id }.map { tally in
      let months = tally.months.sorted { $0.month < $1.month }.map {
        RecentMonth(month: $0.month, counts: $0.counts)
      }
      return RecentPartnerUsage(
        partnerID: tally.id, months: months, lastThirtyDays: tally.lastThirtyDays,
        thirtyDaysBefore: tally.thirtyDaysBefore)
    }
    return RecentUsage(
      period: period, partners: rows, messagesByHourOfWeek: messagesByHourOfWeek,
      messagesBySizeClass: SizeClass.allCases.reduce(into: [:]) { classes, sizeClass in
        classes[sizeClass] = messagesBySizeClass[Int(sizeClass.number)]
      })
  }
}

extension RecentReadings.PartnerTally {
  /// Adds to a month, which is most often the one that came last.
  fileprivate mutating func add(_ counts: UsageCounts, in month: CalendarMonth) throws(ArithmeticOverflow) {
    if let index = months.lastIndex(where: { $0.month == month }) {
      months[index].counts = try months[index].counts.adding(counts)
    } else {
      months.append(RecentReadings.RecentMonthTally(month: month, counts: counts))
    }
  }
}

import FolioBilling
import SQLite

extension UsageRecorded {
  /// A customer's usage by months, from the sums that the store keeps.
  ///
  /// - Parameters:
  ///   - known: the partners that are known, with their departments.
  ///   - needsHours: whether a month's hours are wanted, because its prices change within it.
  static func load(
    of customer: CustomerID, known: [Partner], from connection: Connection,
    needsHours: (CalendarMonth) -> Bool
  ) throws -> [MonthUsage] {
    let partners = try loadPartners(of: customer, from: connection)
    let days = try loadDays(of: customer, from: connection)
    let stated = try UsageStated.load(of: customer, from: connection)
    let changes = try loadChanges(of: customer, from: connection)
    let months = Set(partners.keys).union(days.keys).union(stated.keys).sorted()
    return try months.map { month in
      MonthUsage(
        month: month, partners: partners[month] ?? [], days: days[month] ?? [],
        hours: needsHours(month) ? try loadHours(of: customer, in: month, from: connection) : [],
        partnerHours: needsHours(month)
          ? try loadPartnerHours(of: customer, in: month, from: connection) : [],
        partnerDays: try known.filter { $0.changesDepartment(in: month) }.flatMap {
          try loadDays(of: $0.id, of: customer, in: month, from: connection)
        }, stated: stated[month], changedAt: changes[month])
    }
  }

  private static func loadPartners(
    of customer: CustomerID, from connection: Connection
  ) throws -> [CalendarMonth: [PartnerUsage]] {
    var all: [(month: CalendarMonth, usage: PartnerUsage)] = []
    try connection.statement(
      """
      SELECT month, partner_id, direction, messages, failed, bytes FROM usage_months
      WHERE customer_id = ? ORDER BY month, partner_id, direction
      """
    ).forEach([.text(customer.text)]) { row in
      let month = try storedMonth(row.integer(0))
      let partner: PartnerID = try storedIdentifier(row.text(1), "usage_months.partner_id")
      let counts = UsageCounts(
        messages: try row.integer(3), failed: try row.integer(4), bytes: try row.integer(5))
      let isInbound = try row.integer(2) == 0
      var inbound = isInbound ? counts : UsageCounts()
      let outbound = isInbound ? UsageCounts() : counts
      if let last = all.last, last.month == month, last.usage.partnerID == partner {
        inbound = last.usage.inbound
        all.removeLast()
      }
      all.append((month, PartnerUsage(partnerID: partner, inbound: inbound, outbound: outbound)))
    }
    return Dictionary(grouping: all) { $0.month }.mapValues { rows in
      rows.map(\.usage).filter { $0.inbound.messages > 0 || $0.outbound.messages > 0 }
    }
  }

  private static func loadDays(
    of customer: CustomerID, from connection: Connection
  ) throws -> [CalendarMonth: [DayUsage]] {
    var days: [DayUsage] = []
    try connection.statement(
      """
      SELECT day, direction, messages, failed, bytes FROM usage_days
      WHERE customer_id = ? ORDER BY day, direction
      """
    ).forEach([.text(customer.text)]) { row in
      let date = try storedDay(row.integer(0))
      let counts = UsageCounts(
        messages: try row.integer(2), failed: try row.integer(3), bytes: try row.integer(4))
      let isInbound = try row.integer(1) == 0
      var inbound = isInbound ? counts : UsageCounts()
      let outbound = isInbound ? UsageCounts() : counts
      if let last = days.last, last.date == date {
        inbound = last.inbound
        days.removeLast()
      }
      days.append(DayUsage(date: date, inbound: inbound, outbound: outbound))
    }
    return Dictionary(grouping: days) { $0.date.month }
  }

  private static func loadHours(
    of customer: CustomerID, in month: CalendarMonth, from connection: Connection
  ) throws -> [HourUsage] {
    let (first, last) = (month.period.start.hour, month.period.end.hour)
    return try connection.statement(
      """
      SELECT hour, sum(messages), sum(failed), sum(bytes) FROM usage_readings
      WHERE customer_id = ? AND hour >= ? AND hour < ? GROUP BY hour ORDER BY hour
      """
    ).rows(
      [.text(customer.text), .integer(Int64(first.hoursSinceEpoch)), .integer(Int64(last.hoursSinceEpoch))]
    ) { row in
      HourUsage(
        hour: try storedHour(row.integer(0)),
        counts: UsageCounts(
          messages: try row.integer(1), failed: try row.integer(2), bytes: try row.integer(3)))
    }
  }

  private static func loadPartnerHours(
    of customer: CustomerID, in month: CalendarMonth, from connection: Connection
  ) throws -> [PartnerHourUsage] {
    let (first, last) = (month.period.start.hour, month.period.end.hour)
    return try connection.statement(
      """
      SELECT partner_id, hour, sum(messages), sum(failed), sum(bytes) FROM usage_readings
      WHERE customer_id = ? AND hour >= ? AND hour < ? GROUP BY partner_id, hour ORDER BY partner_id, hour
      """
    ).rows(
      [.text(customer.text), .integer(Int64(first.hoursSinceEpoch)), .integer(Int64(last.hoursSinceEpoch))]
    ) { row in
      let counts = UsageCounts(
        messages: try row.integer(2), failed: try row.integer(3), bytes: try row.integer(4))
      return PartnerHourUsage(
        partnerID: try storedIdentifier(row.text(0), "usage_readings.partner_id"),
        usage: HourUsage(hour: try storedHour(row.integer(1)), counts: counts))
    }
  }

  private static func loadDays(
    of partner: PartnerID, of customer: CustomerID, in month: CalendarMonth, from connection: Connection
  ) throws -> [PartnerDayUsage] {
    let (first, last) = (month.period.start.hour, month.period.end.hour)
    return try connection.statement(
      """
      SELECT hour / 24, sum(messages), sum(failed), sum(bytes) FROM usage_readings
      WHERE customer_id = ? AND hour >= ? AND hour < ? AND partner_id = ? GROUP BY hour / 24 ORDER BY hour / 24
      """
    ).rows([
      .text(customer.text), .integer(Int64(first.hoursSinceEpoch)), .integer(Int64(last.hoursSinceEpoch)),
      .text(partner.text),
    ]) { row in
      let counts = UsageCounts(
        messages: try row.integer(1), failed: try row.integer(2), bytes: try row.integer(3))
      return PartnerDayUsage(partnerID: partner, date: try storedDay(row.integer(0)), counts: counts)
    }
  }

  private static func loadChanges(
    of customer: CustomerID, from connection: Connection
  ) throws -> [CalendarMonth: Timestamp] {
    var changes: [CalendarMonth: Timestamp] = [:]
    _ = try connection.statement("SELECT month, changed_at FROM usage_changes WHERE customer_id = ?")
      .rows([.text(customer.text)]) { row in
        changes[try storedMonth(row.integer(0))] = try storedInstant(row.integer(1))
      }
    return changes
  }

  /// Readings of a month whose hours are not over at an instant.
  static func loadCounts(
    of customer: CustomerID, in month: CalendarMonth, beyond instant: Timestamp, from connection: Connection
  ) throws -> UsageCounts {
    let first = max(instant.hour, month.period.start.hour)
    return try connection.statement(
      """
      SELECT coalesce(sum(messages), 0), coalesce(sum(failed), 0), coalesce(sum(bytes), 0)
      FROM usage_readings WHERE customer_id = ? AND hour >= ? AND hour < ?
      """
    ).first([
      .text(customer.text), .integer(Int64(first.hoursSinceEpoch)),
      .integer(Int64(month.period.end.hour.hoursSinceEpoch)),
    ]) { row in
      UsageCounts(messages: try row.integer(0), failed: try row.integer(1), bytes: try row.integer(2))
    } ?? UsageCounts()
  }

  /// Through which instant usage has been received: the latest watermark, else the end of the newest reading's
  /// hour, else the end of the newest stated month; nil before any.
  static func loadCompleteThrough(of customer: CustomerID, from connection: Connection) throws -> Timestamp? {
    let watermark = try connection.statement(
      "SELECT complete_through FROM usage_watermarks WHERE customer_id = ?"
    ).first([.text(customer.text)]) { try storedInstant($0.integer(0)) }
    if let watermark { return watermark }
    let reading = try connection.statement("SELECT max(hour) FROM usage_readings WHERE customer_id = ?")
      .first([.text(customer.text)]) { row in
        try row.optionalInteger(0).map { try storedHour($0).end }
      }
    let stated = try connection.statement("SELECT max(month) FROM usage_statements WHERE customer_id = ?")
      .first([.text(customer.text)]) { row in
        try row.optionalInteger(0).map { try storedMonth($0).period.end }
      }
    return [reading ?? nil, stated ?? nil].compactMap(\.self).max()
  }
}

extension UsageStated {
  static func load(
    of customer: CustomerID, from connection: Connection
  ) throws -> [CalendarMonth: StatedUsage] {
    var months: [CalendarMonth: StatedUsage] = [:]
    _ = try connection.statement("SELECT document FROM usage_statements WHERE customer_id = ?")
      .rows([.text(customer.text)]) { row in
        let usage = try StatedUsage(storedFields("usage_statements.document", row.text(0)))
        months[usage.month] = usage
      }
    return months
  }
}

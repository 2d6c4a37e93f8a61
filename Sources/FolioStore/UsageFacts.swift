import FolioBilling
import JSON
import SQLite

/// `billing.usage.recorded`: readings of one customer, absolute unless marked as a delta.
struct UsageRecorded: BillingFact {
  let customerID: CustomerID
  /// In order of slots, one reading a slot.
  let readings: [UsageReading]
  /// Whether the readings add to their slots instead of replacing them.
  let isDelta: Bool

  init(customerID: CustomerID, readings: [UsageReading], isDelta: Bool) {
    self.customerID = customerID
    self.readings = readings.sorted { $0.slot < $1.slot }
    self.isDelta = isDelta
  }

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    var readings: [UsageReading] = []
    for reading in try fields.objects("readings", most: readingsLimit) {
      readings.append(try UsageReading(reading))
    }
    if readings.isEmpty { throw fields.fail("readings", .list(most: readingsLimit)) }
    let isDelta = try fields.optionalBool("delta") ?? false
    self.init(customerID: customerID, readings: readings, isDelta: isDelta)
    for (left, right) in zip(self.readings, self.readings.dropFirst()) where left.slot == right.slot {
      throw fields.fail("readings", .noConflict(otherLine: 0))
    }
  }

  var requires: [EventSubject] { [.customer(customerID)] }
  var factTime: Timestamp? { readings.map(\.hour.end).max() }

  func write(_ writer: FactWriter) throws {
    let slots = try UsageSlots(writer, customerID)
    for reading in readings { try slots.take(reading, isDelta: isDelta) }
    for month in Set(readings.map(\.hour.date.month)) {
      try noteUsageChange(writer, customerID, month)
    }
  }
}

/// The most readings in one event.
package let readingsLimit = 10_000

/// Remembers when a month's usage last changed.
private func noteUsageChange(_ writer: FactWriter, _ customer: CustomerID, _ month: CalendarMonth) throws {
  try writer.connection.statement(
    """
    INSERT INTO usage_changes (customer_id, month, changed_at) VALUES (?, ?, ?)
    ON CONFLICT (customer_id, month) DO UPDATE SET changed_at = excluded.changed_at
    WHERE excluded.changed_at > usage_changes.changed_at
    """
  ).run([.text(customer.text), .integer(Int64(month.ordinal)), .integer(writer.key.time)])
}

extension UsageReading {
  init(_ fields: FieldReader) throws(FieldError) {
    let instant = try fields.timestamp("hour")
    guard instant.hour.start == instant else { throw fields.fail("hour", .wholeHour) }
    let counts = UsageCounts(
      messages: try fields.integer("messages"), failed: try fields.optionalInteger("failed") ?? 0,
      bytes: try fields.optionalInteger("bytes") ?? 0)
    guard counts.failed <= counts.messages else { throw fields.fail("failed", .failedWithinMessages) }
    self.init(
      partnerID: try fields.identifier("partner_id"),
      direction: try fields.choice("direction", Direction.self),
      hour: instant.hour, sizeClass: try fields.optionalChoice("size_class", SizeClass.self) ?? .unknown,
      counts: counts)
  }

  /// What the reading is a reading of, in an order that does not depend on arrival.
  var slot: UsageSlot {
    UsageSlot(hour: hour, partnerID: partnerID, direction: direction.number, sizeClass: sizeClass.number)
  }
}

/// A partner, a direction, an hour and a size class.
struct UsageSlot: Hashable, Comparable {
  let hour: UsageHour
  let partnerID: PartnerID
  let direction: Int64
  let sizeClass: Int64

  static func < (left: Self, right: Self) -> Bool {
    if left.hour != right.hour { return left.hour < right.hour }
    if left.partnerID != right.partnerID { return left.partnerID < right.partnerID }
    return (left.direction, left.sizeClass) < (right.direction, right.sizeClass)
  }
}

extension Direction {
  /// The number that stands for the direction in the store.
  var number: Int64 { self == .inbound ? 0 : 1 }

  init(number: Int64) { self = number == 0 ? .inbound : .outbound }
}

extension SizeClass {
  /// The number that stands for the class in the store.
  var number: Int64 {
    switch self {
    case .unknown: 0
    case .small: 1
    case .medium: 2
    case .large: 3
    }
  }

  init?(number: Int64) {
    switch number {
    case 0: self = .unknown
    case 1: self = .small
    case 2: self = .medium
    case 3: self = .large
    default: return nil
    }
  }
}

/// Brings readings into their slots: the latest absolute value, and the deltas after it.
private struct UsageSlots {
  private let writer: FactWriter
  private let customer: CustomerID
  private let insert: SQLite.Statement
  private let standing: SQLite.Statement

  init(_ writer: FactWriter, _ customer: CustomerID) throws {
    self.writer = writer
    self.customer = customer
    insert = try writer.connection.statement(
      """
      INSERT INTO usage_readings (customer_id, hour, partner_id, direction, size_class, month, messages,
        failed, bytes, event_time, event_no) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """)
    standing = try writer.connection.statement(
      """
      SELECT messages, failed, bytes, event_time, event_no FROM usage_readings
      WHERE customer_id = ? AND hour = ? AND partner_id = ? AND direction = ? AND size_class = ?
      """)
  }

  func take(_ reading: UsageReading, isDelta: Bool) throws {
    let slot = slotValues(reading)
    if isDelta {
      try add(reading.counts, to: reading, slot)
    } else if try !insertNew(reading, slot) {
      try replace(with: reading.counts, slot)
    }
  }

  private func slotValues(_ reading: UsageReading) -> [SQLiteValue] {
    [
      .text(customer.text), .integer(Int64(reading.hour.hoursSinceEpoch)), .text(reading.partnerID.text),
      .integer(reading.direction.number), .integer(reading.sizeClass.number),
    ]
  }

  private func insertNew(_ reading: UsageReading, _ slot: [SQLiteValue], isBase: Bool = true) throws -> Bool {
    let counts = isBase ? reading.counts : UsageCounts()
    try insert.run(
      slot + [.integer(Int64(reading.hour.date.month.ordinal))] + values(counts)
        + [.integer(isBase ? writer.key.time : noBaseTime), .integer(isBase ? writer.eventNumber : 0)])
    return writer.connection.changes > 0
  }

  /// An absolute value takes the place of an earlier one and of the deltas before it.
  private func replace(with counts: UsageCounts, _ slot: [SQLiteValue]) throws {
    guard let (_, time, number) = try standingReading(slot), try isLater(than: time, number) else { return }
    var total = counts
    for delta in try deltas(of: slot) {
      if try isLater(than: delta.time, delta.number) {
        try writer.connection.statement("DELETE FROM usage_deltas WHERE \(slotCondition) AND event_no = ?")
          .run(slot + [.integer(delta.number)])
      } else {
        total = try total.adding(delta.counts)
      }
    }
    try writer.connection.statement(
      "UPDATE usage_readings SET messages = ?, failed = ?, bytes = ?, event_time = ?, event_no = ? "
        + "WHERE \(slotCondition)"
    ).run(values(total) + [.integer(writer.key.time), .integer(writer.eventNumber)] + slot)
  }

  /// A delta adds, unless an absolute value of later time already says it all.
  private func add(_ counts: UsageCounts, to reading: UsageReading, _ slot: [SQLiteValue]) throws {
    _ = try insertNew(reading, slot, isBase: false)
    guard let (total, time, number) = try standingReading(slot), try isLater(than: time, number) else {
      return
    }
    try writer.connection.statement(
      """
      INSERT INTO usage_deltas (customer_id, hour, partner_id, direction, size_class, event_no, event_time,
        messages, failed, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(slot + [.integer(writer.eventNumber), .integer(writer.key.time)] + values(counts))
    try writer.connection.statement(
      "UPDATE usage_readings SET messages = ?, failed = ?, bytes = ? WHERE \(slotCondition)"
    ).run(values(try total.adding(counts)) + slot)
  }

  private func standingReading(_ slot: [SQLiteValue]) throws -> (UsageCounts, time: Int64, number: Int64)? {
    try standing.first(slot) { row in
      let counts = UsageCounts(
        messages: try row.integer(0), failed: try row.integer(1), bytes: try row.integer(2))
      return (counts, try row.integer(3), try row.integer(4))
    }
  }

  private func deltas(of slot: [SQLiteValue]) throws -> [(counts: UsageCounts, time: Int64, number: Int64)] {
    try writer.connection.statement(
      "SELECT messages, failed, bytes, event_time, event_no FROM usage_deltas WHERE \(slotCondition)"
    ).rows(slot) { row in
      let counts = UsageCounts(
        messages: try row.integer(0), failed: try row.integer(1), bytes: try row.integer(2))
      return (counts, try row.integer(3), try row.integer(4))
    }
  }

  /// Whether this event comes after the one with that time and number.
  private func isLater(than time: Int64, _ number: Int64) throws -> Bool {
    if time != writer.key.time { return writer.key.time > time }
    let text = try writer.connection.statement(
      "SELECT event_id || ' ' || source FROM events WHERE event_no = ?"
    )
    .first([.integer(number)]) { try $0.text(0) }
    return writer.key > EventKey(time: time, text: text ?? "")
  }

  private func values(_ counts: UsageCounts) -> [SQLiteValue] {
    [.integer(counts.messages), .integer(counts.failed), .integer(counts.bytes)]
  }
}

/// The time of a slot that no absolute value has reached: before every event.
private let noBaseTime = Int64.min

private let slotCondition =
  "customer_id = ? AND hour = ? AND partner_id = ? AND direction = ? AND size_class = ?"

/// `billing.usage.watermark`: through which instant usage is complete.
struct UsageWatermark: BillingFact {
  let customerID: CustomerID
  let completeThrough: Timestamp

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    completeThrough = try fields.timestamp("complete_through")
  }

  var requires: [EventSubject] { [.customer(customerID)] }
  var factTime: Timestamp? { completeThrough }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "usage_watermarks", key: [("customer_id", .text(customerID.text))],
      [("complete_through", .instant(completeThrough))])
  }
}

/// `billing.usage.stated`: a month's totals as a source states them without its readings, in the API's shape.
struct UsageStated: BillingFact {
  let customerID: CustomerID
  let usage: StatedUsage
  private let document: String

  init(_ data: JSONObject, _ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    usage = try StatedUsage(fields)
    document = encoded(.object(data))
  }

  var requires: [EventSubject] { [.customer(customerID)] }
  var factTime: Timestamp? { usage.month.period.inclusiveEnd }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "usage_statements",
      key: [("customer_id", .text(customerID.text)), ("month", .integer(Int64(usage.month.ordinal)))],
      [("document", .text(document))])
    try noteUsageChange(writer, customerID, usage.month)
  }
}

extension StatedUsage {
  /// Reads the API's answer of `GET usage` for one calendar month.
  init(_ fields: FieldReader) throws(FieldError) {
    let period = try fields.object("period")
    guard let span = try period.period("start", "end") else { throw period.fail("start", .timestamp) }
    let month = span.start.date.month
    guard month.period == span else { throw period.fail("end", .wholeMonth) }
    let summary = try fields.object("usage_summary")
    let inbound = try summary.integer("inbound_messages")
    let outbound = try summary.integer("outbound_messages")
    let messages = try summary.integer("total_messages")
    guard inbound + outbound == messages else {
      throw summary.fail("total_messages", .sum(of: "inbound_messages + outbound_messages"))
    }
    self.init(
      month: month, messages: messages, inboundMessages: inbound, outboundMessages: outbound,
      totalPartners: try summary.integer("total_partners"),
      activePartners: try summary.integer("active_partners"),
      bytes: try summary.integer("total_payload_size"), partners: try Self.partners(fields),
      days: try Self.days(fields, in: month))
    try checkParts(fields, summary)
  }

  /// Partners and days are each named once, and none of the two lists holds more than the totals.
  private func checkParts(_ fields: FieldReader, _ summary: FieldReader) throws(FieldError) {
    if Set(partners.map(\.partnerID)).count < partners.count {
      throw fields.fail("partner_breakdown", .noConflict(otherLine: 0))
    }
    if Set(days.map(\.date)).count < days.count {
      throw fields.fail("daily_usage", .noConflict(otherLine: 0))
    }
    // At most 10,000 counts, each below 2^53: the sums fit 128 bits.
    let parts = [
      (
        "partner_breakdown", partners.reduce(Int128(0)) { $0 + Int128($1.messages) },
        partners.reduce(Int128(0)) { $0 + Int128($1.bytes) }
      ),
      (
        "daily_usage", days.reduce(Int128(0)) { $0 + Int128($1.messages) },
        days.reduce(Int128(0)) { $0 + Int128($1.bytes) }
      ),
    ]
    for (name, partMessages, partBytes) in parts {
      if partMessages > Int128(messages) { throw summary.fail("total_messages", .sum(of: name)) }
      if partBytes > Int128(bytes) { throw summary.fail("total_payload_size", .sum(of: name)) }
    }
  }

  private static func partners(_ fields: FieldReader) throws(FieldError) -> [StatedPartnerUsage] {
    var partners: [StatedPartnerUsage] = []
    for row in try fields.objects("partner_breakdown", most: readingsLimit) {
      partners.append(
        StatedPartnerUsage(
          partnerID: try row.identifier("partner_id"),
          name: try row.optionalText("partner_name", mostBytes: nameBytesLimit),
          messages: try row.integer("message_count"), bytes: try row.integer("payload_size"),
          successRate: try row.optionalDecimal("success_rate")))
    }
    return partners
  }

  private static func days(_ fields: FieldReader, in month: CalendarMonth) throws(FieldError)
    -> [StatedDayUsage]
  {
    var days: [StatedDayUsage] = []
    for row in try fields.objects("daily_usage", most: 31) {
      let date = try row.date("date")
      guard date.month == month else { throw row.fail("date", .wholeMonth) }
      days.append(
        StatedDayUsage(
          date: date, messages: try row.integer("messages"), bytes: try row.integer("payload_size")))
    }
    return days
  }
}

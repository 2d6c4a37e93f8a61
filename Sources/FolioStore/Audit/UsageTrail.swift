import FolioBilling
import SQLite

/// What was reported of a customer's usage: reports in time as one entry a day, each other one by itself.
struct UsageTrail {
  private let customer: CustomerID
  private let connection: Connection
  private var days = UsageDays()
  private var late = LateUsage()

  init(customer: CustomerID, connection: Connection) {
    (self.customer, self.connection) = (customer, connection)
  }

  /// Takes the next report in order of keys; `place` is where it stands among all events.
  ///
  /// Kept are the days, and the slots that late reports touch.
  mutating func take(_ report: UsageReport, at place: Int) throws {
    if case .readings(let packed) = report.content, !report.isInTime {
      try late.expect(packed, at: place)
    } else {
      try days.take(report, at: place)
    }
  }

  /// The entries of all reports taken, in no order.
  ///
  /// - Complexity: O(n) in the days; O(n) in the bytes of all readings where one was late.
  mutating func entries() throws -> [PlacedEntry] {
    if late.isExpected { try takeAgain() }
    return days.finish() + late.entries
  }

  /// Lets all readings come by again, of which late ones have to know what stood before them.
  private mutating func takeAgain() throws {
    try connection.statement(
      """
      SELECT \(StoredEvent.columns) FROM events
      WHERE customer_id = ? AND state = 'applied' AND type = ? ORDER BY time, event_id, source
      """
    ).forEach([.text(customer.text), .text(EventType.usageRecorded.rawValue)]) { row in
      if let report = try UsageReport(row) { try late.take(report) }
    }
  }
}

/// Folds reports, which come in order, into days of their event times.
private struct UsageDays {
  private var entries: [PlacedEntry] = []
  private var day: UsageDay?
  private var completeThrough: Timestamp?

  mutating func take(_ report: UsageReport, at place: Int) throws {
    if report.isInTime {
      try fold(report, at: place)
    } else {
      entries.append(PlacedEntry(place: place, entry: entry(of: report)))
    }
    if case .completeThrough(let instant) = report.content { completeThrough = instant }
  }

  private mutating func fold(_ report: UsageReport, at place: Int) throws {
    if day?.date != report.time.date {
      closeDay()
      day = UsageDay(report.time.date, completeThrough)
    }
    try day?.add(report, at: place)
  }

  private mutating func closeDay() {
    if let day, let entry = day.entry { entries.append(entry) }
    day = nil
  }

  /// A word on completeness that came late.
  private func entry(of report: UsageReport) -> AuditEntry {
    guard case .completeThrough(let instant) = report.content else {
      preconditionFailure("late readings are taken elsewhere")
    }
    let draft = AuditDraft(
      .usage, from: AuditData([(.completeThrough, .instant(completeThrough))]),
      to: AuditData([(.completeThrough, .instant(instant))]))
    return AuditEntry(draft, report.id, source: report.source, report.type, at: report.time)
  }

  mutating func finish() -> [PlacedEntry] {
    closeDay()
    return entries
  }
}

/// The reports of one day that came in time.
private struct UsageDay {
  let date: CalendarDate
  private let completeBefore: Timestamp?
  private var completeThrough: Timestamp?
  private var newest: (place: Int, time: Timestamp)?
  private var (reports, readings) = (Int64(0), Int64(0))
  private var counts = UsageCounts()

  init(_ date: CalendarDate, _ completeBefore: Timestamp?) {
    self.date = date
    self.completeBefore = completeBefore
    completeThrough = completeBefore
  }

  mutating func add(_ report: UsageReport, at place: Int) throws(ArithmeticOverflow) {
    newest = (place, report.time)
    switch report.content {
    case .completeThrough(let instant): completeThrough = instant
    case .readings(let packed):
      reports += 1
      readings += packed.summary.readings
      counts = try counts.adding(packed.summary.counts)
    }
  }

  var entry: PlacedEntry? {
    guard let newest else { return nil }
    let entry = AuditEntry(
      anchor: "usage-" + date.text, eventID: nil, type: reports > 0 ? .usageRecorded : .usageWatermark,
      time: newest.time, subject: .usage, details: details, changes: changes)
    return PlacedEntry(place: newest.place, entry: entry)
  }

  private var details: [AuditDetail] {
    if reports == 0 { return [] }
    return [
      AuditDetail(.reports, .count(reports)), AuditDetail(.readings, .count(readings)),
      AuditDetail(.messages, .count(counts.messages)), AuditDetail(.failedMessages, .count(counts.failed)),
    ]
  }

  private var changes: [AuditChange] {
    if completeThrough == completeBefore { return [] }
    return [
      AuditChange(
        .completeThrough, before: .instant(completeBefore), after: .instant(completeThrough))
    ]
  }
}

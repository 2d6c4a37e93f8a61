import FolioBilling

/// Usage reported late or as a difference, with what it did to the slots that it touches.
///
/// First every such report is announced, then all reports come by in order: so only slots that matter are kept.
struct LateUsage {
  private var touched: Set<UsageSlot> = []
  /// Where the reports announced stand among all events, in order.
  private var places: [Int] = []
  /// The hours of all slots touched; nil before the first.
  private var hours: ClosedRange<UsageHour>?
  /// What the slots touched hold so far.
  private var standing: [UsageSlot: UsageCounts] = [:]
  private(set) var entries: [PlacedEntry] = []

  var isExpected: Bool { hours != nil }

  mutating func expect(_ report: PackedReport, at place: Int) throws(StoredValueError) {
    places.append(place)
    for reading in try report.readings() { touched.insert(reading.slot) }
    let (first, last) = (report.summary.first, report.summary.last)
    hours = min(hours?.lowerBound ?? first, first)...max(hours?.upperBound ?? last, last)
  }

  mutating func take(_ report: UsageReport) throws {
    guard case .readings(let packed) = report.content, let hours,
      hours.overlaps(packed.summary.first...packed.summary.last)
    else { return }
    let readings = try packed.readings()
    guard !report.isInTime else { return try apply(readings, packed.isDelta) }
    let before = try counts(of: readings)
    try apply(readings, packed.isDelta)
    let entry = entry(report, packed.summary, from: before, to: try counts(of: readings))
    // All that were announced come by again, in their order.
    entries.append(PlacedEntry(place: places[entries.count], entry: entry))
  }

  /// In order of keys, a value replaces what stands and a difference adds to it.
  private mutating func apply(_ readings: [UsageReading], _ isDelta: Bool) throws(ArithmeticOverflow) {
    for reading in readings where touched.contains(reading.slot) {
      let base = isDelta ? standing[reading.slot] ?? UsageCounts() : UsageCounts()
      standing[reading.slot] = try base.adding(reading.counts)
    }
  }

  private func counts(of readings: [UsageReading]) throws(ArithmeticOverflow) -> UsageCounts {
    var sum = UsageCounts()
    for reading in readings { sum = try sum.adding(standing[reading.slot] ?? UsageCounts()) }
    return sum
  }

  private func entry(
    _ report: UsageReport, _ summary: PackedSummary, from before: UsageCounts, to after: UsageCounts
  ) -> AuditEntry {
    let details = AuditData([
      (.readings, .count(summary.readings)), (.firstHour, .instant(summary.first.start)),
      (.lastHour, .instant(summary.last.start)),
    ])
    let draft = AuditDraft(.usage, from: before.auditData, to: after.auditData, details: details)
    return AuditEntry(draft, report.id, source: report.source, report.type, at: report.time)
  }
}

extension UsageCounts {
  fileprivate var auditData: AuditData {
    AuditData([
      (.messages, .count(messages)), (.failedMessages, .count(failed)), (.totalPayloadSize, .bytes(bytes)),
    ])
  }
}

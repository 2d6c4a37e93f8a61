import FolioBilling
import JSON
import SQLite

/// One event about usage, as far as a trail reads it.
struct UsageReport {
  enum Content {
    case readings(PackedReport)
    case completeThrough(Timestamp)
  }

  let id: EventID
  let source: String
  let type: EventType
  let time: Timestamp
  let content: Content

  /// Reads a row that opens with `StoredEvent.columns`; nil for an event of another kind.
  init?(_ row: borrowing Row) throws {
    guard let type = Self.types.first(where: { row.isText($0.rawValue, in: 2) }) else { return nil }
    self.type = type
    id = try storedIdentifier(row.text(1), "events.event_id")
    source = try row.text(0)
    time = try storedInstant(row.integer(3))
    let data =
      row.isText("{}", in: 5) ? Self.noFields : try storedFields("events.data", row.text(5))
    let packed = try row.optionalBlob(6)
    do {
      content =
        try packed.map { .readings(try PackedReport($0, isDelta: data.optionalBool("delta") ?? false)) }
        ?? .completeThrough(data.timestamp("complete_through"))
    } catch is FieldError {
      throw StoredValueError(column: "events.data")
    }
  }

  private static let types = [EventType.usageRecorded, .usageWatermark]
  private static let noFields = FieldReader(JSONObject([]), path: "events.data")

  var key: EventKey { EventKey(time: time.nanosecondsSinceEpoch, text: id.text + " " + source) }

  /// Whether it tells of what had just happened, and says all of it: then it changes nothing that was known.
  var isInTime: Bool {
    switch content {
    case .readings(let report): !report.isDelta && time <= report.summary.last.end.adding(seconds: lateAfter)
    case .completeThrough(let instant): time <= instant.adding(seconds: lateAfter)
    }
  }
}

/// How many seconds after the last hour that it is about a report is a correction.
private let lateAfter: Int64 = 86_400

/// The readings of one event, taken apart only where somebody asks for them.
struct PackedReport {
  let isDelta: Bool
  let summary: PackedSummary
  private let packed: [UInt8]

  init(_ packed: [UInt8], isDelta: Bool) throws {
    guard let summary = try PackedReadings.summary(of: packed) else {
      throw StoredValueError(column: "events.readings")
    }
    (self.packed, self.summary, self.isDelta) = (packed, summary, isDelta)
  }

  func readings() throws(StoredValueError) -> [UsageReading] {
    guard let readings = PackedReadings.unpack(packed) else {
      throw StoredValueError(column: "events.readings")
    }
    return readings
  }
}

import FolioBilling
import SQLite

/// An event of a customer, read as far as a trail needs it.
enum TrailEvent {
  case usage(UsageReport)
  /// What froze an invoice, of which all is in the invoice.
  case finalization(InvoiceDocuments.Finalization)
  case other(ReceivedEvent)

  /// Reads a row that opens with `StoredEvent.columns`.
  init(_ row: borrowing Row, _ documents: InvoiceDocuments) throws {
    if let report = try UsageReport(row) {
      self = .usage(report)
    } else if let final = try documents.finalization(row) {
      self = .finalization(final)
    } else {
      self = .other(try StoredEvent.event(row))
    }
  }

  /// That of the key, without the key's text.
  var time: Int64 {
    switch self {
    case .usage(let report): report.time.nanosecondsSinceEpoch
    case .finalization(let final): final.key.time
    case .other(let event): event.time?.nanosecondsSinceEpoch ?? 0
    }
  }

  var key: EventKey {
    switch self {
    case .usage(let report): report.key
    case .finalization(let final): final.key
    case .other(let event): event.key
    }
  }
}

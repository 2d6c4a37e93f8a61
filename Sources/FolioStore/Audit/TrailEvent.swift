import FolioBilling
import SQLite

/// An event of a customer, read as far as a trail needs it.
///
/// A class, since it is handed on, and a copy would retain each field of its own.
final class TrailEvent {
  enum Content {
    case usage(UsageReport)
    /// What froze an invoice, of which all is in the invoice.
    case finalization(InvoiceDocuments.Finalization)
    case other(ReceivedEvent)
  }

  let content: Content
  /// That of the key, without the key's text.
  let time: Int64

  /// Reads a row that opens with `StoredEvent.columns`.
  init(_ row: borrowing Row, _ documents: InvoiceDocuments) throws {
    if let report = try UsageReport(row) {
      (content, time) = (.usage(report), report.time.nanosecondsSinceEpoch)
    } else if let final = try documents.finalization(row) {
      (content, time) = (.finalization(final), final.key.time)
    } else {
      let event = try StoredEvent.event(row)
      (content, time) = (.other(event), event.key.time)
    }
  }

  var key: EventKey {
    switch content {
    case .usage(let report): report.key
    case .finalization(let final): final.key
    case .other(let event): event.key
    }
  }
}

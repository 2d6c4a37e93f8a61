import FolioBilling
import Templating

/// Entries of a trail as rows of a page.
struct AuditRows {
  private static let names = FieldNames(.anchor, .id, .time, .text, .details, .changes, .isUnchanged)
  private static let detailNames = FieldNames(.label, .value)
  private static let changeNames = FieldNames(.label, .before, .after, .isNew)

  private let words: AuditWords
  private let values: AuditValueWords

  /// Rows as they stand on `path`.
  init(on path: String, _ messages: MessageCatalog) {
    words = AuditWords(path: path, messages: messages)
    values = AuditValueWords(messages: messages)
  }

  func rows(_ entries: [AuditEntry]) throws -> TemplateValue { .list(try entries.map(row)) }

  private func row(_ entry: AuditEntry) throws -> TemplateValue {
    let details = entry.details.filter { !AuditWords.isSaidInSentence($0.field) }
    return Self.names.row(
      .text(entry.anchor), .text(entry.eventID?.text), .instant(entry.time), try words.sentence(entry),
      .list(try details.map(detail)),
      .list(try entry.changes.map { try change($0, isNew: entry.isFirst && $0.before == nil) }),
      .bool(entry.changes.isEmpty && entry.isOfState))
  }

  private func detail(_ detail: AuditDetail) throws -> TemplateValue {
    Self.detailNames.row(
      .text(try label(detail.field)), try values.value(detail.value, of: detail.field))
  }

  private func change(_ change: AuditChange, isNew: Bool) throws -> TemplateValue {
    Self.changeNames.row(
      .text(try label(change.field)), try values.value(change.before, of: change.field),
      try values.value(change.after, of: change.field), .bool(isNew))
  }

  private func label(_ field: AuditField) throws -> String {
    try words.messages.text("audit.fields.\(field.rawValue)")
  }
}

extension AuditEntry {
  /// Whether the event says how something is now, so that it could have changed it.
  fileprivate var isOfState: Bool {
    switch type {
    case .usageThresholdReached, .budgetAlert, .paymentFailed: false
    default: true
    }
  }
}

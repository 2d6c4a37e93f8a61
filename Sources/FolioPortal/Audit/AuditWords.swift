import FolioBilling
import Templating

/// Entries of a trail in words, as they stand on `path`.
struct AuditWords {
  let path: String
  let messages: MessageCatalog

  /// What happened, in a sentence.
  func sentence(_ entry: AuditEntry) throws -> TemplateValue {
    let values = AuditValueWords(messages: messages)
    return try messages.sentence(
      key(of: entry),
      [
        "subject": subject(of: entry), "amount": try values.value(of: .amount, in: entry),
        "limit": try values.value(of: .limit, in: entry),
        "percentage": try values.value(of: .thresholdPercentage, in: entry),
      ])
  }

  /// Whether the sentence says a field already.
  static func isSaidInSentence(_ field: AuditField) -> Bool {
    switch field {
    case .amount, .limit, .thresholdPercentage: true
    default: false
    }
  }

  /// `audit.events.partner_updated.first`; one key where a type has one sentence.
  private func key(of entry: AuditEntry) -> String {
    let key = Self.keys[entry.type, default: Self.key(of: entry.type)]
    if messages.contains(key) { return key }
    return key + (entry.isFirst ? ".first" : ".changed")
  }

  /// The keys of all types, each put together once for the whole run.
  private static let keys = EventType.allCases.reduce(into: [:]) { $0[$1] = key(of: $1) }

  /// `audit.events.partner_updated` for `billing.partner.updated`.
  private static func key(of type: EventType) -> String {
    let name = type.rawValue.utf8.dropFirst("billing.".utf8.count)
      .map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "_") : $0 }
    return "audit.events." + String(decoding: name, as: UTF8.self)
  }

  /// The subject's name, else its id; an invoice's leads to its page.
  private func subject(of entry: AuditEntry) -> TemplateValue {
    switch entry.subject {
    case .invoice(let id):
      .link(
        entry.subjectName ?? id.text, to: PortalPaths.address(of: PortalPaths.invoice(id), from: path))
    case .statedUsage(let month): .month(month)
    default: .text(entry.subjectName ?? entry.subject.id)
    }
  }
}

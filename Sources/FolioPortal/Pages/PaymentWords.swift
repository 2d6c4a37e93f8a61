import Templating

/// What payments are said to be made with, and why they failed.
struct PaymentWords {
  let messages: MessageCatalog

  /// `card_ending_4242` and known kinds of method in words; any other as its source wrote it.
  func method(_ method: String) throws -> TemplateValue {
    let (prefix, kind) = ("card_ending_", "plan.payment.type.\(method)")
    guard method.utf8.starts(with: prefix.utf8) else {
      return .text(messages.contains(kind) ? try messages.text(kind) : method)
    }
    let last4 = String(decoding: method.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    return try messages.sentence("invoices.history.card", ["last4": .text(last4)])
  }

  /// A known reason in words; any other as its source wrote it.
  func failure(_ code: String) throws -> TemplateValue {
    let key = "invoices.failure.\(code)"
    return messages.contains(key) ? try messages.sentence(key) : .text(code)
  }
}

package import JSON

/// The answers of the billing API, told apart by their shape.
package enum AnswerKind: String, Sendable, CaseIterable {
  case billing
  case usage
  case invoices
  case currentUsage = "usage/current"
  case allocation
  case partnerAnalytics = "analytics/partners"
  case optimization
  case taxSummary = "tax-summary"

  /// The kind of an answer; nil for what is none, such as an event.
  package static func recognise(_ answer: JSONValue) -> AnswerKind? {
    guard case .object(let object) = answer else { return nil }
    return allCases.first { kind in kind.members.allSatisfy { object[$0] != nil } && kind.fits(object) }
  }

  /// Whether the answer is a fact to be stored, and not a figure that follows from facts.
  package var isFact: Bool {
    switch self {
    case .billing, .usage, .invoices: true
    case .currentUsage, .allocation, .partnerAnalytics, .optimization, .taxSummary: false
    }
  }

  /// Members that no other kind has together.
  private var members: [String] {
    switch self {
    case .billing: ["customer_id", "subscription", "billing_plan"]
    case .usage: ["period", "usage_summary"]
    case .invoices: ["data"]
    case .currentUsage: ["current_period", "usage_to_date"]
    case .allocation: ["allocation_method", "departments"]
    case .partnerAnalytics: ["partner_metrics"]
    case .optimization: ["recommendations"]
    case .taxSummary: ["tax_year"]
    }
  }

  /// An event has `data` too, but a type as well, and one object in it.
  private func fits(_ object: JSONObject) -> Bool {
    guard self == .invoices else { return true }
    guard case .array(let invoices)? = object["data"], object["type"] == nil else { return false }
    return invoices.allSatisfy { invoice in
      if case .object(let invoice) = invoice { invoice["amount_due"] != nil } else { false }
    }
  }
}

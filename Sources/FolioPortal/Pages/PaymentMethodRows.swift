import FolioBilling
import Templating

/// How a customer pays, and which card will soon not be good any more.
struct PaymentMethodRows {
  private static let names = FieldNames(.name, .isDefault, .expiry, .state, .style)

  /// How long before its end a card is warned of.
  static let warningSeconds: Int64 = 60 * 86_400

  let statement: Statement
  let messages: MessageCatalog

  /// What becomes of a card.
  enum CardState: String {
    case good
    case expiring
    case expired

    /// A card is good through the last day of its month.
    init(_ method: PaymentMethod, at asOf: Timestamp) {
      guard let end = method.goodThrough?.adding(months: 1).period.start else {
        self = .good
        return
      }
      let seconds = end.secondsSinceEpoch - asOf.secondsSinceEpoch
      self = seconds <= 0 ? .expired : seconds <= PaymentMethodRows.warningSeconds ? .expiring : .good
    }
  }

  func rows() throws -> [TemplateValue] {
    let defaultID = statement.defaultPaymentMethod?.id
    return try statement.paymentMethods.map { method in
      let state = CardState(method, at: statement.asOf)
      return Self.names.row(
        .text(try name(of: method)), .bool(method.id == defaultID), .month(method.goodThrough),
        state == .good ? .null : .text(try messages.text("plan.payment.state.\(state.rawValue)")),
        .text(state == .expired ? "bad" : "due"))
    }
  }

  /// Warns of the card that invoices are charged to.
  func warnings() throws -> [TemplateValue] {
    guard let method = statement.defaultPaymentMethod else { return [] }
    let state = CardState(method, at: statement.asOf)
    if state == .good { return [] }
    return [
      try messages.sentence(
        "plan.payment.warning.\(state.rawValue)",
        ["method": .text(try name(of: method)), "month": .month(method.goodThrough)])
    ]
  }

  /// Brand and last four digits of a card; the type of anything else.
  private func name(of method: PaymentMethod) throws -> String {
    let key = "plan.payment.type.\(method.type)"
    let type = messages.contains(key) ? try messages.text(key) : method.type
    guard let last4 = method.last4 else { return type }
    let brand = method.brand.map { key in
      let word = "plan.payment.brand.\(key)"
      return (key, messages.contains(word) ? word : nil)
    }
    let name = try brand.map { key, word in try word.map { try messages.text($0) } ?? key } ?? type
    return try messages.text("plan.payment.card", ["name": .text(name), "last4": .text(last4)])
  }
}

extension PaymentMethod {
  /// The last month in which the card is good; nil for what does not expire.
  var goodThrough: CalendarMonth? {
    guard let expiryYear, let expiryMonth, (1970...2261).contains(expiryYear) else { return nil }
    return CalendarMonth(year: expiryYear, month: expiryMonth)
  }
}

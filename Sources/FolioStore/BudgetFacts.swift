import FolioBilling
import JSON
import SQLite

/// `billing.budget.set`: a limit that a customer sets itself.
struct BudgetSet: BillingFact {
  let customerID: CustomerID
  let budgetID: BudgetID
  let name: String
  let amount: ExactDecimal
  let period: BudgetPeriod
  let alertThresholds: [Int64]
  let hasHardLimit: Bool

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    budgetID = try fields.identifier("budget_id")
    name = try fields.text("name", mostBytes: nameBytesLimit)
    amount = try fields.positiveDecimal("amount")
    period = try fields.choice("period", BudgetPeriod.self)
    hasHardLimit = try fields.optionalBool("hard_limit") ?? false
    var thresholds: Set<Int64> = []
    for value in try fields.values("alert_thresholds", most: 20) {
      guard case .number(let number) = value, let percent = number.integer,
        (Int64(1)...1_000).contains(percent)
      else {
        throw fields.fail("alert_thresholds", .wholeNumber(least: 1, most: 1_000))
      }
      thresholds.insert(percent)
    }
    alertThresholds = thresholds.sorted()
  }

  var requires: [EventSubject] { [.customer(customerID)] }

  func write(_ writer: FactWriter) throws {
    let currency = try customerCurrency(customerID, writer.connection)
    _ = try money(amount, "data.amount", currency)
    try writer.keepLatest(
      in: "budgets", key: [("customer_id", .text(customerID.text)), ("budget_id", .text(budgetID.text))],
      [
        ("name", .text(name)), ("amount", .text(amount.text)), ("period", .text(period.rawValue)),
        ("alert_thresholds", .text(alertThresholds.map(String.init).joined(separator: ","))),
        ("has_hard_limit", .flag(hasHardLimit)),
      ])
  }
}

/// `billing.alert.set`: an alert that a customer asked for, with the API's fields.
struct AlertSet: BillingFact {
  let customerID: CustomerID
  let alertID: AlertID
  let type: String
  let threshold: ExactDecimal
  let notificationEmail: String?
  let webhookURL: String?

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    alertID = try fields.identifier("alert_id")
    type = try fields.text("type", mostBytes: 64)
    threshold = try fields.positiveDecimal("threshold")
    notificationEmail = try fields.optionalText("notification_email", mostBytes: 254)
    webhookURL = try fields.optionalText("webhook_url", mostBytes: 2_048)
  }

  var requires: [EventSubject] { [.customer(customerID)] }

  func write(_ writer: FactWriter) throws {
    let currency = try customerCurrency(customerID, writer.connection)
    _ = try money(threshold, "data.threshold", currency)
    try writer.keepLatest(
      in: "alerts", key: [("customer_id", .text(customerID.text)), ("alert_id", .text(alertID.text))],
      [
        ("type", .text(type)), ("threshold", .text(threshold.text)),
        ("notification_email", .optional(notificationEmail)), ("webhook_url", .optional(webhookURL)),
      ])
  }
}

/// `billing.usage.threshold_reached` and `billing.budget_alert`: an alert that went off.
struct AlertOccurred: BillingFact {
  let customerID: CustomerID
  let type: EventType
  let subject: String
  let limit: ExactDecimal
  let currentUsage: ExactDecimal
  let thresholdPercentage: Int64?
  let month: CalendarMonth?
  let periodRemainingDays: Int64?
  let at: Timestamp?

  init(threshold fields: FieldReader, customerID: CustomerID, time: Timestamp?) throws(FieldError) {
    self.customerID = customerID
    type = .usageThresholdReached
    subject = try fields.text("threshold_type", mostBytes: 64)
    limit = try fields.decimal("threshold_value")
    currentUsage = try fields.decimal("current_usage")
    let period = try fields.text("period", mostBytes: 7)
    guard let month = CalendarMonth(period), storedYears.contains(month.year) else {
      throw fields.fail("period", .calendarMonth)
    }
    self.month = month
    (thresholdPercentage, periodRemainingDays, at) = (nil, nil, time)
  }

  init(budget fields: FieldReader, customerID: CustomerID, time: Timestamp?) throws(FieldError) {
    self.customerID = customerID
    type = .budgetAlert
    subject = try fields.text("budget_name", mostBytes: nameBytesLimit)
    limit = try fields.decimal("budget_limit")
    currentUsage = try fields.decimal("current_usage")
    thresholdPercentage = try fields.integer("threshold_percentage", most: 1_000)
    periodRemainingDays = try fields.optionalInteger("period_remaining_days", most: 366)
    (month, at) = (nil, time)
  }

  var requires: [EventSubject] { [.customer(customerID)] }

  func write(_ writer: FactWriter) throws {
    let currency = try customerCurrency(customerID, writer.connection)
    let limitName = type == .budgetAlert ? "data.budget_limit" : "data.threshold_value"
    _ = try (money(limit, limitName, currency), money(currentUsage, "data.current_usage", currency))
    try writer.connection.statement(
      """
      INSERT INTO alert_occurrences (customer_id, event_time, event_key, type, subject, amount_limit,
        current_usage, threshold_percentage, month, period_remaining_days, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run([
      .text(customerID.text), .integer(writer.key.time), .text(writer.key.text), .text(type.rawValue),
      .text(subject), .text(limit.text), .text(currentUsage.text), .optional(thresholdPercentage),
      .optional(month.map { Int64($0.ordinal) }), .optional(periodRemainingDays), .instant(at),
    ])
  }
}

private func customerCurrency(_ customer: CustomerID, _ connection: Connection) throws -> Currency {
  let code = try connection.statement("SELECT currency FROM customers WHERE customer_id = ?")
    .first([.text(customer.text)]) { try $0.text(0) }
  return try storedCurrency(code ?? "")
}

/// An amount in the customer's currency of today; nil where that has fewer digits than the amount.
///
/// The tables keep the decimal as it came, so that the order in which the customer's currency and its amounts
/// arrive leaves no trace.
private func storedAmount(_ text: String, _ column: String, _ currency: Currency) throws -> Money? {
  let decimal = try storedDecimal(text, column)
  do { return try Money(decimal, currency: currency) } catch { return nil }
}

extension BudgetSet {
  static func load(of customer: Customer, from connection: Connection) throws -> [Budget] {
    try connection.statement(
      """
      SELECT budget_id, name, amount, period, alert_thresholds, has_hard_limit FROM budgets
      WHERE customer_id = ? ORDER BY budget_id
      """
    ).rows([.text(customer.id.text)]) { row -> Budget? in
      let amount = try storedAmount(row.text(2), "budgets.amount", customer.currency)
      guard let amount else { return nil }
      return Budget(
        id: try storedIdentifier(row.text(0), "budgets.budget_id"), name: storedName(try row.text(1)),
        amount: amount, period: try storedChoice(row.text(3), "budgets.period"),
        alertThresholds: try row.text(4).split(separator: ",").compactMap { Int64($0) },
        hasHardLimit: try row.integer(5) != 0)
    }.compactMap(\.self)
  }
}

extension AlertSet {
  static func load(of customer: Customer, from connection: Connection) throws -> [AlertRule] {
    try connection.statement(
      """
      SELECT alert_id, type, threshold, notification_email, webhook_url FROM alerts
      WHERE customer_id = ? ORDER BY alert_id
      """
    ).rows([.text(customer.id.text)]) { row -> AlertRule? in
      let threshold = try storedAmount(row.text(2), "alerts.threshold", customer.currency)
      guard let threshold else { return nil }
      return AlertRule(
        id: try storedIdentifier(row.text(0), "alerts.alert_id"), type: try row.text(1),
        threshold: threshold, notificationEmail: try row.optionalText(3),
        webhookURL: try row.optionalText(4))
    }.compactMap(\.self)
  }
}

extension AlertOccurred {
  static func load(of customer: Customer, from connection: Connection) throws -> [AlertOccurrence] {
    try connection.statement(
      """
      SELECT type, subject, amount_limit, current_usage, threshold_percentage, month, period_remaining_days, at
      FROM alert_occurrences WHERE customer_id = ? ORDER BY event_time, event_key
      """
    ).rows([.text(customer.id.text)]) { row -> AlertOccurrence? in
      let limit = try storedAmount(row.text(2), "alert_occurrences.amount_limit", customer.currency)
      let usage = try storedAmount(row.text(3), "alert_occurrences.current_usage", customer.currency)
      guard let limit, let usage else { return nil }
      return AlertOccurrence(
        type: try row.text(0), subject: storedName(try row.text(1)), limit: limit, currentUsage: usage,
        thresholdPercentage: try row.optionalInteger(4),
        period: try row.optionalInteger(5).map(storedMonth),
        periodRemainingDays: try row.optionalInteger(6), at: try row.optionalInteger(7).map(storedInstant))
    }.compactMap(\.self)
  }
}

/// A limit that a customer sets on its own spending.
package struct Budget: Hashable, Sendable {
  package let id: BudgetID
  package let name: String
  package let amount: Money
  package let period: BudgetPeriod
  /// Per cent of the amount at which an alert goes off, ascending.
  package let alertThresholds: [Int64]
  /// Whether the service stops at the limit.
  package let hasHardLimit: Bool

  package init(
    id: BudgetID, name: String, amount: Money, period: BudgetPeriod, alertThresholds: [Int64],
    hasHardLimit: Bool
  ) {
    self.id = id
    self.name = name
    self.amount = amount
    self.period = period
    self.alertThresholds = alertThresholds
    self.hasHardLimit = hasHardLimit
  }

  /// How many whole per cent of the budget `spent` is, floored; nil for a budget of nothing.
  package func percentUsed(_ spent: Money) -> Int64? {
    precondition(spent.currency == amount.currency, "a budget and its spending have one currency")
    guard amount.minorUnits > 0 else { return nil }
    let (quotient, remainder) = (Int128(spent.minorUnits) * 100)
      .quotientAndRemainder(dividingBy: Int128(amount.minorUnits))
    return Int64(clamping: remainder < 0 ? quotient - 1 : quotient)
  }
}

/// Over which calendar time a budget runs.
package enum BudgetPeriod: String, Sendable, CaseIterable {
  case monthly
  case quarterly
  case annual
}

/// An alert that a customer asked for.
package struct AlertRule: Hashable, Sendable {
  package let id: AlertID
  /// `budget_threshold`.
  package let type: String
  package let threshold: Money
  package let notificationEmail: String?
  package let webhookURL: String?

  package init(
    id: AlertID, type: String, threshold: Money, notificationEmail: String? = nil, webhookURL: String? = nil
  ) {
    self.id = id
    self.type = type
    self.threshold = threshold
    self.notificationEmail = notificationEmail
    self.webhookURL = webhookURL
  }
}

/// An alert that went off, in the documentation's two shapes.
package struct AlertOccurrence: Hashable, Sendable {
  /// `billing.usage.threshold_reached` or `billing.budget_alert`.
  package let type: String
  /// The budget's name, or the type of the threshold.
  package let subject: String
  /// In the customer's currency.
  package let limit: Money
  package let currentUsage: Money
  /// Per cent, only of a budget alert.
  package let thresholdPercentage: Int64?
  /// `2024-01`, only of a threshold.
  package let period: CalendarMonth?
  package let periodRemainingDays: Int64?
  /// When it went off; nil where the source did not say.
  package let at: Timestamp?

  package init(
    type: String, subject: String, limit: Money, currentUsage: Money, thresholdPercentage: Int64? = nil,
    period: CalendarMonth? = nil, periodRemainingDays: Int64? = nil, at: Timestamp? = nil
  ) {
    self.type = type
    self.subject = subject
    self.limit = limit
    self.currentUsage = currentUsage
    self.thresholdPercentage = thresholdPercentage
    self.period = period
    self.periodRemainingDays = periodRemainingDays
    self.at = at
  }
}

/// A custom report that a customer defined, with the API's fields.
package struct ReportDefinition: Hashable, Sendable {
  package let id: ReportID
  package let reportType: String
  package let start: CalendarDate
  /// Inclusive, as the API's `date_range`.
  package let end: CalendarDate
  package let groupBy: [String]
  package let includeMetrics: [String]

  package init(
    id: ReportID, reportType: String, start: CalendarDate, end: CalendarDate, groupBy: [String],
    includeMetrics: [String]
  ) {
    self.id = id
    self.reportType = reportType
    self.start = start
    self.end = end
    self.groupBy = groupBy
    self.includeMetrics = includeMetrics
  }
}

/// A message to customers, in Markdown.
package struct Notice: Hashable, Sendable {
  package let id: NoticeID
  /// At most 8 KiB of Markdown.
  package let body: String
  package let from: Timestamp
  /// Until when it shows; nil for as long as it stands.
  package let until: Timestamp?

  package init(id: NoticeID, body: String, from: Timestamp, until: Timestamp? = nil) {
    self.id = id
    self.body = body
    self.from = from
    self.until = until
  }
}

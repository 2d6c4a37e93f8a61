import FolioAccounts
import FolioBilling
import FolioRating
import FolioStore

/// Raises a customer's alerts when its charges to date reach their marks, once in each period.
struct DemoAlerts {
  private let customer: DemoCustomer
  private var known: Set<String> = []

  init(_ customer: DemoCustomer) { self.customer = customer }

  /// When the alerts of a day are looked at: after its work; nil for customers and days without.
  func instant(on day: CalendarDate) -> Timestamp? {
    guard customer.company.controls.isWatched, !customer.isOneOfMany else { return nil }
    if day < Self.firstDay || day.start >= DemoCalendar.asOf { return nil }
    return min(day.start.adding(seconds: 23 * 3_600), DemoCalendar.asOf)
  }

  private static let firstDay = DemoCalendar.day("2026-04-01")

  /// What went off by an instant and had not before.
  mutating func raised(at instant: Timestamp, _ reader: StatementReader) throws -> [ReceivedEvent] {
    guard let statement = try reader.statementOfAllFacts(of: customer.id, at: instant) else { return [] }
    let facts = try AccountFacts(statement)
    var events: [ReceivedEvent] = []
    for status in try facts.budgetStatuses() {
      for threshold in status.thresholds where threshold.isReached {
        if let event = try alert(threshold.percentage, status, at: instant) { events.append(event) }
      }
    }
    guard let spent = facts.current.toDate.charges?.total else { return events }
    for rule in statement.alerts where rule.threshold.minorUnits <= spent.minorUnits {
      if let event = try alert(rule, spent, at: instant) { events.append(event) }
    }
    return events
  }

  /// The event of a budget's mark; nil when it is known.
  private mutating func alert(
    _ percentage: Int64, _ status: BudgetStatus, at instant: Timestamp
  ) throws(FieldError) -> ReceivedEvent? {
    let name = "\(status.budget.id.text)_\(percentage)_\(status.period.start.date.month.text)"
    guard let spent = status.spent, known.insert(name).inserted else { return nil }
    let days = (status.period.end.secondsSinceEpoch - instant.secondsSinceEpoch) / 86_400
    return try customer.maker.make(
      .budgetAlert, name, at: instant,
      [
        ("budget_name", text(status.budget.name)), ("threshold_percentage", decimal(String(percentage))),
        ("current_usage", spent.json), ("budget_limit", status.budget.amount.json),
        ("period_remaining_days", decimal(String(days))),
      ])
  }

  /// The event of a threshold; nil when it is known.
  private mutating func alert(
    _ rule: AlertRule, _ spent: Money, at instant: Timestamp
  ) throws(FieldError) -> ReceivedEvent? {
    let name = "\(rule.id.text)_\(instant.date.month.text)"
    guard known.insert(name).inserted else { return nil }
    return try customer.maker.make(
      .usageThresholdReached, name, at: instant,
      [
        ("threshold_type", text("monthly_budget")), ("threshold_value", rule.threshold.json),
        ("current_usage", spent.json), ("period", text(instant.date.month.text)),
      ])
  }
}

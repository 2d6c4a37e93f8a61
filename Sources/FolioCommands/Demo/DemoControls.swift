import FolioBilling
import FolioStore
import JSON

/// What a customer of the demo has set up to watch its costs.
struct DemoControls {
  var budgets: [DemoBudget] = []
  /// Monthly charges at which an alert goes off.
  var alerts: [String] = []
  var reports: [DemoReport] = []
  /// Whether alerts that went off are in the store.
  var isWatched = false

  func events(of customer: DemoCustomer) throws(FieldError) -> [ReceivedEvent] {
    var events: [ReceivedEvent] = []
    for budget in budgets { events.append(try budget.event(of: customer)) }
    for (place, threshold) in alerts.enumerated() {
      events.append(
        try customer.maker.make(
          .alertSet, "alert_\(place + 1)", at: customer.start,
          [
            ("alert_id", text("alert_\(place + 1)")), ("type", text("budget_threshold")),
            ("threshold", decimal(threshold)), ("notification_email", text("finance@customer.example")),
            ("webhook_url", text("https://customer.example/billing-alerts")),
          ]))
    }
    for report in reports { events.append(try report.event(of: customer)) }
    return events
  }
}

/// A budget with the API's fields.
struct DemoBudget {
  let name: String
  let amount: String
  let period: BudgetPeriod
  var thresholds: [Int64] = [50, 75, 90, 100]
  var isHard = false

  func event(of customer: DemoCustomer) throws(FieldError) -> ReceivedEvent {
    try customer.maker.make(
      .budgetSet, "budget_" + period.rawValue, at: customer.start,
      [
        ("budget_id", text("bud_" + period.rawValue)), ("name", text(name)), ("amount", decimal(amount)),
        ("period", text(period.rawValue)),
        ("alert_thresholds", .array(thresholds.map { .number(JSONNumber($0)) })),
        ("hard_limit", .bool(isHard)),
      ])
  }
}

/// A custom report with the API's fields.
struct DemoReport {
  let id: String
  let type: String
  let days: (first: String, last: String)
  let groups: [String]
  let metrics: [String]

  func event(of customer: DemoCustomer) throws(FieldError) -> ReceivedEvent {
    let range: DemoMembers = [("start", text(days.first)), ("end", text(days.last))]
    return try customer.maker.make(
      .reportDefined, id, at: DemoCalendar.instant("2026-05-04T09:12:00Z"),
      [
        ("report_id", text(id)), ("report_type", text(type)), ("date_range", .object(JSONObject(range))),
        ("group_by", list(groups)), ("include_metrics", list(metrics)),
      ])
  }
}

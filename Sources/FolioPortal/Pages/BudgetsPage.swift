import Charting
import FolioAccounts
import FolioBilling
import Markup
import Templating

/// Budgets, how much of them is used, and the alerts that went off.
struct BudgetsPage {
  let feed: TemplateObject
  let statuses: [BudgetStatus]
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.budgets, template: "pages/budgets", section: .budgets,
      heading: try messages.text("budgets.heading"), lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages), feed: feed, feedPath: PortalPaths.budgetsFeed,
      content: try content())
  }

  /// The budget of which most is used.
  private var tightest: BudgetStatus? {
    statuses.filter { $0.spent != nil }.max { ($0.percentUsed ?? 0) < ($1.percentUsed ?? 0) }
  }

  private func lead() throws -> TemplateValue {
    guard let tightest, let spent = tightest.spent else {
      return try messages.sentence(statuses.isEmpty ? "budgets.lead.none" : "budgets.lead.unrated")
    }
    let values: KeyValuePairs<String, TemplateValue> = [
      "spent": .money(spent), "amount": .money(tightest.budget.amount), "budget": .text(tightest.budget.name),
      "percent": .count(tightest.percentUsed), "over": .money(try tightest.remaining()?.negated()),
    ]
    return try messages.sentence(tightest.isExceeded ? "budgets.lead.exceeded" : "budgets.lead.used", values)
  }

  private func content() throws -> TemplateObject {
    TemplateObject([
      "budgets": .list(try statuses.map(row)),
      "alerts": .list(try facts.statement.alerts.map(alert)),
      "occurrences": .list(try facts.statement.alertOccurrences.reversed().map(occurrence)),
    ])
  }

  // MARK: Budgets

  private static let fields = FieldNames(
    "name", "period", "amount", "spent", "percent", "bar", "rest_label", "rest", "projected", "limit",
    "thresholds")

  private func row(_ status: BudgetStatus) throws -> TemplateValue {
    let remaining = try status.remaining()
    let word = status.isExceeded ? "over" : "left"
    return Self.fields.row(
      .text(status.budget.name), .text(try period(of: status)), .money(status.budget.amount),
      .money(status.spent), .count(status.percentUsed), bar(status),
      .text(try messages.text("budgets.rest.\(word)")),
      .money(try status.isExceeded ? remaining?.negated() : remaining), .money(status.projected),
      .text(try messages.text("budgets.limit.\(status.budget.hasHardLimit ? "hard" : "soft")")),
      .list(try status.thresholds.map(threshold)))
  }

  private func period(of status: BudgetStatus) throws -> String {
    let word = try messages.text("budgets.period.\(status.budget.period.rawValue)")
    return "\(word), \(messages.printer.days(status.period))"
  }

  private func bar(_ status: BudgetStatus) -> TemplateValue {
    guard let spent = status.spent else { return .null }
    var buffer = ByteBuffer()
    BarCell(
      part: spent.minorUnits, of: status.budget.amount.minorUnits,
      marks: status.thresholds.compactMap(\.amount?.minorUnits)
    ).render(into: &buffer)
    return .markup(buffer.bytes)
  }

  private func threshold(_ threshold: BudgetThreshold) throws -> TemplateValue {
    let note = try threshold.alertedAt.map {
      try messages.sentence("budgets.threshold.alerted", ["at": .instant($0)])
    }
    return .fields([
      "percentage": .count(threshold.percentage), "amount": .money(threshold.amount),
      "state": .text(
        try messages.text("budgets.threshold.\(threshold.isReached ? "reached" : "not_reached")")),
      "style": .text(threshold.isReached ? "due" : "quiet"), "note": note ?? .null,
    ])
  }

  // MARK: Alerts

  private func alert(_ alert: AlertRule) throws -> TemplateValue {
    let ways = [
      alert.notificationEmail.map { _ in "email" }, alert.webhookURL.map { _ in "webhook" },
    ].compactMap(\.self)
    return .fields([
      "threshold": .money(alert.threshold),
      "ways": .list(
        try (ways.isEmpty ? ["nobody"] : ways).map { .text(try messages.text("budgets.ways.\($0)")) }),
    ])
  }

  private func occurrence(_ alert: AlertOccurrence) throws -> TemplateValue {
    let key = alert.thresholdPercentage == nil ? "threshold" : "budget"
    return .fields([
      "at": .instant(alert.at),
      "text": try messages.sentence(
        "budgets.occurrence.\(key)",
        [
          "subject": .text(alert.subject), "percentage": .count(alert.thresholdPercentage),
          "month": .month(alert.period),
        ]),
      "usage": .money(alert.currentUsage), "limit": .money(alert.limit),
    ])
  }
}

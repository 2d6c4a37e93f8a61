import FolioAccounts
import FolioBilling
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
      content: try content(), charts: try charts())
  }

  /// One figure a budget, by the names `budget1` and so on.
  private func charts() throws -> [(name: String, figure: Figure?)] {
    try statuses.enumerated().map { index, status in
      let name = "budget\(index + 1)"
      let figure = BudgetFigure(
        status: status, id: name, isBehind: facts.isUsageBehind, messages: messages)
      return (name, try figure.figure())
    }
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
      "percent": .wholePercent(tightest.percentUsed), "over": .money(try tightest.remaining()?.negated()),
    ]
    return try messages.sentence(tightest.isExceeded ? "budgets.lead.exceeded" : "budgets.lead.used", values)
  }

  private func content() throws -> TemplateObject {
    [
      .alerts: .list(try facts.statement.alerts.map(alert)),
      .occurrences: .list(try facts.statement.alertOccurrences.reversed().map(occurrence)),
    ]
  }

  // MARK: Alerts

  private func alert(_ alert: AlertRule) throws -> TemplateValue {
    let ways = [
      alert.notificationEmail.map { _ in "email" }, alert.webhookURL.map { _ in "webhook" },
    ].compactMap(\.self)
    return .fields([
      .threshold: .money(alert.threshold),
      .ways: .list(
        try (ways.isEmpty ? ["nobody"] : ways).map { .text(try messages.text("budgets.ways.\($0)")) }),
    ])
  }

  private func occurrence(_ alert: AlertOccurrence) throws -> TemplateValue {
    let key = alert.thresholdPercentage == nil ? "threshold" : "budget"
    return .fields([
      .at: .instant(alert.at),
      .text: try messages.sentence(
        "budgets.occurrence.\(key)",
        [
          "subject": .text(try subject(of: alert)), "percentage": .wholePercent(alert.thresholdPercentage),
          "month": .month(alert.period),
        ]),
      .usage: .money(alert.currentUsage), .limit: .money(alert.limit),
    ])
  }

  /// What the alert names: a budget, or a kind of threshold, for which there is a word.
  private func subject(of alert: AlertOccurrence) throws -> String {
    let key = "audit.words.\(alert.subject)"
    return messages.contains(key) ? try messages.text(key) : alert.subject
  }
}

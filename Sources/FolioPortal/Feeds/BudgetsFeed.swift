import FolioAccounts
import FolioBilling
import Templating

/// Budgets with the fields that the API takes, where they stand, and the alerts that went off.
enum BudgetsFeed {
  static func object(_ facts: AccountFacts, _ statuses: [BudgetStatus]) throws -> TemplateObject {
    let statement = facts.statement
    return [
      .budgets: .list(try statuses.map(budget)),
      .alerts: .list(statement.alerts.map(alert)),
      .occurrences: .list(statement.alertOccurrences.map(occurrence)),
      .customerId: .text(statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .asOf: .instant(statement.asOf),
      .usageCompleteThrough: .instant(statement.usageCompleteThrough),
    ]
  }

  private static let budgetFields = FieldNames(
    .name, .amount, .period, .alertThresholds, .hardLimit, .budgetId, .amountMinor, .periodStart,
    .periodEnd, .spent, .spentMinor, .percentUsed, .remaining, .remainingMinor, .projected,
    .projectedMinor, .projectedThrough, .thresholds)

  private static func budget(_ status: BudgetStatus) throws -> TemplateValue {
    let (budget, remaining) = (status.budget, try status.remaining())
    return budgetFields.row(
      .text(budget.name), .money(budget.amount), .text(budget.period.rawValue),
      .list(budget.alertThresholds.map { .integer($0) }), .bool(budget.hasHardLimit), .text(budget.id.text),
      .minor(budget.amount), .day(of: status.period.start), .day(of: status.period.inclusiveEnd),
      .money(status.spent), .minor(status.spent), status.percentUsed.map { .integer($0) } ?? .null,
      .money(remaining), .minor(remaining), .money(status.projected), .minor(status.projected),
      .month(status.projectedThrough), .list(status.thresholds.map(threshold)))
  }

  private static let thresholdFields = FieldNames(
    .percentage, .amount, .amountMinor, .isReached, .alertedAt, .reachedOn, .expectedOn)

  private static func threshold(_ threshold: BudgetThreshold) -> TemplateValue {
    thresholdFields.row(
      .integer(threshold.percentage), .money(threshold.amount), .minor(threshold.amount),
      .bool(threshold.isReached), .instant(threshold.alertedAt), .date(threshold.reachedOn),
      .date(threshold.expectedOn))
  }

  private static let alertFields = FieldNames(
    .alertId, .type, .threshold, .thresholdMinor, .byEmail, .byWebhook)

  /// Who is told stays out: the address of a webhook may carry a secret.
  private static func alert(_ alert: AlertRule) -> TemplateValue {
    alertFields.row(
      .text(alert.id.text), .text(alert.type), .money(alert.threshold), .minor(alert.threshold),
      .bool(alert.notificationEmail != nil), .bool(alert.webhookURL != nil))
  }

  private static let occurrenceFields = FieldNames(
    .type, .subject, .limit, .limitMinor, .currentUsage, .currentUsageMinor, .thresholdPercentage,
    .period, .periodRemainingDays, .at)

  private static func occurrence(_ alert: AlertOccurrence) -> TemplateValue {
    occurrenceFields.row(
      .text(alert.type), .text(alert.subject), .money(alert.limit), .minor(alert.limit),
      .money(alert.currentUsage), .minor(alert.currentUsage),
      alert.thresholdPercentage.map { .integer($0) } ?? .null, .month(alert.period),
      .count(alert.periodRemainingDays), .instant(alert.at))
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET usage/current`: the running month so far, and where it ends if it goes on as it began.
enum CurrentUsageFeed {
  static func object(_ facts: AccountFacts) throws -> TemplateObject {
    try object(facts, month: facts.current)
  }

  /// The same answer about any month.
  static func object(_ facts: AccountFacts, month: MonthFacts) throws -> TemplateObject {
    let statement = facts.statement
    let projection = try month.projection()
    let range = month.month == facts.current.month ? try facts.projectionRange() : nil
    return [
      .currentPeriod: .fields([
        .start: .day(of: month.month.period.start),
        .end: .day(of: month.month.period.end),
        .daysRemaining: .count(month.month.period.daysRemaining(at: statement.asOf)),
      ]),
      .usageToDate: toDate(month),
      .projectedUsage: .fields([
        .estimatedMonthlyMessages: .count(projection?.messages),
        .estimatedMonthlyCharges: .money(projection?.charges?.total),
        .estimatedMonthlyChargesMinor: .minor(projection?.charges?.total),
        .range: range.map(Self.range) ?? .null,
      ]),
      .customerId: .text(statement.customer.id.text),
      .currency: .text(statement.customer.currency.lowercaseCode),
      .asOf: .instant(statement.asOf),
      .usageCompleteThrough: .instant(statement.usageCompleteThrough),
      .usageIsBehind: .bool(facts.isUsageBehind),
      .lines: ChargeValues.lines(month.toDate.charges?.lines),
      .unplannedMessages: .count(month.toDate.unplannedMessages),
      .lateUsage: ChargeValues.lines(facts.lateLines),
    ]
  }

  private static func range(_ range: ProjectionRange) -> TemplateValue {
    .fields([
      .low: .money(range.low), .lowMinor: .minor(range.low), .high: .money(range.high),
      .highMinor: .minor(range.high), .months: .count(range.months),
    ])
  }

  private static func toDate(_ month: MonthFacts) -> TemplateValue {
    let charges = month.toDate.charges
    return .fields([
      .messages: .count(month.toDate.counts.messages),
      .estimatedCharges: .money(charges?.total),
      .baseFee: .money(charges?.baseFees),
      .usageCharges: .money(charges?.usageCharges),
      .estimatedChargesMinor: .minor(charges?.total),
      .baseFeeMinor: .minor(charges?.baseFees),
      .usageChargesMinor: .minor(charges?.usageCharges),
      .activePartners: .count(month.toDate.activePartners),
    ])
  }
}

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
    return TemplateObject([
      "current_period": .fields([
        "start": .day(of: month.month.period.start),
        "end": .day(of: month.month.period.end),
        "days_remaining": .count(month.month.period.daysRemaining(at: statement.asOf)),
      ]),
      "usage_to_date": toDate(month),
      "projected_usage": .fields([
        "estimated_monthly_messages": .count(projection?.messages),
        "estimated_monthly_charges": .money(projection?.charges?.total),
        "estimated_monthly_charges_minor": .minor(projection?.charges?.total),
        "range": range.map(Self.range) ?? .null,
      ]),
      "customer_id": .text(statement.customer.id.text),
      "currency": .text(statement.customer.currency.lowercaseCode),
      "as_of": .instant(statement.asOf),
      "usage_complete_through": .instant(statement.usageCompleteThrough),
      "usage_is_behind": .bool(facts.isUsageBehind),
      "lines": ChargeValues.lines(month.toDate.charges?.lines),
      "unplanned_messages": .count(month.toDate.unplannedMessages),
      "late_usage": ChargeValues.lines(facts.lateLines),
    ])
  }

  private static func range(_ range: ProjectionRange) -> TemplateValue {
    .fields([
      "low": .money(range.low), "low_minor": .minor(range.low), "high": .money(range.high),
      "high_minor": .minor(range.high), "months": .count(range.months),
    ])
  }

  private static func toDate(_ month: MonthFacts) -> TemplateValue {
    let charges = month.toDate.charges
    return .fields([
      "messages": .count(month.toDate.counts.messages),
      "estimated_charges": .money(charges?.total),
      "base_fee": .money(charges?.baseFees),
      "usage_charges": .money(charges?.usageCharges),
      "estimated_charges_minor": .minor(charges?.total),
      "base_fee_minor": .minor(charges?.baseFees),
      "usage_charges_minor": .minor(charges?.usageCharges),
      "active_partners": .count(month.toDate.activePartners),
    ])
  }
}

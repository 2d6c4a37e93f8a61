import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET analytics/trends`: volume, bytes, success rate and cost of the last twelve months.
enum TrendsFeed {
  static let monthsLimit = 12

  static func object(_ facts: AccountFacts) throws -> TemplateObject {
    let months = facts.months.suffix(monthsLimit)
    return [
      .period: .text("last_12_months"),
      .metrics: .list(["message_volume", "payload_size", "success_rate", "cost"].map { .text($0) }),
      .data: .list(months.map(row)),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .asOf: .instant(facts.statement.asOf),
      .usageCompleteThrough: .instant(facts.statement.usageCompleteThrough),
      .hoursOfWeek: facts.statement.recentUsage.map(hours) ?? .null,
    ]
  }

  /// The 90 days' messages by hour, a list of 24 for each day of the week.
  private static func hours(_ usage: RecentUsage) -> TemplateValue {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let counts = days.enumerated().map { day, name in
      let hours = usage.messagesByHourOfWeek[(day * 24)..<(day * 24 + 24)]
      return (TemplateName(name), TemplateValue.list(hours.map { .count($0) }))
    }
    return .fields([
      .start: .instant(usage.period.start), .end: .instant(usage.period.end),
      .messages: .object(TemplateObject(counts)),
    ])
  }

  private static let fields = FieldNames(
    .month, .messageVolume, .payloadSize, .successRate, .cost, .costMinor, .inboundMessages,
    .outboundMessages, .failedMessages, .activePartners, .isClosed, .usageIsComplete)

  private static func row(_ month: MonthFacts) -> TemplateValue {
    let summary = month.summary
    return fields.row(
      .month(month.month), .count(summary.totalMessages), .bytes(summary.totalBytes),
      .percent(summary.successRate), .money(month.charges?.total), .minor(month.charges?.total),
      .count(summary.inboundMessages), .count(summary.outboundMessages), .count(summary.failedMessages),
      .count(summary.activePartners), .bool(month.isClosed), .bool(month.isComplete))
  }
}

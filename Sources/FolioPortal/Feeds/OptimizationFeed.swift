import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET optimization`: what the offered plans would have cost, and when and with whom messages flow.
struct OptimizationFeed {
  let facts: AccountFacts
  /// Nil where no closed month has a plan in force.
  let comparison: PlanComparison?
  let recent: RecentCosts?
  /// Nil leaves out what only words can say.
  let messages: MessageCatalog?

  func object() throws -> TemplateObject {
    let current = comparison?.current
    let cost = try current.flatMap { current in try comparison?.monthly(current.total) }
    return [
      .currentPlan: .text(facts.statement.currentPlan?.name),
      .currentMonthlyCost: .money(cost),
      .recommendations: .list(try recommendations()),
      .usagePatterns: try patterns(),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .asOf: .instant(facts.statement.asOf),
      .currentMonthlyCostMinor: .minor(cost),
      .isCurrentPlanCheapest: current == nil ? .null : .bool(comparison?.cheaperPlans.isEmpty ?? false),
      .months: .list((comparison?.months ?? []).map { .month($0) }),
      .charged: .money(comparison?.charged),
      .plans: .list(try (comparison?.plans ?? []).map(plan)),
      .plansNotCompared: .list((comparison?.uncomparable ?? []).map { .text($0.planID.text) }),
    ]
  }

  // MARK: Recommendations

  private static let recommendationFields = FieldNames(
    .type, .recommendedPlan, .estimatedSavings, .reasoning, .recommendedPlanId,
    .estimatedSavingsMinor)

  /// Plans that cost less, the cheapest first, with what they save a month.
  private func recommendations() throws -> [TemplateValue] {
    guard let comparison, let current = comparison.current else { return [] }
    return try comparison.cheaperPlans.map { cheaper in
      let saving = try comparison.monthly(current.total.subtracting(cheaper.total))
      let count = Int64(comparison.months.count)
      return Self.recommendationFields.row(
        .text("plan_change"), .text(cheaper.plan.name), .money(saving),
        .text(
          try messages?.text(
            "savings.reasoning", count: count,
            [
              "months": .count(count), "total": .money(cheaper.total), "current": .money(current.total),
            ])), .text(cheaper.plan.planID.text), .minor(saving))
    }
  }

  // MARK: Patterns

  /// How many partners count as the busiest.
  private static let busiestLimit = 2

  private func patterns() throws -> TemplateValue {
    let usage = facts.statement.recentUsage
    let sizes = usage.flatMap { SizeDistribution(messages: $0.messagesBySizeClass) }
    return .fields([
      .peakHours: .list(try peakHours().map { .text($0.text) }),
      .busiestPartners: .list(busiestPartners.prefix(Self.busiestLimit).map { .text($0.id.text) }),
      .messageSizeDistribution: .fields([
        .small: .count(sizes?.small), .medium: .count(sizes?.medium), .large: .count(sizes?.large),
      ]),
      .periodStart: .instant(usage?.period.start),
      .periodEnd: .instant(usage?.period.end),
      .messagesBySize: .fields([
        .small: .count(usage?.messagesBySizeClass[.small] ?? 0),
        .medium: .count(usage?.messagesBySizeClass[.medium] ?? 0),
        .large: .count(usage?.messagesBySizeClass[.large] ?? 0),
        .unknown: .count(usage?.messagesBySizeClass[.unknown] ?? 0),
      ]),
    ])
  }

  func peakHours() throws -> [HourWindow] {
    guard let usage = facts.statement.recentUsage else { return [] }
    return try PeakHours.windows(byHourOfDay: usage.messagesByHourOfDay())
  }

  /// Partners with messages in the last 90 days, the busiest first, then by identifiers.
  var busiestPartners: [(id: PartnerID, messages: Int64)] {
    let rows = (recent?.partners ?? []).compactMap { row in
      row.partnerID.map { (id: $0, messages: row.counts.messages) }
    }
    return rows.filter { $0.messages > 0 }.sorted { left, right in
      left.messages == right.messages ? left.id < right.id : left.messages > right.messages
    }
  }

  // MARK: Plans

  private static let planFields = FieldNames(
    .planId, .name, .model, .isCurrent, .total, .monthlyCost, .difference, .totalMinor, .months)
  private static let monthFields = FieldNames(
    .month, .messages, .activePartners, .total, .totalMinor, .lines)

  private func plan(_ rated: RatedPlan) throws -> TemplateValue {
    let difference = try comparison?.current.map { try rated.total.subtracting($0.total) }
    return Self.planFields.row(
      .text(rated.plan.planID.text), .text(rated.plan.name), .text(rated.plan.terms.model.rawValue),
      .bool(rated.isCurrent), .money(rated.total), .money(try comparison?.monthly(rated.total)),
      .money(difference), .minor(rated.total), .list(rated.charges.map(month)))
  }

  private func month(_ charges: Charges) -> TemplateValue {
    let summary = facts.months.first { $0.month == charges.month }?.summary
    return Self.monthFields.row(
      .month(charges.month), .count(summary?.totalMessages), .count(summary?.activePartners),
      .money(charges.total), .minor(charges.total), ChargeValues.lines(charges.lines))
  }
}

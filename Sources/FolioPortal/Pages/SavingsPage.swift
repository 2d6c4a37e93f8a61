import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// What other plans would have cost, month by month, and when and with whom messages flow.
struct SavingsPage {
  let feed: TemplateObject
  let model: OptimizationFeed
  let facts: AccountFacts
  let messages: MessageCatalog

  private var comparison: PlanComparison? { model.comparison }

  func page() throws -> Page {
    Page(
      path: PortalPaths.savings, template: "pages/savings", section: .savings,
      heading: try messages.text("savings.heading"), lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages), feed: feed, feedPath: PortalPaths.optimizationFeed,
      content: try content(),
      charts: [("sizes", try SizesFigure(facts: facts, messages: messages).figure())])
  }

  private func lead() throws -> TemplateValue {
    guard let comparison else { return try messages.sentence("savings.lead.nothing") }
    guard let current = comparison.current else { return try messages.sentence("savings.lead.unsubscribed") }
    guard comparison.plans.count > 1 else { return try messages.sentence("savings.lead.alone") }
    let count = Int64(comparison.months.count)
    guard let cheapest = comparison.cheaperPlans.first else {
      return try messages.sentence(
        "savings.lead.cheapest", count: count,
        [
          "plan": .text(current.plan.name), "plans": .count(Int64(comparison.plans.count)),
          "months": .count(count),
        ])
    }
    let saving = try comparison.monthly(current.total.subtracting(cheapest.total))
    return try messages.sentence(
      "savings.lead.cheaper", count: count,
      [
        "plan": .text(cheapest.plan.name), "saving": .money(saving), "current": .text(current.plan.name),
        "months": .count(count),
      ])
  }

  private func content() throws -> TemplateObject {
    [
      .figures: .list(try figures()),
      .hasPlans: .bool(comparison != nil),
      .plans: .list(try (comparison?.plans ?? []).map(planRow)),
      .planNames: .list((comparison?.plans ?? []).map { .text($0.plan.name) }),
      .months: .list(monthRows()),
      .charged: try charged(),
      .details: .list(try (comparison?.plans ?? []).map(details)),
      .uncomparable: try uncomparable(),
      .peakHours: .list(try peakHours()),
      .busiest: .list(busiest()),
      .compression: try compression(),
      .partnersHref: .text(PortalPaths.address(of: PortalPaths.partners, from: PortalPaths.savings)),
    ]
  }

  private func figures() throws -> [TemplateValue] {
    guard let comparison, let current = comparison.current else { return [] }
    let best = comparison.plans[0]
    return [
      KeyFigure.make(
        try messages.text("savings.figures.current"), .money(try comparison.monthly(current.total)),
        note: try messages.sentence("savings.figures.plan", ["plan": .text(current.plan.name)])),
      KeyFigure.make(
        try messages.text("savings.figures.cheapest"), .money(try comparison.monthly(best.total)),
        note: try messages.sentence("savings.figures.plan", ["plan": .text(best.plan.name)])),
      KeyFigure.make(
        try messages.text("savings.figures.saving"),
        .money(try comparison.monthly(current.total.subtracting(best.total))),
        note: try messages.sentence("savings.figures.a_month")),
      KeyFigure.make(
        try messages.text("savings.figures.charged"), .money(try comparison.monthly(comparison.charged)),
        note: try messages.sentence("savings.figures.of_then")),
    ]
  }

  // MARK: Plans

  private static let planFields = FieldNames(.name, .model, .isCurrent, .total, .monthly, .difference)

  private func planRow(_ rated: RatedPlan) throws -> TemplateValue {
    let difference = try comparison?.current.map { try rated.total.subtracting($0.total) }
    return Self.planFields.row(
      .text(rated.plan.name), .text(try messages.text("savings.model.\(rated.plan.terms.model.rawValue)")),
      .bool(rated.isCurrent), .money(rated.total), .money(try comparison?.monthly(rated.total)),
      rated.isCurrent ? .null : .money(difference))
  }

  /// One row a month with the charges of every plan, and a row of totals.
  private func monthRows() -> [TemplateValue] {
    guard let comparison else { return [] }
    return comparison.months.indices.reversed().map { index in
      .fields([
        .month: .month(comparison.months[index]),
        .href: .text(
          PortalPaths.address(of: PortalPaths.usage(comparison.months[index]), from: PortalPaths.savings)),
        .amounts: .list(comparison.plans.map { .money($0.charges[index].total) }),
      ])
    }
  }

  private static let detailFields = FieldNames(.name, .months, .total)
  private static let detailMonthFields = FieldNames(.month, .lines, .total)

  /// The arithmetic of every month under a plan.
  private func details(_ rated: RatedPlan) throws -> TemplateValue {
    let rows = ChargeRows(messages: messages)
    let months = try rated.charges.reversed().map { charges in
      Self.detailMonthFields.row(
        .month(charges.month), try rows.rows(charges.lines), .money(charges.total))
    }
    return Self.detailFields.row(.text(rated.plan.name), .list(months), .money(rated.total))
  }

  /// What the months were charged, where that is not what the current plan gives.
  private func charged() throws -> TemplateValue {
    guard let comparison, comparison.current?.total != comparison.charged else { return .null }
    return try messages.sentence("savings.charged", ["charged": .money(comparison.charged)])
  }

  private func uncomparable() throws -> TemplateValue {
    let plans = comparison?.uncomparable ?? []
    if plans.isEmpty { return .null }
    return try messages.sentence(
      "savings.uncomparable",
      ["plans": .text(plans.map(\.name).joined(separator: messages.locale.listSeparator))])
  }

  // MARK: Patterns

  private func peakHours() throws -> [TemplateValue] {
    try model.peakHours().map { window in
      .fields([.hours: .text(window.text), .messages: .count(window.messages)])
    }
  }

  /// How many partners the page lists.
  private static let busiestLimit = 5

  private func busiest() -> [TemplateValue] {
    let words = PartnerWords(facts: facts, messages: messages)
    return model.busiestPartners.prefix(Self.busiestLimit).map { id, count in
      .fields([
        .name: .text(facts.partners.displayName(of: id)),
        .href: .text(words.address(of: id, from: PortalPaths.savings)), .messages: .count(count),
      ])
    }
  }

  /// Why smaller messages would save nothing: no plan has a price for bytes.
  private func compression() throws -> TemplateValue {
    guard let usage = facts.statement.recentUsage,
      let shares = SizeDistribution(messages: usage.messagesBySizeClass), shares.large > 0
    else { return .null }
    return try messages.sentence("savings.compression", ["share": .wholePercent(shares.large)])
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import JSON
import Templating

/// The API's derived answers as the rules give them. What has no rule, or no fact, is left out.
///
/// The statement knows partners by month, so the last 90 days are the three latest months here.
struct ComputedAnswer {
  private let facts: AccountFacts

  init(_ facts: AccountFacts) { self.facts = facts }

  /// The same figures; `answer` says which month or year they are about.
  func value(of kind: AnswerKind, like answer: JSONValue) throws -> JSONValue? {
    let object: TemplateObject? =
      switch kind {
      case .billing, .usage, .invoices: nil
      case .currentUsage: try currentUsage(like: answer)
      case .allocation: try allocation()
      case .partnerAnalytics: try partnerAnalytics()
      case .optimization: try optimization()
      case .taxSummary: try taxSummary(like: answer)
      }
    return try object.map { try JSONParser.parse(FeedWriter.bytes($0)) }
  }

  private var currency: Currency { facts.currency }
  private var latestMonths: ArraySlice<MonthFacts> { facts.months.suffix(3) }

  // MARK: usage/current

  /// Of the month that the answer is about; nil when nothing is known of it.
  private func currentUsage(like answer: JSONValue) throws -> TemplateObject? {
    guard case .object(let object) = answer, case .object(let period)? = object["current_period"],
      case .string(let start)? = period["start"], let instant = Timestamp(start),
      let month = facts.months.first(where: { $0.month == instant.date.month })
    else { return nil }
    return try CurrentUsageFeed.object(facts, month: month)
  }

  // MARK: allocation

  /// Of the latest month that has messages.
  private func allocation() throws -> TemplateObject? {
    guard let month = facts.months.last(where: { $0.summary.totalMessages > 0 }),
      let allocation = month.allocation
    else { return nil }
    let departments = allocation.departments.map { department in
      TemplateValue.fields([
        "department": .text(department.department),
        "partners": .list(department.partnerIDs.map { .text($0.text) }),
        "message_count": .count(department.messages),
        "cost": .money(department.cost),
      ])
    }
    return TemplateObject(["allocation_method": .text("partner_tagging"), "departments": .list(departments)])
  }

  // MARK: analytics/partners

  private func partnerAnalytics() throws -> TemplateObject {
    let breakdown = try CostBreakdown(latestMonths.compactMap(\.charges), in: currency)
    return TemplateObject([
      "period": .text("last_90_days"),
      "total_partners": .count(facts.current.summary.totalPartners),
      "partner_metrics": .list(try partnerTotals().map(\.row)),
      "cost_breakdown": .fields([
        "base_fees": .money(breakdown.baseFees),
        "message_charges": .money(breakdown.messageCharges),
        "partner_fees": .money(breakdown.partnerFees),
        "total": .money(breakdown.total),
      ]),
    ])
  }

  /// Partners of the latest months, by messages descending, then by identifiers.
  private func partnerTotals() throws -> [PartnerTotal] {
    var totals: [PartnerID: PartnerTotal] = [:]
    for month in latestMonths {
      let costs = Dictionary(
        (month.allocation?.partners ?? []).map { ($0.partnerID, $0.messageCharges) }
      ) { first, _ in first }
      for row in month.summary.partnerRows {
        guard let id = row.partnerID else { continue }
        let name = facts.partners[id].name ?? row.statedName
        let none = PartnerTotal(id: id, name: name, currency: currency)
        totals[id] = try (totals[id] ?? none).adding(row, cost: costs[id])
      }
    }
    return totals.values.sorted {
      $0.counts.messages == $1.counts.messages ? $0.id < $1.id : $0.counts.messages > $1.counts.messages
    }
  }

  // MARK: optimization

  private func optimization() throws -> TemplateObject {
    let (month, statement) = (facts.current, facts.statement)
    let subscription = statement.subscription(at: statement.asOf)
    let plan = subscription.flatMap { statement.plan($0.planID(at: statement.asOf), at: statement.asOf) }
    let cost = try month.projection()?.charges?.total ?? month.toDate.charges?.total
    return TemplateObject([
      "current_plan": .text(plan?.name),
      "current_monthly_cost": .money(cost),
      "usage_patterns": .fields([
        "busiest_partners": .list(try partnerTotals().prefix(2).map { .text($0.id.text) })
      ]),
    ])
  }

  // MARK: tax-summary

  private func taxSummary(like answer: JSONValue) throws -> TemplateObject? {
    guard case .object(let object) = answer, case .number(let number)? = object["tax_year"],
      let year = number.integer.flatMap({ Int(exactly: $0) })
    else { return nil }
    let charges = facts.months.filter { $0.month.year == year }.compactMap(\.charges)
    if charges.isEmpty { return nil }
    let summary = try TaxYear(year, months: try charges.map(taxed), currency: currency)
    return TemplateObject([
      "tax_year": .integer(Int64(year)),
      "total_charges": .money(summary.totalCharges),
      "tax_breakdown": .fields([
        "base_subscription": .money(summary.baseSubscription),
        "usage_charges": .money(summary.usageCharges),
        "applicable_tax": .money(summary.applicableTax),
        "tax_rate": .rate(summary.taxRate),
      ]),
      "quarterly_summary": .list(summary.quarters.map(quarter)),
    ])
  }

  private func taxed(_ charges: Charges) throws -> TaxedMonth {
    let taxes = try TaxCalculation.taxes(
      on: charges.lines, treatment: facts.statement.customer.tax, currency: currency,
      pricesIncludeTax: charges.pricesIncludeTax)
    return TaxedMonth(charges, taxes: taxes)
  }

  private func quarter(_ quarter: TaxQuarter) -> TemplateValue {
    .fields([
      "quarter": .text("Q\(quarter.quarter)"), "charges": .money(quarter.charges), "tax": .money(quarter.tax),
    ])
  }
}

/// What one partner exchanged and cost in several months.
private struct PartnerTotal {
  let id: PartnerID
  let name: String?
  var counts = UsageCounts()
  /// False once a month says nothing of failures.
  var knowsFailures = true
  var cost: Money

  init(id: PartnerID, name: String?, currency: Currency) {
    self.id = id
    self.name = name
    cost = .zero(currency)
  }

  func adding(_ row: PartnerRow, cost: Money?) throws -> PartnerTotal {
    var total = self
    total.counts = try counts.adding(
      UsageCounts(messages: row.messages, failed: row.failed ?? 0, bytes: row.bytes))
    total.knowsFailures = knowsFailures && row.failed != nil
    if let cost { total.cost = try total.cost.adding(cost) }
    return total
  }

  var row: TemplateValue {
    let rate = knowsFailures ? SuccessRate.percent(messages: counts.messages, failed: counts.failed) : nil
    return .fields([
      "partner_id": .text(id.text),
      "partner_name": .text(name),
      "message_count": .count(counts.messages),
      "success_rate": .percent(rate),
      "average_size": .bytes(meanMessageSize(messages: counts.messages, bytes: counts.bytes)),
      "cost_contribution": .money(cost),
    ])
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import Templating

/// `GET analytics/partners`: what each partner exchanged and cost in the last 90 days.
struct PartnersFeed {
  let facts: AccountFacts
  /// Nil before the first reading.
  let recent: RecentCosts?
  /// Nil leaves out what only words can say.
  let messages: MessageCatalog?

  func object() throws -> TemplateObject {
    TemplateObject([
      "period": .text("last_90_days"),
      "total_partners": .count(facts.partnerCount(with: recent)),
      "partner_metrics": .list(try metrics()),
      "cost_breakdown": try breakdown(),
      "customer_id": .text(facts.statement.customer.id.text),
      "currency": .text(facts.currency.lowercaseCode),
      "as_of": .instant(facts.statement.asOf),
      "usage_complete_through": .instant(facts.statement.usageCompleteThrough),
      "period_start": .instant(recent?.period.start),
      "period_end": .instant(recent?.period.end),
      "cut_month": .month(recent?.cutMonth),
      "unplaced_messages": .count(recent?.unplacedMessages),
    ])
  }

  private func breakdown() throws -> TemplateValue {
    let costs = recent.flatMap { $0.isRated ? $0 : nil }
    return .fields([
      "base_fees": .money(costs?.baseFees),
      "message_charges": .money(try costs?.messageCharges()),
      "partner_fees": .money(costs?.partnerFees),
      "total": .money(costs?.total),
      "other_charges": .money(costs?.otherCharges),
      "gross_message_charges": .money(costs?.grossMessageCharges),
      "covered_by_base_fee": .money(costs?.covered),
      "total_minor": .minor(costs?.total),
    ])
  }

  // MARK: Partners

  private static let fields = FieldNames(
    "partner_id", "partner_name", "message_count", "success_rate", "average_size", "cost_contribution",
    "trend",
    "payload_size", "failed_messages", "message_share", "cost_contribution_minor", "partner_fees", "cost",
    "cost_minor", "cost_share", "messages_last_30_days", "messages_30_days_before", "department")

  private func metrics() throws -> [TemplateValue] {
    guard let recent else { return [] }
    let messageShares = Shares.percents(of: recent.partners.map(\.counts.messages))
    let costShares = Shares.percents(of: recent.partners.map(\.cost.minorUnits))
    var rows: [TemplateValue] = []
    for (index, partner) in recent.partners.enumerated() {
      rows.append(
        try row(partner, isRated: recent.isRated, messageShare: messageShares[index], costShares[index]))
    }
    return rows
  }

  private func row(
    _ partner: RecentPartnerCost, isRated: Bool, messageShare: TemplateValue, _ costShare: TemplateValue
  ) throws -> TemplateValue {
    let (counts, trend) = (partner.counts, partner.trendMessages)
    let failed = partner.knowsFailures ? counts.failed : nil
    let rated = { (amount: Money) in isRated ? amount : nil }
    return Self.fields.row(
      .text(partner.partnerID?.text), .text(try name(of: partner)), .count(counts.messages),
      .percent(failed.flatMap { SuccessRate.percent(messages: counts.messages, failed: $0) }),
      .bytes(counts.messages > 0 ? counts.bytes / counts.messages : nil),
      .money(rated(partner.messageCharges)),
      .text(trend.map { PartnerTrend(recent: $0.recent, before: $0.before).rawValue }),
      .bytes(counts.bytes), .count(failed), messageShare, .minor(rated(partner.messageCharges)),
      .money(rated(partner.partnerFees)), .money(rated(partner.cost)), .minor(rated(partner.cost)), costShare,
      .count(trend?.recent), .count(trend?.before), .text(department(of: partner)))
  }

  private func name(of partner: RecentPartnerCost) throws -> String? {
    guard let id = partner.partnerID else { return try messages?.text("usage.not_itemised") }
    return facts.partners.name(of: id)
  }

  /// That of today.
  private func department(of partner: RecentPartnerCost) -> String? {
    partner.partnerID.flatMap { facts.partners[$0].department(on: facts.statement.asOf.date) }
  }
}

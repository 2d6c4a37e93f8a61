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
    [
      .period: .text("last_90_days"),
      .totalPartners: .count(facts.partnerCount(with: recent)),
      .partnerMetrics: .list(try metrics()),
      .costBreakdown: try breakdown(),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .asOf: .instant(facts.statement.asOf),
      .usageCompleteThrough: .instant(facts.statement.usageCompleteThrough),
      .periodStart: .instant(recent?.period.start),
      .periodEnd: .instant(recent?.period.end),
      .cutMonth: .month(recent?.cutMonth),
      .unplacedMessages: .count(recent?.unplacedMessages),
    ]
  }

  private func breakdown() throws -> TemplateValue {
    let costs = recent.flatMap { $0.isRated ? $0 : nil }
    return .fields([
      .baseFees: .money(costs?.baseFees),
      .messageCharges: .money(try costs?.messageCharges()),
      .partnerFees: .money(costs?.partnerFees),
      .total: .money(costs?.total),
      .otherCharges: .money(costs?.otherCharges),
      .grossMessageCharges: .money(costs?.grossMessageCharges),
      .coveredByBaseFee: .money(costs?.covered),
      .totalMinor: .minor(costs?.total),
    ])
  }

  // MARK: Partners

  private static let fields = FieldNames(
    .partnerId, .partnerName, .messageCount, .successRate, .averageSize, .costContribution,
    .trend,
    .payloadSize, .failedMessages, .messageShare, .costContributionMinor, .partnerFees, .cost,
    .costMinor, .costShare, .messagesLast30Days, .messages30DaysBefore, .department)

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

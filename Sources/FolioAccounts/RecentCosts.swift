import FolioAnalytics
package import FolioBilling
package import FolioRating

/// What the last 90 days cost, by what it is for and by partner.
///
/// A month that lies in the 90 days as a whole counts as it is charged. Of the month in which they begin the part in
/// them counts, so that it and the rest of the month are the month's charges to the cent: fees, and commitments and
/// discounts, by seconds; a partner's message charges by its charged messages; what the base fee covers by message
/// charges. The running month counts to date.
package struct RecentCosts {
  package let period: BillingPeriod
  /// Base fees.
  package let baseFees: Money
  /// Messages before the base fee covers any.
  package let grossMessageCharges: Money
  /// What the base fee covers of them.
  package let covered: Money
  package let partnerFees: Money
  /// Commitments, discounts and corrections.
  package let otherCharges: Money
  /// All of it: base fees + message charges + partner fees + other charges.
  package let total: Money
  /// By cost descending, then messages descending, then identifiers; what was not itemised is last.
  package let partners: [RecentPartnerCost]
  /// Messages that a source stated without saying when in a month that the 90 days cut; they are not in here.
  package let unplacedMessages: Int64
  /// Whether any of the months has charges; else all amounts are nothing, because no plan is known.
  package let isRated: Bool
  /// The first of the months of which only a part counts; nil when all count as a whole.
  package let cutMonth: CalendarMonth?

  /// The message charges beyond what the base fee covers.
  package func messageCharges() throws(ArithmeticOverflow) -> Money {
    try grossMessageCharges.subtracting(covered)
  }
}

/// What one partner exchanged and cost in the last 90 days, before the base fee covers anything.
package struct RecentPartnerCost: Hashable, Sendable {
  /// Nil for what the source did not itemise.
  package let partnerID: PartnerID?
  package let counts: UsageCounts
  /// False when a source stated messages of which nobody said how many failed.
  package let knowsFailures: Bool
  package let messageCharges: Money
  package let partnerFees: Money
  /// Both.
  package let cost: Money
  /// Messages of the last 30 of the 90 days, and of the 30 before; nil where the source gave no hours.
  package let trendMessages: TrendMessages?

  /// The two counts that a trend compares.
  package struct TrendMessages: Hashable, Sendable {
    package let recent: Int64
    package let before: Int64
  }
}

extension AccountFacts {
  /// The last 90 days; nil before the first reading or stated month.
  ///
  /// - Throws: `ArithmeticOverflow`, `RatingError`.
  package func recentCosts() throws -> RecentCosts? {
    guard let usage = statement.recentUsage else { return nil }
    let months = try months.compactMap { try RecentMonthCosts($0, usage, of: self) }
    return try RecentCosts(months, usage, currency)
  }

  /// The partners known now and those with a message in the last 90 days, deleted since or not.
  package func partnerCount(with recent: RecentCosts?) -> Int64 {
    let active = (recent?.partners ?? []).filter { $0.counts.messages > 0 }.compactMap(\.partnerID)
    return max(current.summary.totalPartners, partners.count(in: current.usage, or: active))
  }
}

extension RecentCosts {
  init(_ months: [RecentMonthCosts], _ usage: RecentUsage, _ currency: Currency) throws(ArithmeticOverflow) {
    period = usage.period
    baseFees = try Money.sum(of: months.lazy.map(\.baseFees), in: currency)
    grossMessageCharges = try Money.sum(of: months.lazy.map(\.grossMessageCharges), in: currency)
    covered = try Money.sum(of: months.lazy.map(\.covered), in: currency)
    partnerFees = try Money.sum(of: months.lazy.map(\.partnerFees), in: currency)
    otherCharges = try Money.sum(of: months.lazy.map(\.otherCharges), in: currency)
    total = try baseFees.adding(grossMessageCharges).subtracting(covered).adding(partnerFees)
      .adding(otherCharges)
    unplacedMessages = months.reduce(0) { $0 + $1.unplacedMessages }
    isRated = months.contains(where: \.isRated)
    cutMonth = months.first { $0.isCut }?.month
    partners = try RecentPartnerCost.rows(of: months, usage, currency)
  }

  /// What does not agree: partners with the charges that they share; empty when all does.
  package var faults: [ReconciliationFault] {
    let sum = { (amounts: [Money]) in amounts.reduce(into: Int128(0)) { $0 += Int128($1.minorUnits) } }
    let agrees =
      sum(partners.map(\.messageCharges)) == sum([grossMessageCharges])
      && sum(partners.map(\.partnerFees)) == sum([partnerFees])
    return agrees ? [] : [.partnersToCharges]
  }
}

extension RecentPartnerCost {
  /// Adds up the months of each partner.
  fileprivate static func rows(
    of months: [RecentMonthCosts], _ usage: RecentUsage, _ currency: Currency
  ) throws(ArithmeticOverflow) -> [RecentPartnerCost] {
    let trends = usage.partners.reduce(into: [:]) { trends, partner in
      trends[partner.partnerID] = TrendMessages(
        recent: partner.lastThirtyDays, before: partner.thirtyDaysBefore)
    }
    var parts: [PartnerID?: [RecentMonthCosts.Part]] = [:]
    for part in months.lazy.flatMap(\.parts) { parts[part.partnerID, default: []].append(part) }
    var rows: [RecentPartnerCost] = []
    for (id, parts) in parts {
      let row = try RecentPartnerCost(id, parts, id.flatMap { trends[$0] }, currency)
      if row.counts.messages > 0 || !row.cost.isZero { rows.append(row) }
    }
    return rows.sorted(by: precedes)
  }

  private init(
    _ id: PartnerID?, _ parts: [RecentMonthCosts.Part], _ trend: TrendMessages?, _ currency: Currency
  ) throws(ArithmeticOverflow) {
    partnerID = id
    var counts = UsageCounts()
    for part in parts { counts = try counts.adding(part.counts) }
    self.counts = counts
    knowsFailures = parts.allSatisfy(\.knowsFailures)
    messageCharges = try Money.sum(of: parts.lazy.map(\.messageCharges), in: currency)
    partnerFees = try Money.sum(of: parts.lazy.map(\.partnerFees), in: currency)
    cost = try messageCharges.adding(partnerFees)
    trendMessages = trend
  }

  private static func precedes(_ left: Self, _ right: Self) -> Bool {
    guard let first = left.partnerID, let second = right.partnerID else { return left.partnerID != nil }
    if left.cost != right.cost { return left.cost.minorUnits > right.cost.minorUnits }
    if left.counts.messages != right.counts.messages { return left.counts.messages > right.counts.messages }
    return first < second
  }
}

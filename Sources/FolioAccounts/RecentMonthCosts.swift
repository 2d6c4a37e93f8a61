import FolioAnalytics
import FolioBilling
import FolioRating

/// What of one month's charges belongs to the last 90 days.
struct RecentMonthCosts {
  let month: CalendarMonth
  let baseFees: Money
  let grossMessageCharges: Money
  let covered: Money
  let partnerFees: Money
  let otherCharges: Money
  /// One for each partner of the month, and perhaps one for what was not itemised.
  let parts: [Part]
  /// Stated messages whose day is not known, so that they are left out.
  let unplacedMessages: Int64
  /// Whether a plan gave the month charges.
  let isRated: Bool
  /// Whether only a part of the month's charges counts.
  let isCut: Bool

  /// A partner's part.
  struct Part {
    let partnerID: PartnerID?
    let counts: UsageCounts
    let knowsFailures: Bool
    let messageCharges: Money
    let partnerFees: Money
  }

  /// Nil for a month outside the 90 days.
  init?(_ month: MonthFacts, _ usage: RecentUsage, of facts: AccountFacts) throws {
    guard let overlap = month.month.period.intersection(usage.period) else { return nil }
    let isRunning = !month.isClosed && overlap.start == month.month.period.start
    if overlap == month.month.period || month.isClosed && month.isOver(by: usage.period, overlap) {
      try self.init(whole: month, facts.currency)
    } else if isRunning {
      try self.init(running: month, usage, facts)
    } else {
      try self.init(cut: month, to: overlap, usage, facts.currency)
    }
  }

  /// A month that counts as it is charged.
  private init(whole month: MonthFacts, _ currency: Currency) throws {
    let costs = Dictionary((month.allocation?.partners ?? []).map { ($0.partnerID, $0) }) { first, _ in first
    }
    let rows = Dictionary(month.summary.partnerRows.map { ($0.partnerID, $0) }) { first, _ in first }
    let ids = Set(costs.keys).union(rows.keys)
    let parts = ids.map { Part($0, rows[$0], costs[$0], currency) }
    try self.init(month.month, month.charges, currency, parts, unplaced: 0)
  }

  /// The running month to date: its charges shared by the messages that are in them, stated ones included.
  private init(running month: MonthFacts, _ usage: RecentUsage, _ facts: AccountFacts) throws {
    var read: [PartnerID: UsageCounts] = [:]
    for partner in usage.partners { read[partner.partnerID] = partner.counts(in: month.month) }
    let rows = Self.rows(of: month, read: read)
    let partners = PartnerWeights(month.usage, month.segments, before: usage.period.end)
    let weights = try rows.map { row in
      let failed = row.failed ?? row.partnerID.flatMap { read[$0]?.failed } ?? 0
      return try partners.messages(
        of: row.partnerID, UsageCounts(messages: row.messages, failed: failed, bytes: row.bytes))
    }
    let allocation = try month.toDate.charges.map {
      try Allocation($0, over: weights, activePartners: month.toDate.activePartners) { _ in nil }
    }
    let costs = Dictionary((allocation?.partners ?? []).map { ($0.partnerID, $0) }) { first, _ in first }
    let known = Dictionary(rows.map { ($0.partnerID, $0) }) { first, _ in first }
    let ids = Set(costs.keys).union(known.keys)
    let parts = ids.map { Part($0, known[$0], costs[$0], facts.currency) }
    try self.init(month.month, month.toDate.charges, facts.currency, parts, unplaced: 0)
  }

  /// A month's partners to date, and what of its messages none of them explains; readings beyond the completion
  /// are left out, and what a source stated, which has no hours, stays whole.
  private static func rows(of month: MonthFacts, read: [PartnerID: UsageCounts]) -> [PartnerRow] {
    let rows = PartnerRow.rows(of: read, stated: month.usage.stated?.partners ?? [])
    // No more than the month's own rows, whose sums were checked.
    let (messages, bytes) = (rows.reduce(0) { $0 + $1.messages }, rows.reduce(0) { $0 + $1.bytes })
    let counts = month.toDate.counts
    return rows + PartnerRow.remainder(max(0, counts.messages - messages), max(0, counts.bytes - bytes))
  }

  /// The whole of some charges.
  private init(
    _ month: CalendarMonth, _ charges: Charges?, _ currency: Currency, _ parts: [Part], unplaced: Int64
  ) throws(ArithmeticOverflow) {
    let zero = Money.zero(currency)
    self.month = month
    baseFees = charges?.baseFees ?? zero
    grossMessageCharges = charges?.messageChargesGross ?? zero
    covered =
      try charges.map { charges throws(ArithmeticOverflow) in
        try charges.messageChargesGross.subtracting(charges.messageChargesNet)
      } ?? zero
    partnerFees = charges?.partnerFees ?? zero
    otherCharges = charges?.otherCharges ?? zero
    self.parts = parts
    unplacedMessages = unplaced
    isRated = charges != nil
    isCut = false
  }

  /// The part of a month that lies in the 90 days.
  private init(
    cut month: MonthFacts, to overlap: BillingPeriod, _ usage: RecentUsage, _ currency: Currency
  ) throws(ArithmeticOverflow) {
    let zero = Money.zero(currency)
    let seconds = [overlap.seconds, month.month.period.seconds - overlap.seconds]
    let costs = Dictionary((month.allocation?.partners ?? []).map { ($0.partnerID, $0) }) { first, _ in first
    }
    let inside = Dictionary(uniqueKeysWithValues: usage.partners.map { ($0.partnerID, $0) })
    let cutter = PartnerCutter(month, seconds)
    var parts: [Part] = []
    for row in month.summary.partnerRows {
      let counts = row.partnerID.flatMap { inside[$0]?.counts(in: month.month) } ?? UsageCounts()
      parts.append(cutter.part(of: row, counts, costs[row.partnerID], zero))
    }
    let rowIDs = Set(month.summary.partnerRows.map(\.partnerID))
    for cost in month.allocation?.partners ?? [] where !rowIDs.contains(cost.partnerID) {
      parts.append(cutter.part(of: cost))
    }
    self.month = month.month
    self.parts = parts
    baseFees = month.charges?.baseFees.split(across: seconds)[0] ?? zero
    grossMessageCharges = try Money.sum(of: parts.lazy.map(\.messageCharges), in: currency)
    partnerFees = try Money.sum(of: parts.lazy.map(\.partnerFees), in: currency)
    otherCharges = month.charges?.otherCharges.split(across: seconds)[0] ?? zero
    covered = try month.covered(of: grossMessageCharges) ?? zero
    let itemised = month.usage.partners.reduce(0) { $0 + $1.inbound.messages + $1.outbound.messages }
    unplacedMessages = max(0, month.summary.totalMessages - itemised)
    isRated = month.charges != nil
    isCut = true
  }
}

/// Cuts what a month's partners cost in the part inside the 90 days and the rest.
private struct PartnerCutter {
  private let seconds: [Int64]
  private let chargesFailed: Bool

  init(_ month: MonthFacts, _ seconds: [Int64]) {
    self.seconds = seconds
    chargesFailed = PlanSegment.chargeFailedMessages(month.segments)
  }

  func part(
    of row: PartnerRow, _ counts: UsageCounts, _ cost: PartnerCost?, _ zero: Money
  ) -> RecentMonthCosts.Part {
    let inside = charged(counts.messages, counts.failed)
    let weights = [inside, max(0, charged(row.messages, row.failed ?? 0) - inside)]
    return RecentMonthCosts.Part(
      partnerID: row.partnerID, counts: counts, knowsFailures: true,
      messageCharges: weights == [0, 0] ? zero : cost?.messageCharges.split(across: weights)[0] ?? zero,
      partnerFees: cost?.partnerFees.split(across: seconds)[0] ?? zero)
  }

  /// Fees that belong to partners whom the source counted and did not name.
  func part(of cost: PartnerCost) -> RecentMonthCosts.Part {
    RecentMonthCosts.Part(
      partnerID: cost.partnerID, counts: UsageCounts(), knowsFailures: true,
      messageCharges: cost.messageCharges.split(across: seconds)[0],
      partnerFees: cost.partnerFees.split(across: seconds)[0])
  }

  private func charged(_ messages: Int64, _ failed: Int64) -> Int64 {
    chargesFailed ? messages : messages - failed
  }
}

extension MonthFacts {
  /// Whether the 90 days hold the month's start and end after all that it was charged for.
  fileprivate func isOver(by period: BillingPeriod, _ overlap: BillingPeriod) -> Bool {
    overlap.start == month.period.start && overlap.end == period.end
  }

  /// What the base fee covers of a part of the month's message charges.
  fileprivate func covered(of part: Money) throws(ArithmeticOverflow) -> Money? {
    guard let charges else { return nil }
    let covered = try charges.messageChargesGross.subtracting(charges.messageChargesNet)
    let rest = try charges.messageChargesGross.subtracting(part)
    if charges.messageChargesGross.isZero { return .zero(part.currency) }
    return covered.split(across: [max(0, part.minorUnits), max(0, rest.minorUnits)])[0]
  }
}

extension RecentMonthCosts.Part {
  /// What one partner exchanged and cost in a month, or to date; nil for what it has not.
  fileprivate init(_ id: PartnerID?, _ row: PartnerRow?, _ cost: PartnerCost?, _ currency: Currency) {
    partnerID = id
    counts = UsageCounts(
      messages: row?.messages ?? 0, failed: row?.failed ?? 0, bytes: row?.bytes ?? 0)
    knowsFailures = row.map { $0.failed != nil || $0.messages == 0 } ?? true
    messageCharges = cost?.messageCharges ?? .zero(currency)
    partnerFees = cost?.partnerFees ?? .zero(currency)
  }
}

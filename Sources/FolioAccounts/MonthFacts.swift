package import FolioAnalytics
package import FolioBilling
package import FolioRating

/// A month of a customer, summed up and rated once for every page and feed.
///
/// A class, since pages and feeds hand months on and on, and a copy would retain each field of its own.
package final class MonthFacts {
  package let month: CalendarMonth
  package let usage: MonthUsage
  package let summary: UsageSummary
  package let segments: [PlanSegment]
  /// The plan that a subscription names and nobody defined, so that the month has no segments; else nil.
  package let unratedPlan: PlanID?
  /// Of all usage received; nil when no plan is known that could rate the month.
  package let charges: Charges?
  /// Messages while no plan was in force, which nobody charges; nil when the plan is not known.
  package let unplannedMessages: Int64?
  package let allocation: Allocation?
  /// Without what lies after the instant through which usage is complete; all of it in a closed month.
  package let toDate: MonthToDate
  /// Whether the month had ended at the portal's as-of time.
  package let isClosed: Bool
  /// Through which instant of the month usage is complete; nil when no reading has said so.
  package let completeThrough: Timestamp?
  /// Nil while the month runs, and when no invoice is over it.
  package let invoiced: InvoicedMonth?
  /// The last day of the subscription where it ended before the month; else nil.
  package let subscriptionEnded: CalendarDate?
  /// The time that the month's page prints: of its last change once it is closed, else the portal's.
  package let lastChanged: Timestamp

  /// What several pages and feeds ask for, in each language.
  let dailyCostsOnce = Once<[DailyCost]>()
  let bridgeOnce = Once<BillBridge?>()
  let departmentCostsOnce = Once<DepartmentCosts?>()
  private let projectionOnce = Once<(messages: Int64, charges: Charges?)?>()

  /// - Throws: `RatingError` but `unknownPlan`, `ArithmeticOverflow`, `AccountError.sumsDisagree`.
  package init(
    _ month: CalendarMonth, of statement: Statement, _ partners: PartnerDirectory, _ timeline: PlanTimeline,
    _ invoices: [Invoice]
  ) throws {
    let usage = statement.usage(in: month)
    let summary = try UsageSummary(usage, knownPartners: partners.count(in: usage))
    let (segments, unratedPlan) = try Self.segments(of: month.period, timeline)
    let currency = statement.customer.currency
    let charges = try Self.rate(summary.counts, usage.hours, summary, segments, currency)
    (self.month, self.usage, self.summary) = (month, usage, summary)
    (self.segments, self.unratedPlan, self.charges) = (segments, unratedPlan, charges)
    allocation = try charges.map { try Self.allocate($0, usage, summary, segments, partners) }
    let unplanned = { (counts: UsageCounts, hours: [HourUsage]) throws -> Int64? in
      if unratedPlan != nil { return nil }
      return try SegmentedUsage(segments: segments, total: counts, hours: hours).outside.messages
    }
    let unplannedMessages = try unplanned(summary.counts, usage.hours)
    self.unplannedMessages = unplannedMessages
    let whole = MonthToDate(
      counts: summary.counts, hours: usage.hours, activePartners: summary.activePartners, charges: charges,
      unplannedMessages: unplannedMessages)
    toDate = try Self.toDate(whole, usage, summary, segments, unplanned, statement)
    isClosed = month.period.end <= statement.asOf
    invoiced = isClosed ? try InvoicedMonth(month, invoices, charges, currency) : nil
    subscriptionEnded =
      segments.isEmpty && unratedPlan == nil ? statement.subscriptionEnd(before: month) : nil
    completeThrough = statement.usageCompleteThrough.flatMap {
      $0 <= month.period.start ? nil : min($0, month.period.end)
    }
    lastChanged =
      isClosed
      ? MonthChange.latest(of: usage, summary, segments, partners, invoices, statement) : statement.asOf
    if let fault = faults.first { throw AccountError.sumsDisagree(month, fault: fault) }
  }

  /// Whether nothing is charged because no subscription is in force; what is charged is known then: nothing.
  package var isUnsubscribed: Bool { segments.isEmpty && unratedPlan == nil }

  /// Sums that do not agree: charges to their lines, and partners and departments to the charges.
  private var faults: [ReconciliationFault] {
    [charges, toDate.charges].compactMap(\.self).flatMap { Reconciliation.faults(in: $0) }
      + (allocation.map { Reconciliation.faults(in: $0) } ?? [])
  }

  /// The time for which the month is charged; nil when no plan was in force.
  package var servedPeriod: BillingPeriod? {
    guard let first = segments.first, let last = segments.last else { return nil }
    return BillingPeriod(start: first.period.start, end: last.period.end)
  }

  /// Whether nothing of the month is outstanding: what a subscription covers of it is over and received, or its
  /// source stated its totals. A closed month without a subscription waits for nothing.
  package var isComplete: Bool {
    if isClosed && isUnsubscribed { return true }
    guard let completeThrough else { return usage.stated != nil }
    return completeThrough >= servedPeriod?.end ?? month.period.end
  }

  /// What all partners cost together, before the base fee covers anything; nil where no plan rates the month.
  package func partnerCost() throws(ArithmeticOverflow) -> Money? {
    guard let allocation, let charges else { return nil }
    return try Money.sum(of: allocation.partners.lazy.map(\.cost), in: charges.currency)
  }

  /// What the month is expected to cost, and the messages that it is expected to have.
  ///
  /// Messages within the subscription grow by elapsed seconds, from its start or the month's, through which
  /// usage is complete, up to its end or the month's; partner fees do not. Nil before 24 hours of data.
  package func projection() throws -> (messages: Int64, charges: Charges?)? {
    try projectionOnce { try derivedProjection() }
  }

  private func derivedProjection() throws -> (messages: Int64, charges: Charges?)? {
    let served = servedPeriod ?? month.period
    guard let completeThrough, let projection = Projection(of: served, completeThrough: completeThrough)
    else { return nil }
    let outside =
      segments.isEmpty
      ? UsageCounts()
      : try SegmentedUsage(segments: segments, total: toDate.counts, hours: toDate.hours).outside
    let counts = try projection.projected(toDate.counts.without(outside)).adding(outside)
    return (counts.messages, try charges(endingWith: counts))
  }

  /// What the month costs if it ends with so much usage, with the partners of today; nil where no plan rates it.
  func charges(endingWith counts: UsageCounts) throws -> Charges? {
    guard let charges, let completeThrough else { return nil }
    let served = servedPeriod ?? month.period
    let rest =
      completeThrough < served.end ? BillingPeriod(start: completeThrough, end: served.end) : nil
    return try Self.rate(
      counts, toDate.hours, summary, segments, charges.currency, activePartners: toDate.activePartners,
      remainderIn: rest)
  }
}

extension MonthFacts {
  /// The plans of a period; none, and the plan's id, when a subscription names a plan that nobody defined.
  private static func segments(
    of period: BillingPeriod, _ timeline: PlanTimeline
  ) throws(RatingError) -> (segments: [PlanSegment], unratedPlan: PlanID?) {
    do throws(RatingError) {
      return (try timeline.segments(of: period), nil)
    } catch .unknownPlan(let id) {
      return ([], id)
    }
  }

  static func rate(
    _ counts: UsageCounts, _ hours: [HourUsage], _ summary: UsageSummary, _ segments: [PlanSegment],
    _ currency: Currency, activePartners: Int64? = nil, remainderIn rest: BillingPeriod? = nil
  ) throws -> Charges? {
    if segments.isEmpty { return nil }
    let usage = try SegmentedUsage(segments: segments, total: counts, hours: hours, remainderIn: rest)
    return try Rater.rate(
      usage, in: summary.month, currency: currency,
      activePartners: activePartners ?? summary.activePartners)
  }

  private static func allocate(
    _ charges: Charges, _ usage: MonthUsage, _ summary: UsageSummary, _ segments: [PlanSegment],
    _ partners: PartnerDirectory
  ) throws -> Allocation {
    let chargesFailed = PlanSegment.chargeFailedMessages(segments)
    let departments = MonthDepartments(usage, summary, partners, chargesFailed: chargesFailed)
    return try Allocation(
      charges, over: partnerMessages(usage, summary, segments), activePartners: summary.activePartners,
      shares: departments.shares(of:))
  }

  /// Partners weigh by the messages that are charged, of each price by themselves; of stated messages those count as
  /// failed of which readings say so.
  static func partnerMessages(
    _ usage: MonthUsage, _ summary: UsageSummary, _ segments: [PlanSegment]
  ) throws -> [PartnerMessages] {
    let weights = PartnerWeights(usage, segments)
    var failed: [PartnerID: Int64] = [:]
    if summary.partnerRows.contains(where: { $0.failed == nil }) {
      for partner in usage.partners { failed[partner.partnerID] = try partner.total().failed }
    }
    return try summary.partnerRows.map { row in
      let known = row.failed ?? row.partnerID.flatMap { failed[$0] } ?? 0
      return try weights.messages(
        of: row.partnerID, UsageCounts(messages: row.messages, failed: known, bytes: row.bytes))
    }
  }

  /// The whole month less what lies beyond completion; stated totals say nothing of hours and stay whole.
  private static func toDate(
    _ whole: MonthToDate, _ usage: MonthUsage, _ summary: UsageSummary, _ segments: [PlanSegment],
    _ unplanned: (UsageCounts, [HourUsage]) throws -> Int64?, _ statement: Statement
  ) throws -> MonthToDate {
    let beyond = statement.usageBeyondCompletion
    guard usage.month == statement.asOf.date.month, beyond != UsageCounts(),
      let through = statement.usageCompleteThrough
    else { return whole }
    var counts = summary.counts.without(beyond)
    counts.messages = max(counts.messages, usage.stated?.messages ?? 0)
    counts.bytes = max(counts.bytes, usage.stated?.bytes ?? 0)
    let hours = usage.hours.filter { $0.hour.end <= through }
    let active = statement.activePartners(in: usage)
    let charges = try rate(
      counts, hours, summary, segments, statement.customer.currency, activePartners: active)
    return MonthToDate(
      counts: counts, hours: hours, activePartners: active, charges: charges,
      unplannedMessages: try unplanned(counts, hours))
  }
}

extension Statement {
  /// Partners with a message of a month in the hours through which usage is complete, or as its source stated.
  fileprivate func activePartners(in usage: MonthUsage) -> Int64 {
    let stated = (usage.stated?.partners ?? []).filter { $0.messages > 0 }.map(\.partnerID)
    let read = (recentUsage?.partners ?? []).filter { $0.counts(in: usage.month).messages > 0 }
      .map(\.partnerID)
    return max(Int64(Set(stated + read).count), usage.stated?.activePartners ?? 0)
  }

  /// The last day of the subscription that ended last before a month; nil when none did, or when one is to come
  /// or goes on.
  fileprivate func subscriptionEnd(before month: CalendarMonth) -> CalendarDate? {
    let started = subscriptions.filter { $0.startedAt < month.period.end }
    guard let subscription = started.last, let end = subscription.endsAt, end <= month.period.start else {
      return nil
    }
    return subscription.lastDay
  }
}

import FolioAnalytics
import FolioBilling
import FolioRating

/// A month of a customer, summed up and rated once for every page and feed.
struct MonthFacts {
  let month: CalendarMonth
  let usage: MonthUsage
  let summary: UsageSummary
  let segments: [PlanSegment]
  /// Nil when no plan is known that could rate the month.
  let charges: Charges?
  let allocation: Allocation?
  /// Whether the month had ended at the portal's as-of time.
  let isClosed: Bool
  /// Through which instant of the month usage is complete; nil when no reading has said so.
  let completeThrough: Timestamp?
  /// The time that the month's page prints: of its last change once it is closed, else the portal's.
  let lastChanged: Timestamp

  init(
    _ month: CalendarMonth, of statement: Statement, _ partners: PartnerDirectory, _ timeline: PlanTimeline
  ) throws {
    self.month = month
    usage = statement.usage(in: month)
    summary = try UsageSummary(usage, knownPartners: partners.count(with: Self.partners(in: usage)))
    segments = try Self.segments(of: month.period, timeline)
    charges = try Self.rate(
      summary.counts, usage, segments, statement.customer.currency, summary.activePartners)
    allocation = try charges.map { [summary] in try Self.allocate($0, summary, partners) }
    isClosed = month.period.end <= statement.asOf
    completeThrough = statement.usageCompleteThrough.flatMap {
      $0 <= month.period.start ? nil : min($0, month.period.end)
    }
    lastChanged = isClosed ? Self.lastChange(usage, summary, segments, partners, statement) : statement.asOf
  }

  /// Whether nothing of the month is outstanding: it is over and received, or its source stated its totals.
  var isComplete: Bool {
    if let completeThrough { return completeThrough >= month.period.end }
    return usage.stated != nil
  }

  /// What all partners cost together, before the base fee covers anything; nil where no plan rates the month.
  func partnerCost() throws(ArithmeticOverflow) -> Money? {
    guard let allocation, let charges else { return nil }
    return try Money.sum(of: allocation.partners.lazy.map(\.cost), in: charges.currency)
  }

  /// What the month is expected to cost, and the messages that it is expected to have.
  ///
  /// Messages grow by elapsed seconds through which usage is complete; partner fees do not. Nil before 24
  /// hours of data and without a plan.
  func projection() throws -> (messages: Int64, charges: Charges?)? {
    guard let completeThrough, let projection = Projection(of: month.period, completeThrough: completeThrough)
    else { return nil }
    let counts = try projection.projected(summary.counts)
    let rest =
      completeThrough < month.period.end ? BillingPeriod(start: completeThrough, end: month.period.end) : nil
    guard let charges else { return (counts.messages, nil) }
    let projected = try Self.rate(
      counts, usage, segments, charges.currency, summary.activePartners, remainderIn: rest)
    return (counts.messages, projected)
  }

  private static func partners(in usage: MonthUsage) -> [PartnerID] {
    usage.partners.map(\.partnerID) + (usage.stated?.partners ?? []).map(\.partnerID)
  }

  /// The plans of a period; none when a subscription names a plan that nobody defined.
  private static func segments(of period: BillingPeriod, _ timeline: PlanTimeline) throws -> [PlanSegment] {
    do throws(RatingError) {
      return try timeline.segments(of: period)
    } catch .unknownPlan {
      return []
    }
  }

  private static func rate(
    _ counts: UsageCounts, _ usage: MonthUsage, _ segments: [PlanSegment], _ currency: Currency,
    _ activePartners: Int64, remainderIn rest: BillingPeriod? = nil
  ) throws -> Charges? {
    if segments.isEmpty { return nil }
    let usageBySegment = try SegmentedUsage(
      segments: segments, total: counts, hours: usage.hours, remainderIn: rest)
    return try Rater.rate(
      usageBySegment, in: usage.month, currency: currency, activePartners: activePartners)
  }

  private static func allocate(
    _ charges: Charges, _ summary: UsageSummary, _ partners: PartnerDirectory
  ) throws -> Allocation {
    let lastDay = summary.month.period.inclusiveEnd.date
    let messages = summary.partnerRows.map { PartnerMessages(partnerID: $0.partnerID, messages: $0.messages) }
    return try Allocation(charges, over: messages, activePartners: summary.activePartners) {
      partners[$0].department(on: lastDay)
    }
  }

  /// The latest of the month's end and of whatever its page is made of.
  private static func lastChange(
    _ usage: MonthUsage, _ summary: UsageSummary, _ segments: [PlanSegment], _ partners: PartnerDirectory,
    _ statement: Statement
  ) -> Timestamp {
    let month = usage.month
    let names = summary.partnerRows.compactMap { $0.partnerID.flatMap { partners[$0].changedAt } }
    let terms = segments.map(\.plan.effectiveAt)
    let cancellations = statement.subscriptions.compactMap(\.cancellation?.canceledAt)
      .filter { month.period.contains($0) }
    return ([month.period.end, usage.changedAt].compactMap(\.self) + names + terms + cancellations).max()
      ?? month.period.end
  }
}

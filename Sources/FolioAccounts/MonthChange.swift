import FolioAnalytics
import FolioBilling
import FolioRating

/// When what the page of a closed month prints last changed.
enum MonthChange {
  /// The latest of the month's end, its usage, the invoices that are over it or have a line for it, their voids, the
  /// names and departments of the partners on the page, and the events that decide its price; no later than the as-of
  /// time. An instant from which something holds is no change, but the event that said so.
  ///
  /// The customer's own name is no part of the month: it stands in the frame of every page, and `PageRenderer` dates
  /// all of them by it.
  static func latest(
    of usage: MonthUsage, _ summary: UsageSummary, _ segments: [PlanSegment], _ partners: PartnerDirectory,
    _ invoices: [Invoice], _ statement: Statement
  ) -> Timestamp {
    let period = usage.month.period
    let names = summary.partnerRows.map { row in
      row.partnerID.flatMap { partners.lastChange(of: $0, in: usage.month, row) }
    }
    let plans = segments.map(\.plan.recordedAt)
    let subscriptions = statement.subscriptions.flatMap { $0.recordings(deciding: period) }
    let invoiced = invoices.filter { $0.charges(for: period) }.map(\.chargesChangedAt)
    let changes =
      [period.end, usage.changedAt] + invoiced + names + plans + subscriptions
    return min(changes.compactMap(\.self).max() ?? period.end, statement.asOf)
  }
}

extension Invoice {
  /// Whether the invoice is over a period, or has a line for it.
  fileprivate func charges(for period: BillingPeriod) -> Bool {
    document.period.intersection(period) != nil
      || document.lines.contains { $0.servicePeriod.intersection(period) != nil }
  }

  /// When the invoice began to charge, or stopped because it was voided.
  fileprivate var chargesChangedAt: Timestamp? { max(finalizedAt, void?.changedAt ?? finalizedAt) }
}

extension Subscription {
  /// When the changes of plan that hold in a period were recorded, and the end that curtails it.
  fileprivate func recordings(deciding period: BillingPeriod) -> [Timestamp?] {
    let ending = endsAt.map { $0 < period.end } ?? false ? [cancellation?.recordedAt] : []
    if let endsAt, endsAt <= period.start { return ending }
    let untils = changes.dropFirst().map { Optional($0.takesEffectAt) } + [nil]
    let inForce = zip(changes, untils).filter { change, until in
      change.takesEffectAt < period.end && until.map { period.start < $0 } ?? true
    }
    return ending + inForce.map(\.0.recordedAt)
  }
}

import FolioBilling
import FolioRating

/// What all pages and feeds of one portal are made of, computed once.
struct PortalFacts {
  let statement: Statement
  let partners: PartnerDirectory
  /// From the first month with a fact to the month of the as-of time, without a gap; never empty.
  let months: [MonthFacts]

  init(_ statement: Statement) throws {
    self.statement = statement
    let partners = PartnerDirectory(statement.partners)
    self.partners = partners
    let timeline = PlanTimeline(subscriptions: statement.subscriptions, plans: statement.plans)
    let last = statement.asOf.date.month
    let starts = statement.usage.map(\.month) + statement.subscriptions.map(\.startedAt.date.month)
    let first = min(starts.min() ?? last, last)
    months = try (first.ordinal...last.ordinal).map {
      try MonthFacts(CalendarMonth(ordinal: $0), of: statement, partners, timeline)
    }
  }

  var currency: Currency { statement.customer.currency }

  /// The month of the as-of time.
  var current: MonthFacts { months[months.count - 1] }

  /// How far usage may lag behind the as-of time before figures of the running month are no verdict.
  static let lagLimitSeconds: Int64 = 3 * 3_600

  /// Whether the latest usage is older than a healthy feed's; a customer without a subscription owes none.
  var isUsageBehind: Bool {
    guard let through = statement.usageCompleteThrough else { return !statement.subscriptions.isEmpty }
    return statement.asOf.nanosecondsSinceEpoch - through.nanosecondsSinceEpoch
      > Self.lagLimitSeconds * 1_000_000_000
  }

  /// The newest first, those of one instant by identifier.
  var invoices: [Invoice] {
    statement.invoices.sorted { left, right in
      left.document.created == right.document.created
        ? left.id < right.id : left.document.created > right.document.created
    }
  }
}

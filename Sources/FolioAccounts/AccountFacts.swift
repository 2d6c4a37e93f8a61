package import FolioBilling
import FolioRating

/// What a customer's months and invoices come to, computed once for every page, feed and invoice.
///
/// A class, since each page holds them, and a copy would retain each field of its own.
package final class AccountFacts {
  package let statement: Statement
  package let partners: PartnerDirectory
  /// From the first month with usage, a subscription, or a dated document or payment to the month of the as-of time,
  /// without a gap; never empty.
  package let months: [MonthFacts]
  /// The newest first, those of one instant by identifier.
  package let invoices: [Invoice]
  /// Every partner that has a page: those that are known, and those that stated totals name; in order.
  package let partnerIDs: [PartnerID]
  private let partnersWithPages: Set<PartnerID>
  /// When the customer was last given another name; nil where nothing dates one.
  package let customerNamedAt: Timestamp?
  /// Whether a subscription is in force at the as-of time.
  private let isSubscribed: Bool

  /// What several pages and feeds ask for, in each language.
  let projectionRangeOnce = Once<ProjectionRange?>()
  let budgetStatusesOnce = Once<[BudgetStatus]>()
  let departmentCostsOnce = Once<[Int: DepartmentCosts]>()

  /// The most months that an account covers.
  package static let monthsLimit = 1_200

  /// - Throws: `RatingError` but `unknownPlan`, `ArithmeticOverflow`, `AccountError.tooManyMonths`,
  ///   `.sumsDisagree`.
  package init(_ statement: Statement) throws {
    self.statement = statement
    let names = NameChanges(statement.audit)
    customerNamedAt = names.ofCustomer
    let partners = PartnerDirectory(statement.partners, statement.usage, names)
    self.partners = partners
    partnersWithPages = Self.partnersWithPages(statement)
    partnerIDs = partnersWithPages.sorted()
    let timeline = PlanTimeline(subscriptions: statement.subscriptions, plans: statement.plans)
    isSubscribed = timeline.subscription(at: statement.asOf) != nil
    let (first, last) = (Self.firstMonth(of: statement), statement.asOf.date.month)
    let count = last.ordinal - first.ordinal + 1
    if count > Self.monthsLimit { throw AccountError.tooManyMonths(count: count, limit: Self.monthsLimit) }
    let invoicesByMonth = InvoicesByMonth(statement.invoices, within: first.ordinal...last.ordinal)
    months = try (first.ordinal...last.ordinal).map {
      let month = CalendarMonth(ordinal: $0)
      return try MonthFacts(month, of: statement, partners, timeline, invoicesByMonth[month])
    }
    invoices = statement.invoices.sorted { left, right in
      left.document.created == right.document.created
        ? left.id < right.id : left.document.created > right.document.created
    }
  }

  /// The first month with readings, stated usage, a plan in force, or the date of a document or payment; at the
  /// latest the as-of time's.
  private static func firstMonth(of statement: Statement) -> CalendarMonth {
    let used = statement.usage.lazy.filter { !$0.partners.isEmpty || !$0.days.isEmpty || $0.stated != nil }
    let subscribed = statement.subscriptions.lazy.filter { subscription in
      subscription.endsAt.map { subscription.startedAt < $0 } ?? true
    }
    let starts = used.map(\.month) + subscribed.map(\.startedAt.date.month)
    let dated = statement.invoices.lazy.flatMap { invoice in
      [invoice.document.created] + invoice.payments.compactMap(\.at) + invoice.refunds.map(\.refundedAt)
        + invoice.creditNotes.map(\.issuedAt)
    }
    return (starts + dated.map(\.date.month)).reduce(statement.asOf.date.month) { min($0, $1) }
  }

  private static func partnersWithPages(_ statement: Statement) -> Set<PartnerID> {
    var partners = Set(statement.partners.map(\.id))
    for usage in statement.usage {
      for partner in usage.stated?.partners ?? [] { partners.insert(partner.partnerID) }
    }
    return partners
  }

  /// Whether a partner has a page.
  package func hasPage(_ id: PartnerID) -> Bool { partnersWithPages.contains(id) }

  package var currency: Currency { statement.customer.currency }

  /// A month of the account; nil before its first and after the as-of time's.
  package func month(_ month: CalendarMonth) -> MonthFacts? {
    let index = month.ordinal - months[0].month.ordinal
    return months.indices.contains(index) ? months[index] : nil
  }

  /// The month of the as-of time.
  package var current: MonthFacts { months[months.count - 1] }

  /// The lines that change the next invoice's amount for usage of invoiced months, in order of months.
  package var lateLines: [ChargeLine] { months.compactMap { $0.invoiced?.late }.filter { !$0.amount.isZero } }

  /// How far usage may lag behind the as-of time before figures of the running month are no verdict.
  package static let lagLimitSeconds: Int64 = 3 * 3_600

  /// Whether the latest usage is older than a healthy feed's; a customer without a subscription owes none.
  package var isUsageBehind: Bool {
    guard isSubscribed else { return false }
    guard let through = statement.usageCompleteThrough else { return true }
    return statement.asOf.nanosecondsSinceEpoch - through.nanosecondsSinceEpoch
      > Self.lagLimitSeconds * 1_000_000_000
  }
}

/// Everything that one build needs of one customer, read in one transaction.
package struct Statement: Hashable, Sendable {
  package let customer: Customer
  /// The later of the start of the as-of day and the customer's newest fact.
  package let asOf: Timestamp
  /// Through which instant usage has been received; nil before the first reading.
  package let usageCompleteThrough: Timestamp?
  /// Readings of the as-of month whose hours are not over at `usageCompleteThrough`; month to date leaves them
  /// out.
  package let usageBeyondCompletion: UsageCounts
  /// In order of their start.
  package let subscriptions: [Subscription]
  /// Every version of every plan, in order of plan and effect.
  package let plans: [PlanVersion]
  package let paymentMethods: [PaymentMethod]
  package let defaultPaymentMethodID: PaymentMethodID?
  /// In order of identifiers, with those that only usage names.
  package let partners: [Partner]
  /// In order of months; months without a fact are left out.
  package let usage: [MonthUsage]
  /// Of the 90 days through which usage is complete; nil before the first reading.
  package let recentUsage: RecentUsage?
  /// In order of creation, then of identifiers.
  package let invoices: [Invoice]
  package let budgets: [Budget]
  package let alerts: [AlertRule]
  /// Alerts that went off, in order of events.
  package let alertOccurrences: [AlertOccurrence]
  package let reports: [ReportDefinition]
  /// Those of the site and those of the customer, in order of time.
  package let notices: [Notice]
  /// What changed and when, in order of events: by time, then by id and source.
  package let audit: [AuditEntry]

  package init(
    customer: Customer, asOf: Timestamp, usageCompleteThrough: Timestamp? = nil,
    usageBeyondCompletion: UsageCounts = UsageCounts(), subscriptions: [Subscription] = [],
    plans: [PlanVersion] = [], paymentMethods: [PaymentMethod] = [],
    defaultPaymentMethodID: PaymentMethodID? = nil, partners: [Partner] = [], usage: [MonthUsage] = [],
    recentUsage: RecentUsage? = nil, invoices: [Invoice] = [], budgets: [Budget] = [],
    alerts: [AlertRule] = [], alertOccurrences: [AlertOccurrence] = [], reports: [ReportDefinition] = [],
    notices: [Notice] = [], audit: [AuditEntry] = []
  ) {
    self.customer = customer
    self.asOf = asOf
    self.usageCompleteThrough = usageCompleteThrough
    self.usageBeyondCompletion = usageBeyondCompletion
    self.subscriptions = subscriptions
    self.plans = plans
    self.paymentMethods = paymentMethods
    self.defaultPaymentMethodID = defaultPaymentMethodID
    self.partners = partners
    self.usage = usage
    self.recentUsage = recentUsage
    self.invoices = invoices
    self.budgets = budgets
    self.alerts = alerts
    self.alertOccurrences = alertOccurrences
    self.reports = reports
    self.notices = notices
    self.audit = audit
  }
}

extension Statement {
  /// The subscription that holds at an instant: the one that started last, else the first to come.
  package func subscription(at instant: Timestamp) -> Subscription? {
    subscriptions.last { $0.startedAt <= instant } ?? subscriptions.first
  }

  /// A plan's terms at an instant: the latest version in effect, else the plan's first.
  package func plan(_ id: PlanID, at instant: Timestamp) -> PlanVersion? {
    let versions = plans.filter { $0.planID == id }
    return versions.last { $0.effectiveAt <= instant } ?? versions.first
  }

  /// A partner by its id; one that nothing but usage names has no name.
  package func partner(_ id: PartnerID) -> Partner {
    partners.first { $0.id == id } ?? Partner(id: id, name: nil)
  }

  /// The usage of a month, empty where there is none.
  package func usage(in month: CalendarMonth) -> MonthUsage {
    usage.first { $0.month == month } ?? MonthUsage(month: month)
  }

  /// The default payment method, else the only one.
  package var defaultPaymentMethod: PaymentMethod? {
    paymentMethods.first { $0.id == defaultPaymentMethodID }
      ?? (paymentMethods.count == 1 ? paymentMethods[0] : nil)
  }
}

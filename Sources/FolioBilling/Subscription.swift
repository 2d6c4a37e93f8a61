/// What a customer has agreed to, with its history.
package struct Subscription: Hashable, Sendable {
  package let id: SubscriptionID
  package let startedAt: Timestamp
  /// `monthly`: the one cycle that the API has.
  package let billingCycle: String
  /// Until when nothing is charged; nil for no trial.
  package let trialEndsAt: Timestamp?
  /// Which plan holds from when, in order of `effectiveAt`, the first at `startedAt`; never empty.
  package let changes: [SubscriptionChange]
  package let cancellation: SubscriptionCancellation?
  /// The status in the source's own word, where the source said one.
  package let statedStatus: String?
  /// The current period as the source stated it; nil lets the calendar say.
  package let statedPeriod: BillingPeriod?

  package init(
    id: SubscriptionID, startedAt: Timestamp, billingCycle: String = "monthly", trialEndsAt: Timestamp? = nil,
    changes: [SubscriptionChange], cancellation: SubscriptionCancellation? = nil, statedStatus: String? = nil,
    statedPeriod: BillingPeriod? = nil
  ) {
    precondition(!changes.isEmpty, "a subscription has a plan")
    self.id = id
    self.startedAt = startedAt
    self.billingCycle = billingCycle
    self.trialEndsAt = trialEndsAt
    self.changes = changes
    self.cancellation = cancellation
    self.statedStatus = statedStatus
    self.statedPeriod = statedPeriod
  }

  /// Whether the subscription has begun, over or not.
  package func hasStarted(by instant: Timestamp) -> Bool { startedAt <= instant }

  /// When the subscription ends: at once, or with the month in which it was canceled; nil when it goes on.
  package var endsAt: Timestamp? {
    guard let cancellation else { return nil }
    return cancellation.atPeriodEnd
      ? cancellation.canceledAt.date.month.period.end : cancellation.canceledAt
  }

  /// The day on which it ends; nil when it goes on. What ends with a month ends on the month's last day.
  package var lastDay: CalendarDate? {
    guard let cancellation, let endsAt else { return nil }
    return cancellation.atPeriodEnd ? endsAt.adding(seconds: -1).date : endsAt.date
  }

  /// The period that is current at an instant: the stated one, else the calendar month; once the subscription
  /// has ended, the one in which it ended.
  package func currentPeriod(at instant: Timestamp) -> BillingPeriod {
    guard let endsAt, endsAt <= instant else { return statedPeriod ?? instant.date.month.period }
    if let statedPeriod, statedPeriod.start < endsAt, endsAt <= statedPeriod.end { return statedPeriod }
    return Timestamp(nanosecondsSinceEpoch: endsAt.nanosecondsSinceEpoch - 1).date.month.period
  }

  /// The plan in force at an instant: that of the latest change that has taken effect, else the first.
  package func planID(at instant: Timestamp) -> PlanID {
    (changes.last { $0.takesEffectAt <= instant } ?? changes[0]).planID
  }

  /// The source's word for the state, or the state that follows from the dates.
  ///
  /// A stated trial is over when its end has passed.
  package func status(at instant: Timestamp) -> String {
    if let endsAt, endsAt <= instant { return "canceled" }
    let isTrial = trialEndsAt.map { instant < $0 }
    if let statedStatus, statedStatus != "trialing" || isTrial != false { return statedStatus }
    return isTrial == true ? "trialing" : "active"
  }
}

/// A plan chosen, and from when it counts.
package struct SubscriptionChange: Hashable, Sendable {
  package let effectiveAt: Timestamp
  package let planID: PlanID
  /// Whether the change takes effect at once; without proration it waits for the next month.
  package let prorates: Bool
  /// The time of the event that said so; nil when nothing dates it.
  package let recordedAt: Timestamp?

  package init(effectiveAt: Timestamp, planID: PlanID, prorates: Bool = true, recordedAt: Timestamp? = nil) {
    self.effectiveAt = effectiveAt
    self.planID = planID
    self.prorates = prorates
    self.recordedAt = recordedAt
  }

  /// The instant from which the plan's prices count.
  package var takesEffectAt: Timestamp {
    let monthStart = effectiveAt.date.month.period.start
    return prorates || monthStart == effectiveAt ? effectiveAt : effectiveAt.date.month.period.end
  }
}

/// The end of a subscription.
package struct SubscriptionCancellation: Hashable, Sendable {
  package let canceledAt: Timestamp
  package let atPeriodEnd: Bool
  /// The time of the event that said so; nil when nothing dates it.
  package let recordedAt: Timestamp?

  package init(canceledAt: Timestamp, atPeriodEnd: Bool, recordedAt: Timestamp? = nil) {
    self.canceledAt = canceledAt
    self.atPeriodEnd = atPeriodEnd
    self.recordedAt = recordedAt
  }
}

/// How a customer pays. A card's number is never kept.
package struct PaymentMethod: Hashable, Sendable {
  package let id: PaymentMethodID
  /// `card`, `sepa_debit`, `invoice`.
  package let type: String
  /// `visa`, `mastercard`; nil when unknown.
  package let brand: String?
  /// The last four digits; nil for what is no card.
  package let last4: String?
  /// 1 to 12.
  package let expiryMonth: Int?
  package let expiryYear: Int?

  package init(
    id: PaymentMethodID, type: String, brand: String? = nil, last4: String? = nil, expiryMonth: Int? = nil,
    expiryYear: Int? = nil
  ) {
    self.id = id
    self.type = type
    self.brand = brand
    self.last4 = last4
    self.expiryMonth = expiryMonth
    self.expiryYear = expiryYear
  }
}

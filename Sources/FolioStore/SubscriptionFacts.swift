import FolioBilling
import SQLite

/// `billing.subscription.created`: a plan chosen, and from when.
struct SubscriptionCreated: BillingFact {
  let customerID: CustomerID
  let subscriptionID: SubscriptionID
  let planID: PlanID
  /// nil where the source only shows the current period: then the start is the earliest one shown.
  let startedAt: Timestamp?
  /// From when the plan is known to hold.
  let holdsFrom: Timestamp
  let billingCycle: String
  let trialEndsAt: Timestamp?
  let status: String?
  let statedPeriod: BillingPeriod?
  let cancelAtPeriodEnd: Bool

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    subscriptionID = try fields.identifier("subscription_id")
    planID = try fields.identifier("plan_id")
    startedAt = try fields.optionalTimestamp("started_at")
    billingCycle = try fields.optionalChoice("billing_cycle", BillingCycle.self)?.rawValue ?? "monthly"
    trialEndsAt = try fields.optionalTimestamp("trial_ends_at")
    status = try fields.optionalText("status", mostBytes: 32)
    statedPeriod = try fields.period("current_period_start", "current_period_end")
    cancelAtPeriodEnd = try fields.optionalBool("cancel_at_period_end") ?? false
    guard let from = startedAt ?? statedPeriod?.start else { throw fields.fail("started_at", .timestamp) }
    holdsFrom = from
  }

  var requires: [EventSubject] { [.customer(customerID), .plan(planID)] }
  var introduces: [EventSubject] { [.subscription(customerID, subscriptionID)] }
  var factTime: Timestamp? { holdsFrom }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "subscriptions", key: subscriptionKey(customerID, subscriptionID),
      [
        ("billing_cycle", .text(billingCycle)),
        ("trial_ends_at", .instant(trialEndsAt)), ("stated_status", .optional(status)),
        ("stated_period_start", .instant(statedPeriod?.start)),
        ("stated_period_end", .instant(statedPeriod?.end)),
      ])
    let kind = startedAt == nil ? ChangeKind.seen : .started
    try writePlanChange(writer, customerID, subscriptionID, planID, kind, at: holdsFrom, prorates: true)
    if cancelAtPeriodEnd {
      let stamped = try writer.key.time > 0 ? storedInstant(writer.key.time) : holdsFrom
      let at = statedPeriod?.inclusiveEnd ?? max(holdsFrom, stamped)
      try writeCancellation(writer, customerID, subscriptionID, at: at, atPeriodEnd: true)
    }
  }
}

/// Why a plan is known to hold from an instant.
enum ChangeKind: String {
  /// The subscription started with it.
  case started
  /// A source showed it for a period.
  case seen
  /// It was changed to.
  case changed
}

/// The cycles that a subscription may have; the API knows one.
enum BillingCycle: String, CaseIterable {
  case monthly
}

/// `billing.subscription.updated`: another plan from an instant on, or a cancellation taken back.
struct SubscriptionUpdated: BillingFact {
  let customerID: CustomerID
  let subscriptionID: SubscriptionID
  let planID: PlanID?
  let effectiveAt: Timestamp
  let prorates: Bool
  let cancelsAtPeriodEnd: Bool?

  init(_ fields: FieldReader, customerID: CustomerID, time: Timestamp?) throws(FieldError) {
    self.customerID = customerID
    subscriptionID = try fields.identifier("subscription_id")
    planID = try fields.optionalIdentifier("plan_id")
    prorates = try fields.optionalBool("prorate") ?? true
    cancelsAtPeriodEnd = try fields.optionalBool("cancel_at_period_end")
    guard let instant = try fields.optionalTimestamp("effective_at") ?? time else {
      throw fields.fail("effective_at", .timestamp)
    }
    effectiveAt = instant
  }

  var requires: [EventSubject] {
    [.customer(customerID), .subscription(customerID, subscriptionID)] + (planID.map { [.plan($0)] } ?? [])
  }
  var factTime: Timestamp? { effectiveAt }

  func write(_ writer: FactWriter) throws {
    if let planID {
      try writePlanChange(
        writer, customerID, subscriptionID, planID, .changed, at: effectiveAt, prorates: prorates)
    }
    guard let cancelsAtPeriodEnd else { return }
    try writeCancellation(
      writer, customerID, subscriptionID, at: cancelsAtPeriodEnd ? effectiveAt : nil, atPeriodEnd: true)
  }
}

/// `billing.subscription.canceled`: the end, at once or with the month.
struct SubscriptionCanceled: BillingFact {
  let customerID: CustomerID
  let subscriptionID: SubscriptionID
  let canceledAt: Timestamp
  let atPeriodEnd: Bool

  init(_ fields: FieldReader, customerID: CustomerID, time: Timestamp?) throws(FieldError) {
    self.customerID = customerID
    subscriptionID = try fields.identifier("subscription_id")
    atPeriodEnd = try fields.optionalBool("cancel_at_period_end") ?? false
    guard let instant = try fields.optionalTimestamp("canceled_at") ?? time else {
      throw fields.fail("canceled_at", .timestamp)
    }
    canceledAt = instant
  }

  var requires: [EventSubject] { [.customer(customerID), .subscription(customerID, subscriptionID)] }
  var factTime: Timestamp? { canceledAt }

  func write(_ writer: FactWriter) throws {
    try writeCancellation(writer, customerID, subscriptionID, at: canceledAt, atPeriodEnd: atPeriodEnd)
  }
}

extension FieldReader {
  /// Two instants that bound a period; nil when both are absent. An end of `23:59:59` is inclusive.
  func period(_ start: String, _ end: String) throws(FieldError) -> BillingPeriod? {
    guard let from = try optionalTimestamp(start), let last = try optionalTimestamp(end) else { return nil }
    let to = last.adding(seconds: 1).date == last.date ? last : last.adding(seconds: 1)
    guard from < to else { throw fail(end, .periodInOrder) }
    return BillingPeriod(start: from, end: to)
  }
}

private func subscriptionKey(_ customer: CustomerID, _ id: SubscriptionID) -> [FactWriter.Column] {
  [("customer_id", .text(customer.text)), ("subscription_id", .text(id.text))]
}

private func writePlanChange(
  _ writer: FactWriter, _ customer: CustomerID, _ id: SubscriptionID, _ plan: PlanID, _ kind: ChangeKind,
  at instant: Timestamp, prorates: Bool
) throws {
  try writer.keepLatest(
    in: "subscription_changes",
    key: subscriptionKey(customer, id) + [("effective_at", .instant(instant))],
    [("kind", .text(kind.rawValue)), ("plan_id", .text(plan.text)), ("prorates", .flag(prorates))])
}

private func writeCancellation(
  _ writer: FactWriter, _ customer: CustomerID, _ id: SubscriptionID, at instant: Timestamp?,
  atPeriodEnd: Bool
) throws {
  try writer.keepLatest(
    in: "subscription_cancellations", key: subscriptionKey(customer, id),
    [("canceled_at", .instant(instant)), ("at_period_end", .flag(atPeriodEnd))])
}

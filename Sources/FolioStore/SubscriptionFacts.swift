import FolioBilling
import SQLite

/// `billing.subscription.created`: a plan chosen, and from when.
struct SubscriptionCreated: BillingFact {
  let customerID: CustomerID
  let subscriptionID: SubscriptionID
  let planID: PlanID
  let startedAt: Timestamp
  let billingCycle: String
  let trialEndsAt: Timestamp?
  let status: String?
  let statedPeriod: BillingPeriod?
  let cancelAtPeriodEnd: Bool

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    subscriptionID = try fields.identifier("subscription_id")
    planID = try fields.identifier("plan_id")
    startedAt = try fields.timestamp("started_at")
    billingCycle = try fields.optionalChoice("billing_cycle", BillingCycle.self)?.rawValue ?? "monthly"
    trialEndsAt = try fields.optionalTimestamp("trial_ends_at")
    status = try fields.optionalText("status", mostBytes: 32)
    statedPeriod = try fields.period("current_period_start", "current_period_end")
    cancelAtPeriodEnd = try fields.optionalBool("cancel_at_period_end") ?? false
  }

  var requires: [EventSubject] { [.customer(customerID), .plan(planID)] }
  var introduces: [EventSubject] { [.subscription(customerID, subscriptionID)] }
  var factTime: Timestamp? { startedAt }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "subscriptions", key: subscriptionKey(customerID, subscriptionID),
      [
        ("started_at", .instant(startedAt)), ("billing_cycle", .text(billingCycle)),
        ("trial_ends_at", .instant(trialEndsAt)), ("stated_status", .optional(status)),
        ("stated_period_start", .instant(statedPeriod?.start)),
        ("stated_period_end", .instant(statedPeriod?.end)),
      ])
    try writePlanChange(writer, customerID, subscriptionID, planID, at: startedAt, prorates: true)
    if cancelAtPeriodEnd {
      let at = statedPeriod?.inclusiveEnd ?? startedAt
      try writeCancellation(writer, customerID, subscriptionID, at: at, atPeriodEnd: true)
    }
  }
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
      try writePlanChange(writer, customerID, subscriptionID, planID, at: effectiveAt, prorates: prorates)
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
  _ writer: FactWriter, _ customer: CustomerID, _ id: SubscriptionID, _ plan: PlanID, at instant: Timestamp,
  prorates: Bool
) throws {
  try writer.keepLatest(
    in: "subscription_changes",
    key: subscriptionKey(customer, id) + [("effective_at", .instant(instant))],
    [("plan_id", .text(plan.text)), ("prorates", .flag(prorates))])
}

private func writeCancellation(
  _ writer: FactWriter, _ customer: CustomerID, _ id: SubscriptionID, at instant: Timestamp?,
  atPeriodEnd: Bool
) throws {
  try writer.keepLatest(
    in: "subscription_cancellations", key: subscriptionKey(customer, id),
    [("canceled_at", .instant(instant)), ("at_period_end", .flag(atPeriodEnd))])
}

extension SubscriptionCreated {
  /// A customer's subscriptions with their history, in order of start.
  static func load(of customer: CustomerID, from connection: Connection) throws -> [Subscription] {
    let changes = try loadChanges(of: customer, from: connection)
    let cancellations = try loadCancellations(of: customer, from: connection)
    return try connection.statement(
      """
      SELECT subscription_id, started_at, billing_cycle, trial_ends_at, stated_status, stated_period_start,
        stated_period_end
      FROM subscriptions WHERE customer_id = ? ORDER BY started_at, subscription_id
      """
    ).rows([.text(customer.text)]) { row in
      let id: SubscriptionID = try storedIdentifier(row.text(0), "subscriptions.subscription_id")
      guard let history = changes[id] else { throw StoredValueError(column: "subscription_changes.plan_id") }
      let start = try row.optionalInteger(5).map(storedInstant)
      let end = try row.optionalInteger(6).map(storedInstant)
      var stated: BillingPeriod?
      if let start, let end, start < end { stated = BillingPeriod(start: start, end: end) }
      return Subscription(
        id: id, startedAt: storedInstant(try row.integer(1)), billingCycle: try row.text(2),
        trialEndsAt: try row.optionalInteger(3).map(storedInstant), changes: history,
        cancellation: cancellations[id], statedStatus: try row.optionalText(4), statedPeriod: stated)
    }
  }

  private static func loadChanges(
    of customer: CustomerID, from connection: Connection
  ) throws -> [SubscriptionID: [SubscriptionChange]] {
    var changes: [SubscriptionID: [SubscriptionChange]] = [:]
    _ = try connection.statement(
      """
      SELECT subscription_id, effective_at, plan_id, prorates FROM subscription_changes
      WHERE customer_id = ? ORDER BY subscription_id, effective_at
      """
    ).rows([.text(customer.text)]) { row in
      let id: SubscriptionID = try storedIdentifier(row.text(0), "subscription_changes.subscription_id")
      changes[id, default: []].append(
        SubscriptionChange(
          effectiveAt: storedInstant(try row.integer(1)),
          planID: try storedIdentifier(row.text(2), "subscription_changes.plan_id"),
          prorates: try row.integer(3) != 0))
    }
    return changes
  }

  private static func loadCancellations(
    of customer: CustomerID, from connection: Connection
  ) throws -> [SubscriptionID: SubscriptionCancellation] {
    var cancellations: [SubscriptionID: SubscriptionCancellation] = [:]
    _ = try connection.statement(
      """
      SELECT subscription_id, canceled_at, at_period_end FROM subscription_cancellations
      WHERE customer_id = ? AND canceled_at IS NOT NULL
      """
    ).rows([.text(customer.text)]) { row in
      let id: SubscriptionID = try storedIdentifier(row.text(0), "subscription_cancellations.subscription_id")
      cancellations[id] = SubscriptionCancellation(
        canceledAt: storedInstant(try row.integer(1)), atPeriodEnd: try row.integer(2) != 0)
    }
    return cancellations
  }
}

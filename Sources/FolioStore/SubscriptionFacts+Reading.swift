import FolioBilling
import SQLite

extension SubscriptionCreated {
  /// A customer's subscriptions with their history, in order of start.
  static func load(of customer: CustomerID, from connection: Connection) throws -> [Subscription] {
    let changes = try loadChanges(of: customer, from: connection)
    let cancellations = try loadCancellations(of: customer, from: connection)
    let subscriptions = try connection.statement(
      """
      SELECT subscription_id, billing_cycle, trial_ends_at, stated_status, stated_period_start,
        stated_period_end
      FROM subscriptions WHERE customer_id = ?
      """
    ).rows([.text(customer.text)]) { row in
      let id: SubscriptionID = try storedIdentifier(row.text(0), "subscriptions.subscription_id")
      let history = history(of: changes[id] ?? [])
      guard let first = history.first else { throw StoredValueError(column: "subscription_changes.plan_id") }
      return Subscription(
        id: id, startedAt: first.effectiveAt, billingCycle: try row.text(1),
        trialEndsAt: try row.optionalInteger(2).map(storedInstant), changes: history,
        cancellation: cancellations[id], statedStatus: try row.optionalText(3),
        statedPeriod: try statedPeriod(row.optionalInteger(4), row.optionalInteger(5)))
    }
    return subscriptions.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
  }

  private static func statedPeriod(_ start: Int64?, _ end: Int64?) throws -> BillingPeriod? {
    guard let start, let end, start < end else { return nil }
    return BillingPeriod(start: try storedInstant(start), end: try storedInstant(end))
  }

  /// A row of the table of changes.
  private struct ChangeRow {
    let change: SubscriptionChange
    let kind: ChangeKind
    let key: EventKey
  }

  /// The changes that count, in order: those from the start on that the latest event names.
  private static func history(of rows: [ChangeRow]) -> [SubscriptionChange] {
    let starts = rows.filter { $0.kind == .started }
    guard let start = starts.max(by: { $0.key < $1.key }) else { return rows.map(\.change) }
    return rows.filter { row in
      row.change == start.change || row.kind != .started && row.change.effectiveAt > start.change.effectiveAt
    }.map(\.change)
  }

  private static func loadChanges(
    of customer: CustomerID, from connection: Connection
  ) throws -> [SubscriptionID: [ChangeRow]] {
    var changes: [SubscriptionID: [ChangeRow]] = [:]
    try connection.statement(
      """
      SELECT subscription_id, effective_at, kind, plan_id, prorates, event_time, event_key
      FROM subscription_changes WHERE customer_id = ? ORDER BY subscription_id, effective_at
      """
    ).forEach([.text(customer.text)]) { row in
      let id: SubscriptionID = try storedIdentifier(row.text(0), "subscription_changes.subscription_id")
      let change = SubscriptionChange(
        effectiveAt: try storedInstant(row.integer(1)),
        planID: try storedIdentifier(row.text(3), "subscription_changes.plan_id"),
        prorates: try row.integer(4) != 0, recordedAt: try storedEventTime(row.integer(5)))
      changes[id, default: []].append(
        ChangeRow(
          change: change, kind: try storedChoice(row.text(2), "subscription_changes.kind"),
          key: EventKey(time: try row.integer(5), text: try row.text(6))))
    }
    return changes
  }

  private static func loadCancellations(
    of customer: CustomerID, from connection: Connection
  ) throws -> [SubscriptionID: SubscriptionCancellation] {
    var cancellations: [SubscriptionID: SubscriptionCancellation] = [:]
    try connection.statement(
      """
      SELECT subscription_id, canceled_at, at_period_end, event_time FROM subscription_cancellations
      WHERE customer_id = ? AND canceled_at IS NOT NULL
      """
    ).forEach([.text(customer.text)]) { row in
      let id: SubscriptionID = try storedIdentifier(row.text(0), "subscription_cancellations.subscription_id")
      cancellations[id] = SubscriptionCancellation(
        canceledAt: try storedInstant(row.integer(1)), atPeriodEnd: try row.integer(2) != 0,
        recordedAt: try storedEventTime(row.integer(3)))
    }
    return cancellations
  }
}

package import FolioBilling
import SQLite

/// Reads statements from a store that it never changes. One thread uses one reader.
package final class StatementReader {
  let connection: Connection
  /// The plans as of the site revision at which they were read: most customers of a build share them.
  private var knownPlans: (counter: Int64, plans: [PlanVersion])?
  /// The events that defined plans, as of the site revision at which they were read.
  private var knownPlanEvents: (revision: Revision, events: [ReceivedEvent])?

  /// Opens a store for reading.
  ///
  /// - Throws: `SQLiteError`, `MigrationError`.
  package convenience init(path: String) throws {
    self.init(connection: try BillingStore.migrator.openForReading(path))
  }

  init(connection: Connection) { self.connection = connection }

  /// The customers that are not deleted at an instant, in order of identifiers.
  package func customers(asOf instant: Timestamp) throws -> [CustomerID] {
    try connection.statement(
      "SELECT customer_id FROM customers WHERE NOT is_deleted OR deleted_at > ? ORDER BY customer_id"
    ).rows([.instant(instant)]) { try storedIdentifier($0.text(0), "customers.customer_id") }
  }

  /// Every version of every plan, in order of plan and effect.
  package func plans() throws -> [PlanVersion] { try PlanDefined.load(from: connection) }

  /// The newest dated fact of the store, or nil for an empty one.
  package func newestFact() throws -> Timestamp? {
    try inSnapshot {
      try connection.statement("SELECT max(time) FROM events WHERE state = 'applied'")
        .first([]) { try $0.optionalInteger(0).map(storedInstant) } ?? nil
    }
  }

  /// Everything that a build needs of a customer, read in one transaction.
  ///
  /// - Parameter asOf: facts after it are left out.
  /// - Returns: nil when the customer is not known at that time, or was deleted.
  package func statement(of customer: CustomerID, asOf: Timestamp) throws -> FolioBilling.Statement? {
    try inSnapshot {
      guard try hasFacts(of: customer, after: asOf) else { return try currentStatement(of: customer, asOf) }
      return try earlierStore(of: customer, asOf).reader.currentStatement(of: customer, asOf)
    }
  }

  /// Everything that is known of a customer by now, whenever it took place, for a look at `instant`; without the
  /// 90 days and the audit trail, on which no invoice rests.
  ///
  /// - Returns: nil when the customer is not known, or was deleted.
  package func statementOfAllFacts(
    of customer: CustomerID, at instant: Timestamp
  ) throws -> FolioBilling.Statement? {
    try inSnapshot { try currentStatement(of: customer, instant, forInvoicing: true) }
  }

  /// Runs `body` on one state of the store: that of the open transaction, else of a snapshot.
  func inSnapshot<Result>(_ body: () throws -> Result) throws -> Result {
    connection.isInTransaction ? try body() : try connection.read(body)
  }

  /// What identifies the state of a customer, and of what all portals share.
  package func revision(of customer: CustomerID?) throws -> Revision? {
    let (sql, values): (String, [SQLiteValue]) =
      if let customer {
        ("SELECT counter, hash FROM customer_revisions WHERE customer_id = ?", [.text(customer.text)])
      } else {
        ("SELECT counter, hash FROM site_revision", [])
      }
    return try connection.statement(sql).first(values) { row in
      Revision(counter: try row.integer(0), storedHash: try row.blob(1))
    }
  }

  /// Events that wait for their subject, in the order of their subjects.
  package func waitingEvents() throws -> [WaitingEvent] {
    try connection.statement(
      "SELECT event_id, type, waiting_for FROM events WHERE state = 'waiting' ORDER BY waiting_for, event_id"
    ).rows([]) { row in
      WaitingEvent(id: try row.text(0), type: try row.text(1), subject: try row.text(2))
    }
  }

  /// Whether a demo made up the facts, beside what commands did with them afterwards.
  package func isDemo() throws -> Bool {
    func has(_ condition: String, _ sources: String...) throws -> Bool {
      try connection.statement("SELECT 1 FROM events WHERE \(condition) LIMIT 1")
        .first(sources.map { .text($0) }) { _ in true } ?? false
    }
    if try has("source < ?", demoSource) || has("source > ?", commandSource) { return false }
    return try has("source = ?", demoSource) && !has("source > ? AND source < ?", demoSource, commandSource)
  }

  /// Events that waited for a subject and did not fit it when it came: type, id and the field at fault.
  package func refusedEvents() throws -> [String] {
    try connection.statement(
      """
      SELECT type || ' ' || event_id || ': ' || coalesce(reason, '') FROM events WHERE state = 'refused'
      ORDER BY type, event_id
      """
    ).rows([]) { try $0.text(0) }
  }

  /// How many events are in each state.
  package func eventCounts() throws -> [(state: String, count: Int64)] {
    try connection.statement("SELECT state, count(*) FROM events GROUP BY state ORDER BY state")
      .rows([]) { row in (state: try row.text(0), count: try row.integer(1)) }
  }

  /// SQLite's own check of the whole file: `ok`, or what is wrong with it.
  package func integrity() throws -> [String] {
    try connection.statement("PRAGMA integrity_check(20)").rows([]) { try $0.text(0) }
  }
}

/// The source of facts that a demo makes up.
package let demoSource = "demo"

/// The source of facts that commands of this program make, such as invoices.
package let commandSource = "folio"

extension StatementReader {
  /// Whether the store knows something of the customer, or of the site, that is later than an instant.
  private func hasFacts(of customer: CustomerID, after instant: Timestamp) throws -> Bool {
    try connection.statement(
      """
      SELECT 1 FROM events WHERE customer_id = ?1 AND time > ?2 AND state = 'applied'
      UNION ALL SELECT 1 FROM events WHERE customer_id IS NULL AND time > ?2 AND state = 'applied' LIMIT 1
      """
    ).first([.text(customer.text), .instant(instant)]) { _ in true } ?? false
  }

  /// The store as it was: the events up to an instant, applied anew through the one write path.
  ///
  /// Usage rows of a day are one event; of a day that the instant cuts, the hours before it count.
  private func earlierStore(of customer: CustomerID, _ instant: Timestamp) throws -> BillingStore {
    let events = try connection.statement(
      """
      SELECT \(StoredEvent.columns) FROM events
      WHERE (customer_id = ?1 OR customer_id IS NULL) AND state = 'applied'
        AND (time IS NULL OR time <= ?2 OR type = ?3)
      ORDER BY event_no
      """
    ).rows([.text(customer.text), .instant(instant), .text(EventType.usageRecorded.rawValue)]) { row in
      let event = try StoredEvent.event(row)
      return (event.time ?? instant) <= instant ? event : event.usage(until: instant)
    }
    let store = try BillingStore()
    try store.write(receivedAt: instant, origin: "") { log in
      for event in events.compactMap(\.self) { _ = try log.apply(event) }
    }
    return store
  }

  private func currentStatement(
    of id: CustomerID, _ asOf: Timestamp, forInvoicing: Bool = false
  ) throws -> FolioBilling.Statement? {
    guard let customer = try CustomerUpdated.load(id, from: connection) else { return nil }
    let newest = try newestFact(of: id, asOf)
    let instant = max(asOf.date.start, newest ?? asOf.date.start)
    let subscriptions = try SubscriptionCreated.load(of: id, from: connection)
    let plans = try currentPlans()
    let boundaries = priceBoundaries(of: subscriptions, plans)
    let known = try PartnerUpdated.load(of: id, from: connection)
    let usage = try UsageRecorded.load(of: id, known: known, from: connection) { month in
      boundaries.contains { month.period.start < $0 && $0 < month.period.end }
    }
    let complete = try UsageRecorded.loadCompleteThrough(of: id, from: connection).map {
      min($0, max(asOf, instant))
    }
    let beyond = try complete.map {
      try UsageRecorded.loadCounts(of: id, in: instant.date.month, beyond: $0, from: connection)
    }
    let defaultMethod = try PaymentMethodAdded.loadDefault(of: id, from: connection)
    let invoices = try InvoiceFinalized.load(of: id, from: connection)
    return FolioBilling.Statement(
      customer: customer, asOf: instant,
      usageCompleteThrough: complete, usageBeyondCompletion: beyond ?? UsageCounts(),
      subscriptions: subscriptions, plans: plans,
      paymentMethods: try PaymentMethodAdded.load(of: id, from: connection),
      defaultPaymentMethodID: defaultMethod,
      partners: partners(known, with: usage), usage: usage,
      recentUsage: forInvoicing
        ? nil
        : try complete.map {
          try RecentReadings.load(of: id, through: $0, asOf: instant, from: connection)
        },
      invoices: invoices,
      budgets: try BudgetSet.load(of: customer, from: connection),
      alerts: try AlertSet.load(of: customer, from: connection),
      alertOccurrences: try AlertOccurred.load(of: customer, from: connection),
      reports: try ReportDefined.load(of: id, from: connection),
      notices: try NoticePosted.load(for: id, at: instant, from: connection),
      audit: forInvoicing
        ? []
        : try AuditTrail(customer: customer, connection: connection)
          .entries(invoices: invoices, plans: plans, planEvents: currentPlanEvents()))
  }

  private func currentPlanEvents() throws -> [ReceivedEvent] {
    let revision = try revision(of: nil)
    if let knownPlanEvents, knownPlanEvents.revision == revision { return knownPlanEvents.events }
    let events = try AuditTrail.planEvents(from: connection)
    knownPlanEvents = revision.map { ($0, events) }
    return events
  }

  private func currentPlans() throws -> [PlanVersion] {
    let counter = try revision(of: nil)?.counter
    if let knownPlans, knownPlans.counter == counter { return knownPlans.plans }
    let plans = try PlanDefined.load(from: connection)
    knownPlans = counter.map { ($0, plans) }
    return plans
  }

  private func newestFact(of customer: CustomerID, _ asOf: Timestamp) throws -> Timestamp? {
    try connection.statement(
      "SELECT max(time) FROM events WHERE customer_id = ? AND time <= ? AND state = 'applied'"
    ).first([.text(customer.text), .instant(asOf)]) { try $0.optionalInteger(0).map(storedInstant) } ?? nil
  }

  /// The partners that are known, and those that only usage names.
  private func partners(_ known: [Partner], with usage: [MonthUsage]) -> [Partner] {
    var (partners, named) = (known, Set(known.map(\.id)))
    for usage in usage.lazy.flatMap(\.partners) where named.insert(usage.partnerID).inserted {
      partners.append(Partner(id: usage.partnerID, name: nil))
    }
    return partners.sorted { $0.id < $1.id }
  }

  /// Instants at which a customer's prices change.
  private func priceBoundaries(of subscriptions: [Subscription], _ plans: [PlanVersion]) -> [Timestamp] {
    let chosen = Set(subscriptions.flatMap { $0.changes.map(\.planID) })
    return plans.filter { chosen.contains($0.planID) }.map(\.effectiveAt)
      + subscriptions.flatMap { subscription in
        [subscription.startedAt, subscription.endsAt, subscription.trialEndsAt].compactMap(\.self)
          + subscription.changes.map(\.takesEffectAt)
      }
  }
}

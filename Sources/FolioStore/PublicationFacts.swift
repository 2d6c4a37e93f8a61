package import FolioBilling
import SQLite

/// What tells, without reading any customer's facts, which portals can have changed.
package struct PublicationFacts: Sendable {
  /// One customer of the store, known by now.
  package struct CustomerState: Sendable {
    package let id: CustomerID
    package let revision: Revision
    /// Whether the customer is not deleted at the instant asked for.
    package let isPresent: Bool
  }

  /// In order of identifiers.
  package let customers: [CustomerState]
  /// The revision of what all portals share.
  package let site: Revision
  /// The newest event of the store.
  package let head: EventMark
}

/// An event by its place in the store, so that a store which has lost it, or has another one there, is noticed.
package struct EventMark: Hashable, Sendable {
  /// 0 before any event.
  package let number: Int64
  /// The event's digest; empty before any.
  package let digest: [UInt8]

  package init(number: Int64, digest: [UInt8]) {
    self.number = number
    self.digest = digest
  }
}

/// A customer's facts, and what in the store they rest on, read in one transaction.
package struct DatedStatement: Sendable {
  package let statement: FolioBilling.Statement
  package let revision: Revision
  package let site: Revision
  package let head: EventMark
  /// After the last instant that any fact, of the customer or of all, is dated: from then on a view shows all of them,
  /// and differs only from day to day.
  package let settledFrom: Timestamp
}

extension StatementReader {
  /// What is known of all customers, read in one transaction.
  ///
  /// - Complexity: O(n) for n customers, about a microsecond each.
  package func publicationFacts(asOf instant: Timestamp) throws -> PublicationFacts {
    try inSnapshot {
      let customers = try connection.statement(
        """
        SELECT customer_id, counter, hash, NOT is_deleted OR coalesce(deleted_at > ?, 0)
        FROM customers JOIN customer_revisions USING (customer_id) ORDER BY customer_id
        """
      ).rows([.instant(instant)]) { row in
        PublicationFacts.CustomerState(
          id: try storedIdentifier(row.text(0), "customers.customer_id"),
          revision: Revision(counter: try row.integer(1), storedHash: try row.blob(2)),
          isPresent: try row.integer(3) != 0)
      }
      return PublicationFacts(customers: customers, site: try siteRevision(), head: try head())
    }
  }

  /// Everything that a portal is made of, with what identifies it; nil where there is no portal at that time.
  package func datedStatement(of customer: CustomerID, asOf: Timestamp) throws -> DatedStatement? {
    try inSnapshot {
      guard let statement = try statement(of: customer, asOf: asOf), let revision = try revision(of: customer)
      else { return nil }
      return DatedStatement(
        statement: statement, revision: revision, site: try siteRevision(), head: try head(),
        settledFrom: try settledFrom(of: customer))
    }
  }

  /// Whether the store still has an event at its place.
  package func has(_ mark: EventMark) throws -> Bool {
    if mark.number == 0 { return true }
    return try connection.statement("SELECT digest FROM events WHERE event_no = ?")
      .first([.integer(mark.number)]) { try $0.blob(0) } == mark.digest
  }

  private func siteRevision() throws -> Revision {
    guard let revision = try revision(of: nil) else { throw StoredValueError(column: "site_revision.only") }
    return revision
  }

  private func head() throws -> EventMark {
    try connection.statement("SELECT event_no, digest FROM events ORDER BY event_no DESC LIMIT 1")
      .first([]) { EventMark(number: try $0.integer(0), digest: try $0.blob(1)) }
      ?? EventMark(number: 0, digest: [])
  }

  private func settledFrom(of customer: CustomerID) throws -> Timestamp {
    let newest = try connection.statement(
      """
      SELECT max(
        coalesce((SELECT max(time) FROM events WHERE customer_id = ?1 AND state = 'applied'), 0),
        coalesce((SELECT max(time) FROM events WHERE customer_id IS NULL AND state = 'applied'), 0))
      """
    ).first([.text(customer.text)]) { try storedInstant($0.integer(0)) }
    let usage = try UsageRecorded.loadCompleteThrough(of: customer, from: connection)
    return [newest, usage].compactMap(\.self).max() ?? Timestamp(nanosecondsSinceEpoch: 0)
  }
}

package import FolioBilling
import SQLite

extension StatementReader {
  /// Customers for whom something falls due after one instant and up to another: an invoice, the end of a trial, the
  /// stated end of a period.
  ///
  /// - Complexity: O(n) in the invoices issued in the year before the span.
  package func customersWithDates(after start: Timestamp, through end: Timestamp) throws -> Set<CustomerID> {
    let rows = try connection.statement(
      """
      SELECT customer_id FROM invoices
        WHERE created > ?3 AND json_extract(document, '$.due_date') > ?4
          AND json_extract(document, '$.due_date') <= ?5
      UNION SELECT customer_id FROM subscriptions
        WHERE trial_ends_at > ?1 AND trial_ends_at <= ?2 OR stated_period_end > ?1 AND stated_period_end <= ?2
      """
    ).rows([
      .instant(start), .instant(end), .instant(start.adding(seconds: -Self.longestTermsSeconds)),
      .text(start.text), .text(end.text),
    ]) { try storedIdentifier($0.text(0), "invoices.customer_id") as CustomerID }
    return Set(rows)
  }

  /// The longest time between an invoice's issue and its due date that is looked for: a year.
  private static let longestTermsSeconds: Int64 = 366 * 86_400

  /// The customer's usage that is complete up to the earliest instant of all who report one; nil when nobody does.
  package func stalestWatermark() throws -> Timestamp? {
    try connection.statement(
      """
      SELECT min(complete_through) FROM usage_watermarks JOIN customers USING (customer_id) WHERE NOT is_deleted
      """
    ).first([]) { try $0.optionalInteger(0).map(storedInstant) } ?? nil
  }

  /// A number that differs after another connection has changed the store: SQLite's `data_version`.
  package func dataVersion() throws -> Int64 {
    try connection.statement("PRAGMA data_version").first([]) { try $0.integer(0) } ?? 0
  }
}

package import FolioBilling
import SQLite

/// The kinds of document that have numbers.
package enum DocumentKind: Sendable {
  case invoice
  case creditNote
}

/// How far the numbers of a series have come.
package struct DocumentSeries: Hashable, Sendable {
  /// The largest count among the numbers; 0 for none.
  package let highest: Int64
  /// The date of the newest document; nil for none.
  package let newest: Timestamp?
}

extension StatementReader {
  /// The documents whose number is `prefix` and digits, whoever issued them.
  ///
  /// - Complexity: O(n) for n such numbers, without reading documents.
  package func series(of kind: DocumentKind, opening prefix: String) throws -> DocumentSeries {
    let (table, date) = Self.place(of: kind)
    var (highest, newest): (Int64, Int64?) = (0, nil)
    // ':' is the byte behind '9'.
    try connection.statement("SELECT number, \(date) FROM \(table) WHERE number >= ? AND number < ?")
      .forEach([.text(prefix + "0"), .text(prefix + ":")]) { row in
        guard let count = try count(in: row.text(0), after: prefix) else { return }
        highest = max(highest, count)
        newest = max(newest ?? 0, try row.integer(1))
      }
    return DocumentSeries(highest: highest, newest: try newest.map(storedInstant))
  }

  /// The digits behind the prefix, at most 18, as a number; nil where anything else stands there.
  private func count(in number: String, after prefix: String) -> Int64? {
    let digits = number.utf8.dropFirst(prefix.utf8.count)
    let isNumber = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isNumber, digits.count <= 18 else { return nil }
    return Int64(String(Substring(digits)))
  }

  /// Whether a document of the kind bears the number.
  package func isTaken(_ number: String, by kind: DocumentKind) throws -> Bool {
    let table = Self.place(of: kind).table
    return try connection.statement("SELECT 1 FROM \(table) WHERE number = ? LIMIT 1")
      .first([.text(number)]) { _ in true } ?? false
  }

  private static func place(of kind: DocumentKind) -> (table: String, date: String) {
    switch kind {
    case .invoice: ("invoices", "created")
    case .creditNote: ("credit_notes", "issued_at")
    }
  }

  /// The number of an invoice that is not void; nil for one that is, or is not known.
  package func numberOfInvoiceInForce(_ id: InvoiceID) throws -> String? {
    try connection.statement(
      """
      SELECT number FROM invoices WHERE invoice_id = ?1
        AND NOT EXISTS (SELECT 1 FROM invoice_closings WHERE invoice_id = ?1 AND kind = 'void')
      """
    ).first([.text(id.text)]) { try $0.text(0) }
  }

  /// An invoice with all that happened to it, and whose it is; nil when it is not known.
  package func invoice(_ id: InvoiceID) throws -> (customer: CustomerID, invoice: Invoice)? {
    try inSnapshot {
      guard let customer = try InvoiceFinalized.customer(of: id, in: connection) else { return nil }
      let invoices = try InvoiceFinalized.load(of: customer, from: connection)
      return invoices.first { $0.id == id }.map { (customer, $0) }
    }
  }

  /// All invoices of a customer, in order of creation.
  package func invoices(of customer: CustomerID) throws -> [Invoice] {
    try inSnapshot { try InvoiceFinalized.load(of: customer, from: connection) }
  }

  /// The messages of each hour of a period for which any partner has a reading.
  package func messagesByHour(
    of customer: CustomerID, in period: BillingPeriod
  ) throws -> [UsageHour: Int64] {
    let rows = try connection.statement(
      "SELECT hour, sum(messages) FROM usage_readings WHERE customer_id = ? AND hour >= ? AND hour < ? GROUP BY hour"
    ).rows([
      .text(customer.text), .integer(Int64(period.start.hour.hoursSinceEpoch)),
      .integer(Int64(period.end.adding(seconds: 3_599).hour.hoursSinceEpoch)),
    ]) { (try storedHour($0.integer(0)), try $0.integer(1)) }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}

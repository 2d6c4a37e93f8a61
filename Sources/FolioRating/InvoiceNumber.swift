/// How a seller numbers its documents: `AS2-2024-001`.
///
/// Invoices and credit notes have a series each.
package struct InvoiceNumberFormat: Hashable, Sendable {
  package let series: String
  package let separator: String
  /// The fewest digits of the sequence; a longer one is printed in full.
  package let width: Int
  /// Whether the year of issue is part of the number.
  package let includesYear: Bool

  package init(series: String = "AS2", separator: String = "-", width: Int = 3, includesYear: Bool = true) {
    self.series = series
    self.separator = separator
    self.width = width
    self.includesYear = includesYear
  }

  /// The number of the document that is the `sequence`th of `year`, counted from 1.
  package func number(year: Int, sequence: Int64) -> String {
    precondition(sequence > 0, "documents are counted from 1")
    let digits = String(sequence)
    let padded = String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    return prefix(year: year) + padded
  }

  /// What the numbers of a year open with: `AS2-2024-`.
  package func prefix(year: Int) -> String {
    (includesYear ? [series, String(year), ""] : [series, ""]).joined(separator: separator)
  }
}

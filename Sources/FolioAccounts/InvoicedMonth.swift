package import FolioBilling
package import FolioRating

/// What was invoiced for a closed month, and what of its usage arrived afterwards.
package struct InvoicedMonth {
  /// The invoices over the month that are not void, in order of creation; never empty.
  package let invoices: [Invoice]
  /// Nil where they are not itemised: then there is nothing to compare with.
  package let usage: InvoicedUsage?
  /// The line for the next invoice; nil where nothing differs or nothing can be compared.
  package let late: ChargeLine?

  /// Nil when no invoice is over the month.
  ///
  /// `invoices` are those that concern the month, in order of creation, void ones as well; `charges` are of all its
  /// usage.
  init?(
    _ month: CalendarMonth, _ invoices: [Invoice], _ charges: Charges?, _ currency: Currency
  ) throws(ArithmeticOverflow) {
    let period = month.period
    self.invoices = invoices.filter { $0.void == nil && $0.document.period.intersection(period) != nil }
    if self.invoices.isEmpty { return nil }
    let usage = try InvoicedUsage(of: month, in: invoices, currency: currency)
    self.usage = usage
    guard let usage, let charges else {
      late = nil
      return
    }
    late = try LateUsage.adjustment(now: charges, invoiced: usage)
  }
}

/// Which invoices concern which month: those over it, and those with a line for it, void ones as well.
struct InvoicesByMonth {
  private let invoices: [CalendarMonth: [Invoice]]

  /// Leaves out months outside `months`, which are ordinals.
  ///
  /// - Complexity: O(l + m) for l lines and m months that the invoices are over.
  init(_ invoices: [Invoice], within months: ClosedRange<Int>) {
    self.invoices = invoices.reduce(into: [:]) { table, invoice in
      for month in Self.months(of: invoice.document, within: months) {
        table[CalendarMonth(ordinal: month), default: []].append(invoice)
      }
    }
  }

  subscript(month: CalendarMonth) -> [Invoice] { invoices[month] ?? [] }

  private static func months(of document: InvoiceDocument, within months: ClosedRange<Int>) -> Set<Int> {
    let first = max(document.period.start.date.month.ordinal, months.lowerBound)
    let last = min(document.period.end.date.month.ordinal, months.upperBound)
    let served = document.lines.lazy.map(\.servicePeriod).flatMap {
      [$0.start.date.month.ordinal, $0.inclusiveEnd.date.month.ordinal]
    }
    return Set(served.filter(months.contains)).union(first <= last ? Array(first...last) : [])
  }
}

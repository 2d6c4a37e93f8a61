import FolioBilling
import Templating

/// What is still due by how long it has been due: the sums that a credit controller asks for.
struct InvoiceAgeing {
  /// How many days past its due date an invoice is at the least in each class; the first class is not due yet.
  private static let classes: [(key: String, days: Range<Int64>)] = [
    ("current", .min..<1), ("to30", 1..<31), ("to60", 31..<61), ("to90", 61..<91), ("over90", 91..<(.max)),
  ]

  private let invoices: [(days: Int64, remaining: Money)]
  private let total: Money
  private let messages: MessageCatalog

  /// Nil where nothing is open, or amounts of several currencies are.
  init?(_ open: OpenInvoices, asOf: Timestamp, messages: MessageCatalog) throws {
    guard !open.invoices.isEmpty, let sums = try open.sums() else { return nil }
    invoices = try open.invoices.map { invoice in
      let isOverdue = try invoice.isOverdue(at: asOf)
      let days = asOf.date.daysSinceEpoch - invoice.document.dueDate.date.daysSinceEpoch
      return (isOverdue ? max(1, Int64(days)) : 0, try invoice.amountRemaining())
    }
    total = sums.due
    self.messages = messages
  }

  func figure() throws -> Figure {
    Figure(
      id: "ageing", title: try messages.text("invoices.ageing.title"),
      subtitle: try messages.sentence("invoices.ageing.sub"),
      table: FigureTable(
        columns: [
          try messages.column(nil, "invoices.ageing.class"),
          try messages.column("invoices", "invoices.ageing.invoices"),
          try messages.column("remaining", "invoices.columns.remaining"), .forMachines("days_past_due"),
        ],
        rows: try Self.classes.map(row),
        total: [
          .text(try messages.text("usage.total")), .count(Int64(invoices.count)), .money(total), .null,
        ]),
      isOpen: true)
  }

  private func row(_ key: String, _ days: Range<Int64>) throws -> FigureRow {
    let members = invoices.filter { days.contains($0.days) }
    return FigureRow(values: [
      .text(try messages.text("invoices.ageing.classes.\(key)")), .count(Int64(members.count)),
      .money(try Money.sum(of: members.lazy.map(\.remaining), in: total.currency)), .text(key),
    ])
  }
}

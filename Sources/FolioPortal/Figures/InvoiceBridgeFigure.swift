import Charting
import FolioAccounts
import FolioBilling
import Templating

/// The change of a bill as two invoices show it: of the months' charges, of what they charge for other months, and tax.
struct InvoiceBridgeFigure {
  let bridge: InvoiceBridge
  let messages: MessageCatalog

  /// The steps by the keys of their words, in order.
  private var steps: [(key: String, amount: Money)] {
    [
      ("charges", bridge.charges), ("other_months", bridge.otherMonths), ("beyond", bridge.beyondCharges),
      ("tax", bridge.tax),
    ]
  }

  func figure() throws -> Figure {
    Figure(
      id: "changeinvoices", title: try messages.text("change.invoices.title"),
      subtitle: try messages.sentence("change.invoices.sub"),
      table: FigureTable(
        columns: [
          try messages.column(nil, "change.columns.step"),
          try messages.column(nil, "change.columns.bar", isNumber: false, isSecondary: true),
          try messages.column("amount", "change.columns.amount"), .forMachines("step"),
        ], rows: try rows(), style: "bridge"),
      isOpen: true)
  }

  /// From the one amount due to the other; steps that are nothing are left out, but tax.
  private func rows() throws -> [FigureRow] {
    let shown = steps.filter { !$0.amount.isZero || $0.key.utf8.elementsEqual("tax".utf8) }
    let greatest = shown.map { $0.amount.minorUnits.magnitude }.max() ?? 0
    let rows = try shown.map { step in
      let bar = DifferenceBar(step.amount.minorUnits, of: Int64(clamping: greatest))
      return FigureRow(
        values: [
          .text(try messages.text("change.invoices.\(step.key)")), .null, .change(step.amount),
          .text(step.key),
        ],
        pictures: [1: .picture { bar.render(direction: messages.chartDirection, into: &$0) }])
    }
    return [try end(bridge.from, isSum: false)] + rows + [try end(bridge.to, isSum: true)]
  }

  private func end(_ invoice: Invoice, isSum: Bool) throws -> FigureRow {
    let number = invoice.document.number
    return FigureRow(
      values: [
        .text(try messages.text("invoices.invoice.heading", ["number": .text(number)])), .null,
        .money(invoice.document.amountDue), .text("invoice_\(invoice.id.text)"),
      ],
      target: PortalPaths.invoice(invoice.id),
      note: isSum ? .text(try messages.text("usage.reconciliation.holds")) : .null)
  }
}

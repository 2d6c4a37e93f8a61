import Charting
import FolioBilling
import Templating

/// The partners behind an invoice's charges, as they were when it was issued, with their names of then.
struct InvoicePartnersFigure {
  /// The most partners that the page shows without being asked.
  private static let openLimit = 20
  /// The most partners that leave an invoice on one sheet of paper.
  private static let paperLimit = 8

  let document: InvoiceDocument
  let messages: MessageCatalog

  /// Nil where the invoice names no partners.
  func figure() throws -> Figure? {
    let partners = document.partners
    if partners.isEmpty { return nil }
    return Figure(
      id: "partners", title: try messages.text("invoices.invoice.partners.title"),
      subtitle: try messages.sentence("invoices.invoice.partners.basis"), table: try table(partners),
      isOpen: partners.count <= Self.openLimit, isForScreens: partners.count > Self.paperLimit)
  }

  private func table(_ partners: [InvoicedPartner]) throws -> FigureTable {
    let costs = try partners.map { try $0.cost() }
    let shares = Shares.percents(of: costs.map(\.minorUnits))
    let greatest = costs.map(\.minorUnits).max() ?? 0
    return FigureTable(
      columns: try columns(),
      rows: try partners.indices.map { index in
        FigureRow(
          values: [.text(try name(of: partners[index]))] + values(of: partners[index])
            + [shares[index], .money(costs[index]), .text(partners[index].partnerID?.text)],
          pictures: index < FigureTable.picturesLimit
            ? [4: BarCell(part: costs[index].minorUnits, of: greatest).picture(messages)] : [:])
      },
      total: try total(partners), style: "partners")
  }

  private func columns() throws -> [FigureColumn] {
    [
      try messages.column("partner", "usage.columns.partner"),
      try messages.column("messages", "usage.columns.messages"),
      try messages.column("message_charges", "invoices.invoice.partners.message_charges", isSecondary: true),
      try messages.column("partner_fees", "invoices.invoice.partners.fees", isSecondary: true),
      try messages.column("cost_share_percent", "partners.columns.share", isSecondary: true),
      try messages.column("cost", "usage.columns.cost"), .forMachines("partner_id"),
    ]
  }

  private func name(of partner: InvoicedPartner) throws -> String {
    try partner.name ?? partner.partnerID?.text ?? messages.text("usage.not_itemised")
  }

  private func values(of partner: InvoicedPartner) -> [TemplateValue] {
    [.count(partner.messages), .money(partner.messageCharges), .money(partner.partnerFees)]
  }

  private func total(_ partners: [InvoicedPartner]) throws -> [TemplateValue] {
    var count: Int64 = 0
    for partner in partners { count = try count.addingChecked(partner.messages) }
    let charges = try Money.sum(of: partners.lazy.map(\.messageCharges), in: document.currency)
    let fees = try Money.sum(of: partners.lazy.map(\.partnerFees), in: document.currency)
    return [
      .text(try messages.text("usage.total")), .count(count), .money(charges), .money(fees),
      Shares.total(of: try charges.adding(fees)), .money(try charges.adding(fees)), .null,
    ]
  }
}

import FolioBilling
import Templating

/// The partners behind an invoice's charges as its page has them; the smallest share a row, so that the sums hold.
struct InvoicePartnerRows {
  /// The most partners that the page shows without being asked.
  static let openLimit = 20
  /// The most partners that leave an invoice on one sheet of paper.
  static let paperLimit = 8

  private static let names = FieldNames("name", "messages", "message_charges", "partner_fees", "cost")

  let document: InvoiceDocument
  let messages: MessageCatalog

  /// What the template needs; nil where the invoice names no partners.
  func content() throws -> TemplateValue {
    let partners = document.partners
    guard !partners.isEmpty else { return .null }
    let shown = partners.count > PartnerRows.limit ? PartnerRows.limit : partners.count
    let rest = partners.dropFirst(shown)
    let rows =
      try partners.prefix(shown).map { try row([$0], name: name(of: $0)) }
      + (rest.isEmpty ? [] : [try row(rest, name: others(rest.count))])
    let count = Int64(partners.count)
    return .fields([
      "rows": .list(rows), "total": try row(partners, name: messages.text("usage.total")),
      "has_many": .bool(partners.count > Self.openLimit),
      "is_for_screens": .bool(partners.count > Self.paperLimit),
      "has_parts": .bool(document.partners.contains { !$0.partnerFees.isZero }),
      "show": .text(
        try messages.text("invoices.invoice.partners.show", count: count, ["count": .count(count)])),
    ])
  }

  private func name(of partner: InvoicedPartner) throws -> String {
    try partner.name ?? partner.partnerID?.text ?? messages.text("usage.not_itemised")
  }

  private func others(_ count: Int) throws -> String {
    try messages.text("usage.partners.others", count: Int64(count), ["count": .count(Int64(count))])
  }

  /// What some partners come to together.
  private func row(_ partners: some Collection<InvoicedPartner>, name: String) throws -> TemplateValue {
    let charges = try Money.sum(of: partners.lazy.map(\.messageCharges), in: document.currency)
    let fees = try Money.sum(of: partners.lazy.map(\.partnerFees), in: document.currency)
    var count: Int64 = 0
    for partner in partners { count = try count.addingChecked(partner.messages) }
    return Self.names.row(
      .text(name), .count(count), .money(charges), .money(fees), .money(try charges.adding(fees)))
  }
}

import FolioAnalytics
import FolioBilling
import FolioRating

extension MonthFacts {
  /// Whose messages and fees are behind the month's charges, by today's names; the sums are those of all
  /// partners, even beyond `limit`.
  func invoicedPartners(
    _ directory: PartnerDirectory, limit: Int
  ) throws(ArithmeticOverflow) -> [InvoicedPartner] {
    guard let allocation, let charges else { return [] }
    var costs: [PartnerID: PartnerCost] = [:]
    for cost in allocation.partners { if let id = cost.partnerID { costs[id] = cost } }
    let named = summary.partnerRows.compactMap { row -> InvoicedPartner? in
      guard let id = row.partnerID, let cost = costs[id] else { return nil }
      return InvoicedPartner(cost, name: directory.name(of: id, in: row))
    }
    let unnamed = allocation.partners.filter { $0.partnerID == nil }.map { InvoicedPartner($0, name: nil) }
    if named.count <= limit { return named + unnamed }
    let rest = try Array(named[(limit - 1)...] + unnamed).joined(in: charges.currency)
    return named.prefix(limit - 1) + [rest]
  }
}

extension InvoicedPartner {
  fileprivate init(_ cost: PartnerCost, name: String?) {
    self.init(
      partnerID: cost.partnerID, name: name, messages: cost.messages, messageCharges: cost.messageCharges,
      partnerFees: cost.partnerFees)
  }
}

extension [InvoicedPartner] {
  fileprivate func joined(in currency: Currency) throws(ArithmeticOverflow) -> InvoicedPartner {
    var messages: Int64 = 0
    for partner in self { messages = try messages.addingChecked(partner.messages) }
    return InvoicedPartner(
      partnerID: nil, name: nil, messages: messages,
      messageCharges: try Money.sum(of: lazy.map(\.messageCharges), in: currency),
      partnerFees: try Money.sum(of: lazy.map(\.partnerFees), in: currency))
  }
}

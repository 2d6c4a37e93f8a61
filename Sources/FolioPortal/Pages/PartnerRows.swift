import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// The feed's partners as far as a page bears them; the rest is one row, so that the sums hold.
struct PartnerRows {
  /// The most partners that a page lists by name.
  static let limit = 100

  let month: MonthFacts
  let feed: TemplateObject
  let messages: MessageCatalog

  func rows() throws -> [TemplateValue] {
    guard case .list(let rows)? = feed[text: "partner_breakdown"] else { return [] }
    if rows.count <= Self.limit { return rows }
    return rows.prefix(Self.limit) + [try others(rows.count - Self.limit)]
  }

  private func others(_ count: Int) throws -> TemplateValue {
    let rest = month.summary.partnerRows.dropFirst(Self.limit)
    let shown = Set(month.summary.partnerRows.prefix(Self.limit).map(\.partnerID))
    let cost = try month.allocation.map { allocation in
      let costs = allocation.partners.lazy.filter { !shown.contains($0.partnerID) }.map(\.cost)
      return try Money.sum(of: costs, in: allocation.identity.charges.currency)
    }
    return .fields([
      "partner_id": .null,
      "partner_name": .text(
        try messages.text("usage.partners.others", count: Int64(count), ["count": .count(Int64(count))])),
      "message_count": .count(rest.reduce(0) { $0 + $1.messages }),
      "payload_size": .bytes(rest.reduce(0) { $0 + $1.bytes }),
      "success_rate": .null,
      "cost": .money(cost),
    ])
  }
}

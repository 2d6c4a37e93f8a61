import FolioAccounts
import FolioAnalytics
import FolioBilling
import Templating

/// What pages say about partners and their last 90 days.
struct PartnerWords {
  let facts: AccountFacts
  let messages: MessageCatalog

  func name(of partner: RecentPartnerCost) throws -> TemplateValue {
    guard let id = partner.partnerID else { return .text(try messages.text("usage.not_itemised")) }
    return .text(facts.partners.displayName(of: id))
  }

  /// The address of a partner's page on another.
  func address(of id: PartnerID, from page: String) -> String {
    PortalPaths.address(of: facts.path(of: id), from: page)
  }

  /// The trend in a word; null where the source gave no hours.
  func trend(of partner: RecentPartnerCost) throws -> TemplateValue {
    guard let trend = partner.trendMessages else { return .null }
    let word = PartnerTrend(recent: trend.recent, before: trend.before).rawValue
    return .text(try messages.text("partners.trend.\(word)"))
  }

  /// From when to when the 90 days are; null before the first reading.
  func period(of recent: RecentCosts?) throws -> TemplateValue {
    guard let recent else { return .null }
    return try messages.sentence(
      "partners.figures.period",
      ["start": .instant(recent.period.start), "end": .instant(recent.period.end)])
  }

  /// What the cost of a partner is made of.
  func basis(of recent: RecentCosts?) throws -> TemplateValue {
    guard let recent, recent.isRated else { return try messages.sentence("partners.basis.unrated") }
    return try messages.sentence("partners.basis.rated")
  }

  /// What is cut, and what could not be placed.
  func notes(on recent: RecentCosts?) throws -> [TemplateValue] {
    guard let recent else { return [] }
    let cut = try recent.cutMonth.flatMap { month in
      recent.isRated ? try messages.sentence("partners.notes.cut", ["month": .month(month)]) : nil
    }
    let count = recent.unplacedMessages
    let unplaced =
      count == 0
      ? nil : try messages.sentence("partners.notes.unplaced", count: count, ["messages": .count(count)])
    return [cut, unplaced].compactMap(\.self)
  }
}

extension AccountFacts {
  /// Where the page of a partner lies.
  func path(of id: PartnerID) -> String { PortalPaths.partner(id, doubles: partners.doubles(of: id)) }
}

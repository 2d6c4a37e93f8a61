import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// All partners by what they cost in the last 90 days.
struct PartnersPage {
  let feed: TemplateObject
  let facts: AccountFacts
  let recent: RecentCosts?
  let histories: PartnerHistories
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.partners, template: "pages/partners", section: .partners,
      heading: try messages.text("partners.heading"), lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages), feed: feed, feedPath: PortalPaths.partnersFeed,
      content: try content(), charts: [("partners", try table())])
  }

  private func table() throws -> Figure? {
    guard let recent, case .list(let metrics)? = feed[.partnerMetrics] else { return nil }
    let rows = metrics.compactMap { if case .object(let row) = $0 { row } else { nil } }
    let notes =
      [try words.basis(of: recent), try messages.sentence("partners.trend_note")]
      + (try words.notes(on: recent))
    return try RecentPartnerTable(
      recent: recent, metrics: rows, histories: histories, facts: facts, messages: messages
    ).figure(subtitle: .sentences(notes))
  }

  private var words: PartnerWords { PartnerWords(facts: facts, messages: messages) }

  /// Who drives the cost, or the traffic where messages cost nothing.
  private func lead() throws -> TemplateValue {
    guard let recent, let first = recent.partners.first, first.counts.messages > 0 else {
      return try messages.sentence("partners.lead.none")
    }
    let name = try words.name(of: first)
    guard recent.isRated, let share = costShare(of: first, in: recent) else {
      return try messages.sentence(
        "partners.lead.messages", count: first.counts.messages,
        ["partner": name, "messages": .count(first.counts.messages)])
    }
    return try messages.sentence(
      "partners.lead.cost", ["partner": name, "share": share, "cost": .money(first.cost)])
  }

  private func costShare(of partner: RecentPartnerCost, in recent: RecentCosts) -> TemplateValue? {
    let shares = Shares.percents(of: recent.partners.map(\.cost.minorUnits))
    guard case .leaf? = shares.first, !partner.cost.isZero else { return nil }
    return shares[0]
  }

  private func content() throws -> TemplateObject {
    [
      .figures: .list(try figures()),
      .quietPartners: .list(try quietPartners()),
      .hasQuietPartners: .bool(try !quietPartners().isEmpty),
      .breakdown: .list(try breakdown()),
      .breakdownTotal: .money(recent?.total),
    ]
  }

  private func figures() throws -> [TemplateValue] {
    let active = Int64((recent?.partners ?? []).count { $0.partnerID != nil && $0.counts.messages > 0 })
    return [
      KeyFigure.make(
        try messages.text("partners.figures.active"), .count(active),
        note: try messages.sentence(
          "partners.figures.of_partners", ["partners": .count(facts.partnerCount(with: recent))])),
      KeyFigure.make(
        try messages.text("partners.figures.messages"), .count(try recent?.messageCount()),
        note: try words.period(of: recent)),
      KeyFigure.make(
        try messages.text("partners.figures.cost"),
        .money(try recent.flatMap { $0.isRated ? try $0.partnerCost() : nil }),
        note: try messages.sentence("partners.figures.gross")),
      KeyFigure.make(
        try messages.text("partners.figures.total"), .money(recent.flatMap { $0.isRated ? $0.total : nil }),
        note: try messages.sentence("partners.figures.total_note")),
    ]
  }

  /// Partners that are known and had no message, so that each page can be reached.
  private func quietPartners() throws -> [TemplateValue] {
    let active = Set((recent?.partners ?? []).compactMap(\.partnerID))
    return facts.partnerIDs.filter { !active.contains($0) }.map { id in
      .fields([
        .name: .text(facts.partners.displayName(of: id)),
        .href: .text(words.address(of: id, from: PortalPaths.partners)),
      ])
    }
  }

  /// How the cost of partners becomes the charges of the 90 days; rows that are nothing are left out but the first.
  private func breakdown() throws -> [TemplateValue] {
    guard let recent, recent.isRated else { return [] }
    let terms: [(String, Money)] = [
      ("gross_message_charges", recent.grossMessageCharges), ("covered", try recent.covered.negated()),
      ("base_fees", recent.baseFees), ("partner_fees", recent.partnerFees),
      ("other_charges", recent.otherCharges),
    ]
    return try terms.enumerated().filter { $0.offset == 0 || !$0.element.1.isZero }.map { _, term in
      .fields([
        .label: .text(try messages.text("partners.breakdown.\(term.0)")), .amount: .money(term.1),
      ])
    }
  }
}

extension RecentCosts {
  /// What all partners cost together, before the base fee covers anything.
  func partnerCost() throws(ArithmeticOverflow) -> Money {
    try Money.sum(of: partners.lazy.map(\.cost), in: total.currency)
  }

  func messageCount() throws(ArithmeticOverflow) -> Int64 {
    var count: Int64 = 0
    for partner in partners { count = try count.addingChecked(partner.counts.messages) }
    return count
  }
}

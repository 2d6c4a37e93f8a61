import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Markup
import Templating

/// One partner: its last 90 days and its last twelve months.
struct PartnerPage {
  let partner: Partner
  let history: PartnerHistory
  /// The partner's row of the feed; nil where it had no message in the 90 days.
  let metric: (row: TemplateObject, cost: RecentPartnerCost)?
  let recent: RecentCosts?
  let facts: AccountFacts
  let messages: MessageCatalog

  private var path: String { facts.path(of: partner.id) }
  private var words: PartnerWords { PartnerWords(facts: facts, messages: messages) }
  private var name: String { facts.partners.displayName(of: partner.id) }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/partner", section: .partners, heading: name, lead: try lead(),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages), feed: TemplateObject(),
      feedPath: PortalPaths.partnersFeed, content: try content())
  }

  private func lead() throws -> TemplateValue {
    guard let metric, metric.cost.counts.messages > 0 else {
      return try messages.sentence("partners.partner.lead.none", ["partner": .text(name)])
    }
    let count = metric.cost.counts.messages
    guard let recent, recent.isRated else {
      return try messages.sentence(
        "partners.partner.lead.messages", count: count,
        ["partner": .text(name), "messages": .count(count)])
    }
    return try messages.sentence(
      "partners.partner.lead.cost", count: count,
      ["partner": .text(name), "messages": .count(count), "cost": .money(metric.cost.cost)])
  }

  private func content() throws -> TemplateObject {
    TemplateObject([
      "partner_id": .text(partner.id.text),
      "gln": .text(partner.gln),
      "is_deleted": .bool(partner.isDeleted),
      "known_since": .day(of: partner.knownSince),
      "departments": .list(try departments()),
      "figures": .list(try figures()),
      "basis": try words.basis(of: recent),
      "notes": .list(try words.notes(on: recent)),
      "months_chart": try chart(),
      "months": .list(history.months.reversed().map(row)),
      "partners_href": .text(PortalPaths.address(of: PortalPaths.partners, from: path)),
    ])
  }

  private static let departmentFields = FieldNames("department", "since")

  /// The department of today first.
  private func departments() throws -> [TemplateValue] {
    try partner.departments.reversed().map { tag in
      Self.departmentFields.row(
        .text(try tag.department ?? messages.text("departments.unallocated")),
        try messages.sentence("partners.partner.from", ["date": .date(tag.from)]))
    }
  }

  // MARK: Figures

  private func figures() throws -> [TemplateValue] {
    [try messagesFigure(), try costFigure(), try deliveryFigure(), try sizeFigure()]
  }

  private func messagesFigure() throws -> TemplateValue {
    let trend = metric?.cost.trendMessages
    let note = try trend.map { trend in
      let word = PartnerTrend(recent: trend.recent, before: trend.before).rawValue
      return try messages.sentence(
        "partners.partner.trend.\(word)", ["recent": .count(trend.recent), "before": .count(trend.before)])
    }
    return KeyFigure.make(
      try messages.text("partners.figures.messages"), .count(metric?.cost.counts.messages ?? 0),
      note: note ?? .null)
  }

  private func costFigure() throws -> TemplateValue {
    let share = metric?.row[text: "cost_share"] ?? .null
    var note = TemplateValue.null
    if case .leaf = share { note = try messages.sentence("partners.partner.share", ["share": share]) }
    return KeyFigure.make(
      try messages.text("partners.figures.contribution"),
      recent?.isRated == true ? metric?.row[text: "cost"] ?? .money(.zero(facts.currency)) : .null,
      note: note)
  }

  private func deliveryFigure() throws -> TemplateValue {
    var note = TemplateValue.null
    if let cost = metric?.cost, cost.counts.messages > 0 {
      note =
        try cost.knowsFailures
        ? messages.sentence(
          "usage.figures.failed",
          ["failed": .count(cost.counts.failed), "messages": .count(cost.counts.messages)])
        : messages.sentence("usage.figures.not_stated")
    }
    return KeyFigure.make(
      try messages.text("usage.figures.delivered"), metric?.row[text: "success_rate"] ?? .null, note: note)
  }

  private func sizeFigure() throws -> TemplateValue {
    KeyFigure.make(
      try messages.text("partners.figures.average_size"), metric?.row[text: "average_size"] ?? .null,
      note: try metric.map {
        try messages.sentence("partners.partner.payload", ["bytes": .bytes($0.cost.counts.bytes)])
      } ?? .null)
  }

  // MARK: Months

  private static let monthFields = FieldNames(
    "month", "href", "is_running", "messages", "success_rate", "payload_size", "cost")

  private func row(_ month: PartnerHistory.Month) -> TemplateValue {
    Self.monthFields.row(
      .month(month.facts.month),
      .text(PortalPaths.address(of: PortalPaths.usage(month.facts.month), from: path)),
      .bool(!month.facts.isClosed), .count(month.row?.messages ?? 0), .percent(month.row?.successRate),
      .bytes(month.row?.bytes ?? 0), .money(month.cost?.cost))
  }

  /// Messages of each month; null when there are none.
  private func chart() throws -> TemplateValue {
    let charts = MonthColumns(messages: messages)
    return try charts.chart(
      id: "months", title: messages.text("partners.partner.months.title"), of: history.months.map(\.facts)
    ) { index in [history.months[index].row?.messages ?? 0] }
  }
}

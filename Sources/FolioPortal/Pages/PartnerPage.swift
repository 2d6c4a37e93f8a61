import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
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
      feedPath: PortalPaths.partnersFeed, content: try content(), charts: [("months", try months())])
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
    [
      .partnerId: .text(partner.id.text),
      .gln: .text(partner.gln),
      .isDeleted: .bool(partner.isDeleted),
      .knownSince: .day(of: partner.knownSince),
      .departments: .list(try departments()),
      .figures: .list(try figures()),
      .basis: try words.basis(of: recent),
      .notes: .list(try words.notes(on: recent)),
      .partnersHref: .text(PortalPaths.address(of: PortalPaths.partners, from: path)),
    ]
  }

  private static let departmentFields = FieldNames(.department, .since)

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
    let share = metric?.row[.costShare] ?? .null
    var note = TemplateValue.null
    if case .leaf = share { note = try messages.sentence("partners.partner.share", ["share": share]) }
    return KeyFigure.make(
      try messages.text("partners.figures.contribution"),
      recent?.isRated == true ? metric?.row[.cost] ?? .money(.zero(facts.currency)) : .null,
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
      try messages.text("usage.figures.delivered"), metric?.row[.successRate] ?? .null, note: note)
  }

  private func sizeFigure() throws -> TemplateValue {
    KeyFigure.make(
      try messages.text("partners.figures.average_size"), metric?.row[.averageSize] ?? .null,
      note: try metric.map {
        try messages.sentence("partners.partner.payload", ["bytes": .bytes($0.cost.counts.bytes)])
      } ?? .null)
  }

  // MARK: Months

  /// What was exchanged in each of the last twelve months, the newest first in the table.
  private func months() throws -> Figure {
    let title = try messages.text("partners.partner.months.title")
    let columns = history.months.map { MonthColumn(month: $0.facts, parts: [$0.row?.messages ?? 0]) }
    let chart = try MonthColumns(messages: messages).chart(id: "months", title: title, of: columns)
    return Figure(
      id: "months", title: title, subtitle: try messages.sentence("usage.trends.sub"), chart: chart ?? .null,
      empty: chart == nil ? try messages.sentence("partners.partner.months.none") : .null,
      table: FigureTable(
        columns: [
          try messages.column("month", "usage.columns.month"),
          try messages.column("messages", "usage.columns.messages"),
          try messages.column("success_rate_percent", "usage.columns.delivered", isSecondary: true),
          try messages.column("payload_bytes", "usage.columns.payload", isSecondary: true),
          try messages.column("cost", "usage.columns.cost"),
        ], rows: try history.months.reversed().map(row)),
      isOpen: true)
  }

  private func row(_ month: PartnerHistory.Month) throws -> FigureRow {
    FigureRow(
      values: [
        .month(month.facts.month), .count(month.row?.messages ?? 0), .percent(month.row?.successRate),
        .bytes(month.row?.bytes ?? 0), .money(month.cost?.cost),
      ],
      target: PortalPaths.usage(month.facts.month),
      note: month.facts.isClosed ? .null : .text(try messages.text("usage.running")))
  }
}

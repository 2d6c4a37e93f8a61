import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import Templating

/// The partners of the last 90 days by what they cost: the first with a bar and twelve months as a line, the rest
/// compact and complete.
struct RecentPartnerTable {
  let recent: RecentCosts
  /// The rows of the partners' feed, one for each partner.
  let metrics: [TemplateObject]
  let histories: PartnerHistories
  let facts: AccountFacts
  let messages: MessageCatalog

  private var words: PartnerWords { PartnerWords(facts: facts, messages: messages) }

  func figure(subtitle: TemplateValue) throws -> Figure {
    Figure(
      id: "partners", title: try messages.text("partners.table"), subtitle: subtitle,
      empty: recent.partners.isEmpty ? try messages.sentence("partners.none") : .null,
      table: FigureTable(
        columns: try columns(), rows: try rows(),
        total: recent.partners.isEmpty ? nil : try total(), style: "partners"),
      isOpen: true)
  }

  private func columns() throws -> [FigureColumn] {
    [
      try messages.column("partner", "usage.columns.partner"),
      try messages.column("messages", "usage.columns.messages"),
      try messages.column(nil, "partners.columns.months", isSecondary: true),
      try messages.column(nil, "partners.columns.trend", isNumber: false, isSecondary: true),
      try messages.column("success_rate_percent", "usage.columns.delivered", isSecondary: true),
      try messages.column("average_bytes", "partners.columns.average_size", isSecondary: true),
      try messages.column("cost_share_percent", "partners.columns.share", isSecondary: true),
      try messages.column("cost", "usage.columns.cost"),
      .forMachines("department"), .forMachines("trend"), .forMachines("partner_id"),
    ]
  }

  private func rows() throws -> [FigureRow] {
    let greatest = recent.partners.map(\.cost.minorUnits).max() ?? 0
    return try recent.partners.indices.map { try row($0, greatest) }
  }

  private func row(_ index: Int, _ greatest: Int64) throws -> FigureRow {
    let (partner, metric) = (recent.partners[index], metrics[index])
    let field = { (name: TemplateName) in metric[name] ?? .null }
    return FigureRow(
      values: [
        try words.name(of: partner), field(.messageCount), .null, try words.trend(of: partner),
        field(.successRate), field(.averageSize), field(.costShare), field(.cost),
        field(.department), field(.trend), field(.partnerId),
      ],
      target: partner.partnerID.map(facts.path),
      pictures: index < FigureTable.picturesLimit ? pictures(of: partner, greatest) : [:])
  }

  private func pictures(of partner: RecentPartnerCost, _ greatest: Int64) -> ColumnValues<TemplateValue> {
    let bar = BarCell(part: partner.cost.minorUnits, of: greatest).picture(messages)
    guard let id = partner.partnerID else { return [6: bar] }
    let line = Sparkline(histories[id].months.map { $0.row?.messages ?? 0 })
    return [2: .picture { line.render(direction: messages.chartDirection, into: &$0) }, 6: bar]
  }

  private func total() throws -> [TemplateValue] {
    [
      .text(try messages.text("usage.total")), .count(try recent.messageCount()), .null, .null, .null, .null,
      Shares.total(of: recent.isRated ? try recent.partnerCost() : nil),
      .money(recent.isRated ? try recent.partnerCost() : nil), .null, .null, .null,
    ]
  }
}

import Charting
import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// The partners of a month by what they cost, each with a bar beside its share; all of them, however many.
struct PartnerTable {
  private let month: MonthFacts
  private let facts: AccountFacts
  private let messages: MessageCatalog
  /// The feed's rows, the greatest cost first, equals in the feed's order.
  private let rows: [Row]

  /// A table of the rows of the month's feed.
  init(month: MonthFacts, feed: TemplateObject, facts: AccountFacts, messages: MessageCatalog) {
    (self.month, self.facts, self.messages) = (month, facts, messages)
    rows = Self.rows(of: feed)
  }

  private struct Row {
    let id: PartnerID?
    let name: TemplateValue
    let messages: TemplateValue
    let successRate: TemplateValue
    let bytes: TemplateValue
    let cost: TemplateValue
    let amount: Int64
  }

  func figure() throws -> Figure {
    Figure(
      id: "partners", title: try messages.text("usage.partners.title"),
      subtitle: try ChargeWords(month: month, path: "", messages: messages).partnerBasis(),
      empty: rows.isEmpty ? try messages.sentence("usage.partners.none") : .null,
      table: try table(), isOpen: true)
  }

  /// The costs of the rows, as they are printed.
  var costs: [Money] {
    rows.compactMap { row in
      guard case .leaf(let leaf) = row.cost else { return nil }
      return leaf.money
    }
  }

  private static func rows(of feed: TemplateObject) -> [Row] {
    guard case .list(let values)? = feed[.partnerBreakdown] else { return [] }
    let rows = values.compactMap(row)
    return rows.enumerated().sorted { left, right in
      left.element.amount == right.element.amount
        ? left.offset < right.offset : left.element.amount > right.element.amount
    }.map(\.element)
  }

  private static func row(of value: TemplateValue) -> Row? {
    guard case .object(let row) = value else { return nil }
    let field = { (name: TemplateName) in row[name] ?? .null }
    let cost = field(.cost)
    return Row(
      id: id(in: field(.partnerId)), name: name(in: field), messages: field(.messageCount),
      successRate: field(.successRate), bytes: field(.payloadSize), cost: cost, amount: cost.minorUnits)
  }

  private static func id(in value: TemplateValue) -> PartnerID? {
    guard case .text(let text) = value else { return nil }
    return try? PartnerID(text)
  }

  private static func name(in field: (TemplateName) -> TemplateValue) -> TemplateValue {
    if case .text = field(.partnerName) { return field(.partnerName) }
    return field(.partnerId)
  }

  private func table() throws -> FigureTable {
    let shares = Shares.percents(of: rows.map(\.amount))
    let greatest = rows.map(\.amount).max() ?? 0
    return FigureTable(
      columns: try columns(),
      rows: rows.indices.map { index in
        let row = rows[index]
        return FigureRow(
          values: [
            row.name, row.messages, row.successRate, row.bytes, shares[index], row.cost, .text(row.id?.text),
          ],
          target: row.id.flatMap { facts.hasPage($0) ? facts.path(of: $0) : nil },
          pictures: index < FigureTable.picturesLimit
            ? [4: BarCell(part: row.amount, of: greatest).picture(messages)] : [:])
      },
      total: rows.isEmpty ? nil : try total(), style: "partners")
  }

  private func columns() throws -> [FigureColumn] {
    [
      try messages.column("partner", "usage.columns.partner"),
      try messages.column("messages", "usage.columns.messages"),
      try messages.column("success_rate_percent", "usage.columns.delivered", isSecondary: true),
      try messages.column("payload_bytes", "usage.columns.payload", isSecondary: true),
      try messages.column("cost_share_percent", "partners.columns.share", isSecondary: true),
      try messages.column("cost", "usage.columns.cost"), .forMachines("partner_id"),
    ]
  }

  private func total() throws -> [TemplateValue] {
    let summary = month.summary
    return [
      .text(try messages.text("usage.total")), .count(summary.totalMessages), .percent(summary.successRate),
      .bytes(summary.totalBytes), Shares.total(of: try month.partnerCost()), .money(try month.partnerCost()),
      .null,
    ]
  }
}

extension TemplateValue {
  /// The minor units of an amount; 0 for what is not known.
  var minorUnits: Int64 {
    guard case .leaf(let leaf) = self, leaf.portalKind == .money else { return 0 }
    return leaf.value
  }
}

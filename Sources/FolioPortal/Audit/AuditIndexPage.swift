import FolioAccounts
import FolioBilling
import Templating

/// The months of a trail, the newest first, with what each holds.
struct AuditIndexPage {
  let months: AuditMonths
  let facts: AccountFacts
  let messages: MessageCatalog

  func page() throws -> Page {
    Page(
      path: PortalPaths.audit, template: "pages/audit-index", section: .audit,
      heading: try messages.text("audit.heading"), lead: try lead(), asOf: months.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: TemplateObject(),
      feedPath: PortalPaths.auditFeed,
      content: [
        .figures: .list(try figures()), .months: .list(months.all.reversed().map(row)),
        .undated: undated,
      ])
  }

  private func lead() throws -> TemplateValue {
    let entries = months.entries
    guard let newest = entries.first else { return try messages.sentence("audit.lead.none") }
    guard let last = entries.first(where: { !$0.isDay }) else {
      return try messages.sentence("audit.lead.usage", ["time": .instant(newest.time)])
    }
    let what = try AuditWords(path: PortalPaths.audit, messages: messages).sentence(last)
    return try messages.sentence(
      last.time == nil ? "audit.lead.undated" : "audit.lead.changed",
      ["time": .instant(last.time), "what": what])
  }

  private func figures() throws -> [TemplateValue] {
    let counts = months.entries.counts
    return try AuditGroup.allCases.filter { $0 != .days }.map { group in
      KeyFigure.make(
        try messages.text("audit.groups.\(group.rawValue)"), .count(counts[group]),
        note: try messages.sentence("audit.notes.\(group.rawValue)"))
    }
  }

  private static let names = FieldNames(
    .month, .href, .account, .invoices, .settings, .usage, .days)

  private func row(_ month: CalendarMonth) -> TemplateValue {
    row(.month(month), PortalPaths.audit(month), months[month])
  }

  /// The entries without a date; null where there are none.
  private var undated: TemplateValue {
    months.undated.isEmpty ? .null : row(.null, PortalPaths.undatedAudit, months.undated)
  }

  private func row(_ month: TemplateValue, _ page: String, _ entries: [AuditEntry]) -> TemplateValue {
    let counts = entries.counts
    let count = { (group: AuditGroup) in TemplateValue.count(counts[group]) }
    return Self.names.row(
      month, .text(PortalPaths.address(of: page, from: PortalPaths.audit)), count(.account),
      count(.invoices), count(.settings), count(.usage), count(.days))
  }
}

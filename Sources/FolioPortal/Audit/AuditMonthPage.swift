import FolioBilling
import Templating

/// The changes of one month, the newest first.
struct AuditMonthPage {
  /// nil for the page of changes without a date.
  let month: CalendarMonth?
  let months: AuditMonths
  let messages: MessageCatalog

  private var path: String { month.map(PortalPaths.audit) ?? PortalPaths.undatedAudit }

  func page() throws -> Page {
    let entries = months[month]
    let heading =
      try month.map { try messages.text("audit.month.heading", ["month": .month($0)]) }
      ?? messages.text("audit.undated.heading")
    return Page(
      path: path, template: "pages/audit-month", section: .audit, heading: heading, lead: try lead(entries),
      asOf: months.lastChange(in: month), usage: .irrelevant, feed: TemplateObject(),
      feedPath: PortalPaths.auditFeed,
      content: TemplateObject([
        "changes": try AuditRows(on: path, messages).rows(entries.filter { !$0.isDay }),
        "days": try AuditDayRows(messages: messages).rows(entries.filter(\.isDay)),
        "has_days": .bool(entries.contains(where: \.isDay)),
        "has_completion": .bool(entries.contains { $0.isDay && !$0.changes.isEmpty }),
        "index_href": .text(PortalPaths.address(of: PortalPaths.audit, from: path)),
        "previous": neighbour(-1), "next": neighbour(1),
      ]))
  }

  private func lead(_ entries: [AuditEntry]) throws -> TemplateValue {
    guard let month else {
      let count = Int64(entries.count)
      return try messages.sentence("audit.undated.lead", count: count, ["count": .count(count)])
    }
    if entries.isEmpty { return try messages.sentence("audit.month.lead.none", ["month": .month(month)]) }
    let changes = entries.filter { !$0.isDay }
    guard let last = changes.first else {
      return try messages.sentence("audit.month.lead.usage", ["month": .month(month)])
    }
    let count = Int64(changes.count)
    let words = AuditWords(path: path, messages: messages)
    return try messages.sentence(
      "audit.month.lead.changes", count: count,
      [
        "count": .count(count), "month": .month(month), "time": .instant(last.time),
        "what": try words.sentence(last),
      ])
  }

  private func neighbour(_ distance: Int) -> TemplateValue {
    guard let month, let place = months.all.firstIndex(of: month),
      months.all.indices.contains(place + distance)
    else { return .null }
    let neighbour = months.all[place + distance]
    return .fields([
      "href": .text(PortalPaths.address(of: PortalPaths.audit(neighbour), from: path)),
      "month": .month(neighbour),
    ])
  }
}

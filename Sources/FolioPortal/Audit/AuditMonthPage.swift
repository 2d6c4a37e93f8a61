import FolioBilling
import Templating

/// The changes of one month, the newest first, on as many pages as they need.
struct AuditMonthPage {
  /// nil for the page of changes without a date.
  let month: CalendarMonth?
  /// 0 for the first page, on which days of usage stand, too.
  let number: Int
  let months: AuditMonths
  /// The changes of each page of the month.
  let pages: [[AuditEntry]]
  let messages: MessageCatalog

  private var path: String { PortalPaths.audit(month, page: number) }

  func page() throws -> Page {
    let entries = months[month]
    let days = AuditDayRows(number == 0 ? entries.filter(\.isDay) : [])
    return Page(
      path: path, template: "pages/audit-month", section: .audit, heading: try heading(),
      lead: number == 0 ? try lead(entries) : try rowsLead(),
      asOf: months.lastChange(in: month), usage: .irrelevant, feed: TemplateObject(),
      feedPath: PortalPaths.auditFeed,
      content: [
        .changes: try AuditRows(on: path, messages).rows(pages[number]),
        .days: .table(days), .hasDays: .bool(days.count > 0),
        .hasCompletion: .bool(days.hasCompletion),
        .hasPages: .bool(pages.count > 1),
        .pages: .list(pages.count > 1 ? links() : []),
        .indexHref: .text(PortalPaths.address(of: PortalPaths.audit, from: path)),
        .previous: neighbour(-1), .next: neighbour(1),
      ])
  }

  private func heading() throws -> String {
    let heading =
      try month.map { try messages.text("audit.month.heading", ["month": .month($0)]) }
      ?? messages.text("audit.undated.heading")
    if number == 0 { return heading }
    return try messages.text(
      "page.part", ["heading": .text(heading), "number": .integer(Int64(number + 1))])
  }

  private func rows(of number: Int) -> (first: TemplateValue, last: TemplateValue) {
    let before = pages[..<number].reduce(0) { $0 + $1.count }
    return (.count(Int64(before + 1)), .count(Int64(before + pages[number].count)))
  }

  private func rowsLead() throws -> TemplateValue {
    let (first, last) = rows(of: number)
    return try messages.sentence(
      "page.rows",
      [
        "first": first, "last": last, "count": .count(Int64(pages.reduce(0) { $0 + $1.count })),
        "table": .text(try messages.text("audit.changes.title")),
      ])
  }

  private func links() -> [TemplateValue] {
    pages.indices.map { other in
      let (first, last) = rows(of: other)
      let address = PortalPaths.address(of: PortalPaths.audit(month, page: other), from: path)
      return .fields([
        .first: first, .last: last, .href: .text(address), .isCurrent: .bool(other == number),
      ])
    }
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
      .href: .text(PortalPaths.address(of: PortalPaths.audit(neighbour), from: path)),
      .month: .month(neighbour),
    ])
  }
}

import FolioAccounts
import FolioBilling
import Templating

/// A custom report as a table.
struct CustomReportPage {
  let report: CustomReport
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private var path: String { PortalPaths.report(report.definition.id) }
  private var words: ReportWords { ReportWords(messages: messages) }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/report-custom", section: .reports, heading: try words.name(of: report),
      lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: TemplateObject(),
      feedPath: PortalPaths.reportFeed(report.definition.id), content: try content(),
      charts: [("rows", try figure())])
  }

  /// What the months counted come to, so far where the last of them runs.
  private func lead() throws -> TemplateValue {
    guard let months = words.months(of: report) else {
      return try messages.sentence("reports.custom.lead.nothing", ["range": .text(words.range(of: report))])
    }
    let (cost, isRunning) = (report.total.cost, report.months.last == facts.current.month)
    let key = (cost == nil ? "messages" : "cost") + (isRunning && !facts.current.isClosed ? "_so_far" : "")
    return try messages.sentence(
      "reports.custom.lead.\(key)", count: report.total.messages,
      ["messages": .count(report.total.messages), "cost": .money(cost), "months": .text(months)])
  }

  private func content() throws -> TemplateObject {
    [
      .reportId: .text(report.definition.id.text), .notes: .list(try notes()),
      .reportsHref: .text(PortalPaths.address(of: PortalPaths.reports, from: path)),
    ]
  }

  // MARK: Rows

  private func figure() throws -> Figure {
    Figure(
      id: "rows", title: try messages.text("reports.custom.table"),
      subtitle: report.groups.isEmpty ? try messages.sentence("reports.custom.ungrouped") : .null,
      table: FigureTable(columns: try columns(), rows: try rows(), total: try total()), isOpen: true)
  }

  /// The groups, or one column for the name of the only row, and the metrics.
  private func columns() throws -> [FigureColumn] {
    let groups = try report.groups.map {
      try messages.column($0.rawValue, "reports.group.\($0.rawValue)", isNumber: false)
    }
    let metrics = try report.metrics.map { try messages.column($0.rawValue, "reports.metric.\($0.rawValue)") }
    let name = FigureColumn(key: nil, label: try messages.text("reports.custom.all_usage"))
    return (groups.isEmpty ? [name] : groups) + metrics
  }

  private func rows() throws -> [FigureRow] {
    if report.groups.isEmpty {
      return [FigureRow(values: [try totalName()] + report.metrics.map(report.total.value))]
    }
    return try report.rows.map { row in
      let path = (row.key.partner ?? nil).map(facts.path)
      let places = report.groups.indices.filter { report.groups[$0] == .partner }
      return FigureRow(
        values: try report.groups.map { try key($0, row.key) } + report.metrics.map(row.value),
        target: places.first == 0 ? path : nil,
        targets: ColumnValues(places.filter { $0 > 0 }.compactMap { place in path.map { (place, $0) } }))
    }
  }

  private func totalName() throws -> TemplateValue { .text(try messages.text("reports.custom.total")) }

  /// Nil where the only row is the total.
  private func total() throws -> [TemplateValue]? {
    if report.groups.isEmpty { return nil }
    let blanks = Array(repeating: TemplateValue.null, count: max(0, report.groups.count - 1))
    return [try totalName()] + blanks + report.metrics.map(report.total.value)
  }

  private func key(_ group: ReportGroup, _ key: ReportKey) throws -> TemplateValue {
    switch group {
    case .month: .month(key.month)
    case .partner:
      .text(
        try (key.partner ?? nil).map { facts.partners.displayName(of: $0) }
          ?? messages.text("usage.not_itemised"))
    case .department: .text(try (key.department ?? nil) ?? messages.text("departments.unallocated"))
    }
  }

  private func notes() throws -> [TemplateValue] {
    let cut = try report.notCovered.map { period in
      try messages.sentence("reports.custom.not_covered", ["days": .text(messages.printer.days(period))])
    }
    let unknown = try report.unavailable.map { name in
      try messages.sentence("reports.custom.not_available", ["name": .text(name)])
    }
    return cut + unknown
  }
}

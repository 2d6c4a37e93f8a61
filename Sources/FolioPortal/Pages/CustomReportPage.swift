import FolioAccounts
import FolioBilling
import Templating

/// A custom report as a table.
struct CustomReportPage {
  let report: CustomReport
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  /// The most rows that a page shows; the feed has them all.
  static let rowsLimit = 1_000

  private var path: String { PortalPaths.report(report.definition.id) }
  private var words: ReportWords { ReportWords(messages: messages) }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/report-custom", section: .reports, heading: try words.name(of: report),
      lead: try lead(), asOf: facts.statement.asOf,
      usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: TemplateObject(),
      feedPath: PortalPaths.reportFeed(report.definition.id), content: try content())
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
    let shown = report.rows.prefix(Self.rowsLimit)
    return TemplateObject([
      "report_id": .text(report.definition.id.text),
      "notes": .list(try notes(shown: shown.count)),
      "group_names": .list(
        try report.groups.map { .text(try messages.text("reports.group.\($0.rawValue)")) }),
      "metric_names": .list(
        try report.metrics.map { .text(try messages.text("reports.metric.\($0.rawValue)")) }),
      "has_groups": .bool(!report.groups.isEmpty),
      "rows": .list(try shown.map(row)),
      "total_label_span": .integer(Int64(max(1, report.groups.count))),
      "totals": .list(cells(report.total)),
      "reports_href": .text(PortalPaths.address(of: PortalPaths.reports, from: path)),
    ])
  }

  private func row(_ row: ReportRow) throws -> TemplateValue {
    .fields([
      "keys": .list(try report.groups.map { try key($0, row.key) }), "cells": .list(cells(row)),
    ])
  }

  /// A cell holds its value; what is not known is a dash in the template.
  private func cells(_ row: ReportRow) -> [TemplateValue] {
    report.metrics.map { .fields(["value": row.value(of: $0)]) }
  }

  private func key(_ group: ReportGroup, _ key: ReportKey) throws -> TemplateValue {
    switch group {
    case .month: .fields(["text": .month(key.month), "href": .null])
    case .partner: try partner(key.partner ?? nil)
    case .department:
      .fields([
        "text": .text(try (key.department ?? nil) ?? messages.text("departments.unallocated")), "href": .null,
      ])
    }
  }

  private func partner(_ id: PartnerID?) throws -> TemplateValue {
    guard let id else {
      return .fields(["text": .text(try messages.text("usage.not_itemised")), "href": .null])
    }
    let address = PartnerWords(facts: facts, messages: messages).address(of: id, from: path)
    return .fields(["text": .text(facts.partners.displayName(of: id)), "href": .text(address)])
  }

  private func notes(shown: Int) throws -> [TemplateValue] {
    let cut = try report.notCovered.map { period in
      try messages.sentence("reports.custom.not_covered", ["days": .text(messages.printer.days(period))])
    }
    let unknown = try report.unavailable.map { name in
      try messages.sentence("reports.custom.not_available", ["name": .text(name)])
    }
    let more =
      shown == report.rows.count
      ? []
      : [
        try messages.sentence(
          "reports.custom.more", ["shown": .count(Int64(shown)), "all": .count(Int64(report.rows.count))])
      ]
    return cut + unknown + more
  }
}

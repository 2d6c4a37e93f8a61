import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `POST reports/custom`: a report that the customer defined, computed.
struct CustomReportFeed {
  let report: CustomReport
  let facts: AccountFacts
  let messages: MessageCatalog

  func object() throws -> TemplateObject {
    let definition = report.definition
    return [
      .reportType: .text(definition.reportType),
      .dateRange: .fields([.start: .date(definition.start), .end: .date(definition.end)]),
      .groupBy: .list(definition.groupBy.map { .text($0) }),
      .includeMetrics: .list(definition.includeMetrics.map { .text($0) }),
      .reportId: .text(definition.id.text),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .months: .list(report.months.map { .month($0) }),
      .notCovered: .list(report.notCovered.map(Self.period)),
      .notAvailable: .list(report.unavailable.map { .text($0) }),
      .rows: .list(try report.rows.map(row)),
      .totals: .object(TemplateObject(metrics(report.total))),
    ]
  }

  private static func period(_ period: BillingPeriod) -> TemplateValue {
    .fields([.start: .date(period.start.date), .end: .date(period.inclusiveEnd.date)])
  }

  private func row(_ row: ReportRow) throws -> TemplateValue {
    let keys = try report.groups.flatMap { try key($0, row.key) }
    return .object(TemplateObject(keys + metrics(row)))
  }

  private typealias Fields = [(TemplateName, TemplateValue)]

  private func key(_ group: ReportGroup, _ key: ReportKey) throws -> Fields {
    switch group {
    case .month: return [(.month, .month(key.month))]
    case .partner:
      let id = key.partner ?? nil
      let name = try id.map { facts.partners.name(of: $0) } ?? messages.text("usage.not_itemised")
      return [(.partnerId, .text(id?.text)), (.partnerName, .text(name))]
    case .department:
      let name = try (key.department ?? nil) ?? messages.text("departments.unallocated")
      return [
        (.department, .text(name)),
        (.isUnallocated, .bool((key.department ?? nil) == nil)),
      ]
    }
  }

  /// The metrics that the report asks for, in its order; an amount has its minor units beside it.
  private func metrics(_ row: ReportRow) -> Fields {
    report.metrics.flatMap { metric -> Fields in
      let field = (TemplateName(metric.rawValue), row.value(of: metric))
      return metric == .cost ? [field, (.costMinor, .minor(row.cost))] : [field]
    }
  }
}

extension ReportRow {
  /// A metric; null where the sources do not tell it.
  func value(of metric: ReportMetric) -> TemplateValue {
    switch metric {
    case .messageCount: .count(messages)
    case .payloadSize: .bytes(bytes)
    case .averageSize: .bytes(messages > 0 ? bytes.map { $0 / messages } : nil)
    case .failedMessages: .count(failed)
    case .successRate: .percent(failed.flatMap { SuccessRate.percent(messages: messages, failed: $0) })
    case .cost: .money(cost)
    }
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET reports/monthly`: a month on one sheet.
struct MonthlyReportFeed {
  let month: MonthFacts
  let statement: MonthStatement
  let facts: AccountFacts
  let messages: MessageCatalog

  func object() throws -> TemplateObject {
    let allocation = AllocationFeed(facts: facts, messages: messages)
    let summary = month.summary
    return TemplateObject([
      "year": .integer(Int64(month.month.year)),
      "month": .integer(Int64(month.month.month)),
      "customer_id": .text(facts.statement.customer.id.text),
      "currency": .text(facts.currency.lowercaseCode),
      "is_closed": .bool(month.isClosed),
      "usage_is_complete": .bool(month.isComplete),
      "usage": .fields([
        "total_messages": .count(summary.totalMessages), "inbound_messages": .count(summary.inboundMessages),
        "outbound_messages": .count(summary.outboundMessages),
        "active_partners": .count(summary.activePartners),
        "total_payload_size": .bytes(summary.totalBytes), "failed_messages": .count(summary.failedMessages),
        "success_rate": .percent(summary.successRate),
      ]),
      "charges": Self.charges(month.charges),
      "departments": .list(try allocation.departments(DepartmentCosts([month], in: facts.currency))),
      "invoiced": .money(statement.invoiced),
      "received": .money(statement.received),
      "refunded": .money(statement.refunded),
      "credited": .money(statement.credited),
      "invoiced_minor": .minor(statement.invoiced),
      "received_minor": .minor(statement.received),
      "refunded_minor": .minor(statement.refunded),
      "credited_minor": .minor(statement.credited),
      "invoices": .list(statement.invoices.map(Self.invoice)),
      "payments": .list(statement.payments.map(Self.payment)),
      "refunds": .list(statement.refunds.map(Self.refund)),
      "credit_notes": .list(statement.creditNotes.map(Self.creditNote)),
    ])
  }

  /// The sums of the month without its lines; null where no plan rates it.
  private static func charges(_ charges: Charges?) -> TemplateValue {
    guard let charges else { return .null }
    return .fields([
      "total": .money(charges.total), "base_fees": .money(charges.baseFees),
      "message_charges": .money(charges.messageChargesNet), "partner_fees": .money(charges.partnerFees),
      "other_charges": .money(charges.otherCharges), "total_minor": .minor(charges.total),
      "prices_include_tax": .bool(charges.pricesIncludeTax),
    ])
  }

  private static let invoiceFields = FieldNames("id", "number", "created", "amount_due", "amount_due_minor")
  private static let paymentFields = FieldNames("invoice_id", "number", "at", "amount", "amount_minor")

  private static func invoice(_ invoice: Invoice) -> TemplateValue {
    let document = invoice.document
    return invoiceFields.row(
      .text(invoice.id.text), .text(document.number), .day(of: document.created), .money(document.amountDue),
      .minor(document.amountDue))
  }

  private static func payment(_ entry: (invoice: Invoice, payment: Payment)) -> TemplateValue {
    paymentFields.row(
      .text(entry.invoice.id.text), .text(entry.invoice.document.number), .instant(entry.payment.at),
      .money(entry.payment.amount), .minor(entry.payment.amount))
  }

  private static func refund(_ entry: (invoice: Invoice, refund: Refund)) -> TemplateValue {
    paymentFields.row(
      .text(entry.invoice.id.text), .text(entry.invoice.document.number), .instant(entry.refund.refundedAt),
      .money(entry.refund.amount), .minor(entry.refund.amount))
  }

  private static func creditNote(_ entry: (invoice: Invoice, note: CreditNote)) -> TemplateValue {
    paymentFields.row(
      .text(entry.invoice.id.text), .text(entry.note.number), .instant(entry.note.issuedAt),
      .money(entry.note.amount), .minor(entry.note.amount))
  }
}

/// `GET reports/annual`: a year month by month, with sums that are those of its months.
struct AnnualReportFeed {
  let year: Int
  let months: [(facts: MonthFacts, statement: MonthStatement)]
  let facts: AccountFacts

  func object() throws -> TemplateObject {
    TemplateObject([
      "year": .integer(Int64(year)),
      "customer_id": .text(facts.statement.customer.id.text),
      "currency": .text(facts.currency.lowercaseCode),
      "months": .list(months.map(Self.month)),
      "totals": try totals(),
    ])
  }

  private static let fields = FieldNames(
    "month", "total_messages", "total_payload_size", "failed_messages", "success_rate", "active_partners",
    "charges", "charges_minor", "invoiced", "invoiced_minor", "received", "received_minor", "refunded",
    "refunded_minor", "is_closed")

  private static func month(_ month: (facts: MonthFacts, statement: MonthStatement)) -> TemplateValue {
    let (facts, summary, statement) = (month.facts, month.facts.summary, month.statement)
    return fields.row(
      .month(facts.month), .count(summary.totalMessages), .bytes(summary.totalBytes),
      .count(summary.failedMessages), .percent(summary.successRate), .count(summary.activePartners),
      .money(facts.charges?.total), .minor(facts.charges?.total), .money(statement.invoiced),
      .minor(statement.invoiced), .money(statement.received), .minor(statement.received),
      .money(statement.refunded), .minor(statement.refunded), .bool(facts.isClosed))
  }

  /// Months whose plan is not known add nothing to the charges.
  private func totals() throws -> TemplateValue {
    let currency = facts.currency
    var counts = UsageCounts()
    for month in months { counts = try counts.adding(month.facts.summary.counts) }
    let charges = try Money.sum(of: months.compactMap(\.facts.charges?.total), in: currency)
    let invoiced = try Money.sum(of: months.map(\.statement.invoiced), in: currency)
    let received = try Money.sum(of: months.map(\.statement.received), in: currency)
    let refunded = try Money.sum(of: months.map(\.statement.refunded), in: currency)
    return .fields([
      "total_messages": .count(counts.messages), "total_payload_size": .bytes(counts.bytes),
      "charges": .money(charges), "charges_minor": .minor(charges), "invoiced": .money(invoiced),
      "invoiced_minor": .minor(invoiced), "received": .money(received), "received_minor": .minor(received),
      "refunded": .money(refunded), "refunded_minor": .minor(refunded),
    ])
  }
}

/// `POST reports/custom`: a report that the customer defined, computed.
struct CustomReportFeed {
  let report: CustomReport
  let facts: AccountFacts
  let messages: MessageCatalog

  func object() throws -> TemplateObject {
    let definition = report.definition
    return TemplateObject([
      "report_type": .text(definition.reportType),
      "date_range": .fields(["start": .date(definition.start), "end": .date(definition.end)]),
      "group_by": .list(definition.groupBy.map { .text($0) }),
      "include_metrics": .list(definition.includeMetrics.map { .text($0) }),
      "report_id": .text(definition.id.text),
      "customer_id": .text(facts.statement.customer.id.text),
      "currency": .text(facts.currency.lowercaseCode),
      "months": .list(report.months.map { .month($0) }),
      "not_covered": .list(report.notCovered.map(Self.period)),
      "not_available": .list(report.unavailable.map { .text($0) }),
      "rows": .list(try report.rows.map(row)),
      "totals": .object(TemplateObject(metrics(report.total))),
    ])
  }

  private static func period(_ period: BillingPeriod) -> TemplateValue {
    .fields(["start": .date(period.start.date), "end": .date(period.inclusiveEnd.date)])
  }

  private func row(_ row: ReportRow) throws -> TemplateValue {
    let keys = try report.groups.flatMap { try key($0, row.key) }
    return .object(TemplateObject(keys + metrics(row)))
  }

  private typealias Fields = [(name: TemplateName, value: TemplateValue)]

  private func key(_ group: ReportGroup, _ key: ReportKey) throws -> Fields {
    switch group {
    case .month: return [(TemplateName("month"), .month(key.month))]
    case .partner:
      let id = key.partner ?? nil
      let name = try id.map { facts.partners.name(of: $0) } ?? messages.text("usage.not_itemised")
      return [(TemplateName("partner_id"), .text(id?.text)), (TemplateName("partner_name"), .text(name))]
    case .department:
      let name = try (key.department ?? nil) ?? messages.text("departments.unallocated")
      return [
        (TemplateName("department"), .text(name)),
        (TemplateName("is_unallocated"), .bool((key.department ?? nil) == nil)),
      ]
    }
  }

  /// The metrics that the report asks for, in its order; an amount has its minor units beside it.
  private func metrics(_ row: ReportRow) -> Fields {
    report.metrics.flatMap { metric -> Fields in
      let field = (name: TemplateName(metric.rawValue), value: row.value(of: metric))
      return metric == .cost ? [field, (TemplateName("cost_minor"), .minor(row.cost))] : [field]
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

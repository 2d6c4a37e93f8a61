import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

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

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
    [
      .year: .integer(Int64(year)),
      .customerId: .text(facts.statement.customer.id.text),
      .currency: .text(facts.currency.lowercaseCode),
      .months: .list(months.map(Self.month)),
      .totals: try totals(),
    ]
  }

  private static let fields = FieldNames(
    .month, .totalMessages, .totalPayloadSize, .failedMessages, .successRate, .activePartners,
    .charges, .chargesMinor, .invoiced, .invoicedMinor, .received, .receivedMinor, .refunded,
    .refundedMinor, .isClosed)

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
      .totalMessages: .count(counts.messages), .totalPayloadSize: .bytes(counts.bytes),
      .charges: .money(charges), .chargesMinor: .minor(charges), .invoiced: .money(invoiced),
      .invoicedMinor: .minor(invoiced), .received: .money(received), .receivedMinor: .minor(received),
      .refunded: .money(refunded), .refundedMinor: .minor(refunded),
    ])
  }
}

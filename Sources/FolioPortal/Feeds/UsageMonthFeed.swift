import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// `GET usage` of one calendar month, and what it costs.
struct UsageMonthFeed {
  let facts: MonthFacts
  let customer: Customer
  let directory: PartnerDirectory
  /// From the month before; nil where the two cannot be compared.
  let bridge: BillBridge?
  /// The time that the month's page prints.
  let lastChanged: Timestamp
  let messages: MessageCatalog

  func object() throws -> TemplateObject {
    [
      .period: .fields([
        .start: .day(of: facts.month.period.start), .end: .day(of: facts.month.period.inclusiveEnd),
      ]),
      .usageSummary: summary,
      .partnerBreakdown: try partners(),
      .dailyUsage: .list(facts.summary.dayRows.map(Self.day)),
      .customerId: .text(customer.id.text),
      .currency: .text(customer.currency.lowercaseCode),
      .charges: ChargeValues.charges(facts.charges),
      .reconciliation: ChargeValues.reconciliation(facts.allocation?.identity),
      .isClosed: .bool(facts.isClosed),
      .usageCompleteThrough: .instant(facts.completeThrough),
      .usageIsComplete: .bool(facts.isComplete),
      .lastChanged: .instant(lastChanged),
      .invoiced: try ChargeValues.invoiced(facts.invoiced, now: facts.charges),
      .unplannedMessages: .count(facts.unplannedMessages),
      .billChange: try bridge.map(BillChangeValues.object) ?? .null,
    ]
  }

  private var summary: TemplateValue {
    let summary = facts.summary
    return .fields([
      .totalMessages: .count(summary.totalMessages),
      .inboundMessages: .count(summary.inboundMessages),
      .outboundMessages: .count(summary.outboundMessages),
      .totalPartners: .count(summary.totalPartners),
      .activePartners: .count(summary.activePartners),
      .totalPayloadSize: .bytes(summary.totalBytes),
      .averageMessageSize: .bytes(summary.averageMessageSize),
      .failedMessages: .count(summary.failedMessages),
      .successRate: .percent(summary.successRate),
    ])
  }

  // MARK: Partners

  private static let partnerFields = FieldNames(
    .partnerId, .partnerName, .messageCount, .payloadSize, .successRate, .cost, .costMinor,
    .messageCharges, .partnerFees, .inboundMessages, .outboundMessages, .failedMessages,
    .averageMessageSize)

  private func partners() throws -> TemplateValue {
    let (rows, costs) = (facts.summary.partnerRows, facts.allocation?.partners ?? [])
    let rest = costs.last.flatMap { $0.partnerID == nil ? $0 : nil }
    var values = try rows.map { row in
      guard let id = row.partnerID else { return try partner(row, rest, nil) }
      let usage = row.failed == nil ? nil : facts.usage.partners.element(of: id, \.partnerID)
      return try partner(row, costs.element(of: id, \.partnerID), usage)
    }
    let hasRest = rows.last.map { $0.partnerID == nil } ?? false
    if let rest, !hasRest { values.append(try costWithoutMessages(rest)) }
    return .list(values)
  }

  private func partner(_ row: PartnerRow, _ cost: PartnerCost?, _ usage: PartnerUsage?) throws
    -> TemplateValue
  {
    Self.partnerFields.row(
      .text(row.partnerID?.text), .text(try name(of: row)), .count(row.messages), .bytes(row.bytes),
      .percent(row.successRate), .money(cost?.cost), .minor(cost?.cost), .money(cost?.messageCharges),
      .money(cost?.partnerFees), .count(usage?.inbound.messages), .count(usage?.outbound.messages),
      .count(row.failed), .bytes(row.averageMessageSize))
  }

  /// Fees that belong to partners whom the source counted and did not name.
  private func costWithoutMessages(_ cost: PartnerCost) throws -> TemplateValue {
    Self.partnerFields.row(
      .null, .text(try notItemised()), .count(0), .bytes(0), .null, .money(cost.cost), .minor(cost.cost),
      .money(cost.messageCharges), .money(cost.partnerFees), .null, .null, .null, .null)
  }

  private func name(of row: PartnerRow) throws -> String? {
    guard let id = row.partnerID else { return try notItemised() }
    return directory.name(of: id, in: row)
  }

  private func notItemised() throws -> String { try messages.text("usage.not_itemised") }

  // MARK: Days

  private static let dayFields = FieldNames(
    .date, .messages, .payloadSize, .inboundMessages, .outboundMessages, .failedMessages)

  private static func day(_ row: DayRow) -> TemplateValue {
    dayFields.row(
      .date(row.date), .count(row.messages), .bytes(row.bytes), .count(row.inbound), .count(row.outbound),
      .count(row.failed))
  }
}

extension Array {
  /// The element of a partner, where all stand in the order of identifiers and what has none is last.
  ///
  /// - Complexity: O(log n).
  fileprivate func element(of id: PartnerID, _ identifier: (Element) -> PartnerID?) -> Element? {
    var (start, end) = (0, count)
    while start < end {
      let middle = (start + end) / 2
      if let other = identifier(self[middle]), other < id { start = middle + 1 } else { end = middle }
    }
    return start < count && identifier(self[start]) == id ? self[start] : nil
  }
}

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
    TemplateObject([
      "period": .fields([
        "start": .day(of: facts.month.period.start), "end": .day(of: facts.month.period.inclusiveEnd),
      ]),
      "usage_summary": summary,
      "partner_breakdown": try partners(),
      "daily_usage": .list(facts.summary.dayRows.map(Self.day)),
      "customer_id": .text(customer.id.text),
      "currency": .text(customer.currency.lowercaseCode),
      "charges": ChargeValues.charges(facts.charges),
      "reconciliation": ChargeValues.reconciliation(facts.allocation?.identity),
      "is_closed": .bool(facts.isClosed),
      "usage_complete_through": .instant(facts.completeThrough),
      "usage_is_complete": .bool(facts.isComplete),
      "last_changed": .instant(lastChanged),
      "invoiced": try ChargeValues.invoiced(facts.invoiced, now: facts.charges),
      "unplanned_messages": .count(facts.unplannedMessages),
      "bill_change": try bridge.map(BillChangeValues.object) ?? .null,
    ])
  }

  private var summary: TemplateValue {
    let summary = facts.summary
    return .fields([
      "total_messages": .count(summary.totalMessages),
      "inbound_messages": .count(summary.inboundMessages),
      "outbound_messages": .count(summary.outboundMessages),
      "total_partners": .count(summary.totalPartners),
      "active_partners": .count(summary.activePartners),
      "total_payload_size": .bytes(summary.totalBytes),
      "average_message_size": .bytes(summary.averageMessageSize),
      "failed_messages": .count(summary.failedMessages),
      "success_rate": .percent(summary.successRate),
    ])
  }

  // MARK: Partners

  private static let partnerFields = FieldNames(
    "partner_id", "partner_name", "message_count", "payload_size", "success_rate", "cost", "cost_minor",
    "message_charges", "partner_fees", "inbound_messages", "outbound_messages", "failed_messages",
    "average_message_size")

  private func partners() throws -> TemplateValue {
    var costs: [PartnerID?: PartnerCost] = [:]
    for cost in facts.allocation?.partners ?? [] { costs[cost.partnerID] = cost }
    var itemised: [PartnerID: PartnerUsage] = [:]
    for partner in facts.usage.partners { itemised[partner.partnerID] = partner }
    var rows: [TemplateValue] = []
    for row in facts.summary.partnerRows {
      let usage = row.partnerID.flatMap { itemised[$0] }
      rows.append(try partner(row, costs.removeValue(forKey: row.partnerID), row.failed == nil ? nil : usage))
    }
    if let rest = costs[nil] { rows.append(try costWithoutMessages(rest)) }
    return .list(rows)
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
    "date", "messages", "payload_size", "inbound_messages", "outbound_messages", "failed_messages")

  private static func day(_ row: DayRow) -> TemplateValue {
    dayFields.row(
      .date(row.date), .count(row.messages), .bytes(row.bytes), .count(row.inbound), .count(row.outbound),
      .count(row.failed))
  }
}

package import FolioBilling

/// A partner's month.
package struct PartnerRow: Hashable, Sendable {
  /// Nil for what the source did not itemise.
  package let partnerID: PartnerID?
  /// The name that the source stated with the figures; nil where readings are all there is.
  package let statedName: String?
  package let messages: Int64
  package let bytes: Int64
  /// Nil when the messages are stated and not itemised.
  package let failed: Int64?
  /// In per cent, counted where failures are known, else as stated; nil when nobody knows.
  package let successRate: ExactDecimal?

  /// The mean size of a message in bytes, floored to whole KiB; nil without messages.
  package var averageMessageSize: Int64? { meanMessageSize(messages: messages, bytes: bytes) }
}

extension PartnerRow {
  var counts: UsageCounts { UsageCounts(messages: messages, bytes: bytes) }

  /// The itemised and the stated partners of a month.
  static func rows(of usage: MonthUsage) throws(ArithmeticOverflow) -> [PartnerRow] {
    guard let stated = usage.stated else { return try unstatedRows(of: usage.partners) }
    var itemised: [PartnerID: UsageCounts] = [:]
    for partner in usage.partners { itemised[partner.partnerID] = try partner.total() }
    return rows(of: itemised, stated: stated.partners)
  }

  private static func unstatedRows(of partners: [PartnerUsage]) throws(ArithmeticOverflow) -> [PartnerRow] {
    var rows: [PartnerRow] = []
    rows.reserveCapacity(partners.count)
    for partner in partners { rows.append(PartnerRow(partner.partnerID, try partner.total(), nil)) }
    return rows.sorted(by: precedes)
  }

  /// What readings itemise beside what a source stated: of each partner the larger; by messages descending, then
  /// identifiers.
  package static func rows(
    of itemised: [PartnerID: UsageCounts], stated: [StatedPartnerUsage]
  ) -> [PartnerRow] {
    var itemised = itemised
    var rows: [PartnerRow] = []
    for stated in stated {
      let counts = itemised.removeValue(forKey: stated.partnerID)
      rows.append(PartnerRow(stated.partnerID, counts ?? UsageCounts(), stated))
    }
    rows += itemised.map { PartnerRow($0.key, $0.value, nil) }
    return rows.sorted(by: precedes)
  }

  /// The row of what no partner's row explains; none where that is nothing.
  package static func remainder(_ messages: Int64, _ bytes: Int64) -> [PartnerRow] {
    if messages == 0 && bytes == 0 { return [] }
    return [
      PartnerRow(
        partnerID: nil, statedName: nil, messages: messages, bytes: bytes, failed: messages == 0 ? 0 : nil,
        successRate: nil)
    ]
  }

  private init(_ id: PartnerID, _ itemised: UsageCounts, _ stated: StatedPartnerUsage?) {
    partnerID = id
    statedName = stated?.name
    messages = max(itemised.messages, stated?.messages ?? 0)
    bytes = max(itemised.bytes, stated?.bytes ?? 0)
    failed = messages == itemised.messages ? itemised.failed : nil
    successRate =
      failed.map { [messages] in SuccessRate.percent(messages: messages, failed: $0) }
      ?? stated?.successRate?.trimmed
  }

  private static func precedes(_ left: PartnerRow, _ right: PartnerRow) -> Bool {
    if left.messages != right.messages { return left.messages > right.messages }
    guard let first = left.partnerID, let second = right.partnerID else { return left.partnerID != nil }
    return first < second
  }
}

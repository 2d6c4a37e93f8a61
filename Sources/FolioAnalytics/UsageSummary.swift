package import FolioBilling

/// A month's usage as totals, by partner and by day; the rows of each table sum to the totals.
///
/// Readings and stated totals may both be there. A total, and the figure of a partner or a day, is the larger
/// of stated and itemised, and never less than its parts. What no row explains is a row of its own.
package struct UsageSummary: Hashable, Sendable {
  package let month: CalendarMonth
  package let totalMessages: Int64
  package let inboundMessages: Int64
  package let outboundMessages: Int64
  /// Nil when some messages are only stated, so that nobody said how many of them failed.
  package let failedMessages: Int64?
  /// Failed messages among the readings.
  package let itemisedFailedMessages: Int64
  package let totalBytes: Int64
  package let totalPartners: Int64
  /// Partners with at least one message, failed ones included.
  package let activePartners: Int64
  /// By messages descending, then identifiers; what was not itemised is last.
  package let partnerRows: [PartnerRow]
  /// In order of days; what was not itemised is last.
  package let dayRows: [DayRow]

  /// Sums up a month; `knownPartners` is how many partners the customer has, with or without messages.
  ///
  /// - Complexity: O(n log n).
  package init(_ usage: MonthUsage, knownPartners: Int64 = 0) throws(ArithmeticOverflow) {
    let (stated, itemised) = (usage.stated, try Totals(usage))
    let partners = try PartnerRow.rows(of: usage)
    let days = try DayRow.rows(of: usage)
    let (byPartner, byDay) = (try sum(partners.map(\.counts)), try sum(days.map(\.counts)))
    inboundMessages = max(itemised.inbound, stated?.inboundMessages ?? 0)
    outboundMessages = max(itemised.outbound, stated?.outboundMessages ?? 0)
    let directed = try sum([inboundMessages, outboundMessages].map { UsageCounts(messages: $0) }).messages
    totalMessages = max(
      itemised.all.messages, stated?.messages ?? 0, byPartner.messages, byDay.messages, directed)
    totalBytes = max(itemised.all.bytes, stated?.bytes ?? 0, byPartner.bytes, byDay.bytes)
    itemisedFailedMessages = itemised.all.failed
    failedMessages = totalMessages == itemised.all.messages ? itemised.all.failed : nil
    activePartners = max(stated?.activePartners ?? 0, Int64(partners.count { $0.messages > 0 }))
    totalPartners = max(stated?.totalPartners ?? 0, knownPartners, Int64(partners.count), activePartners)
    let (messages, bytes) = (totalMessages, totalBytes)
    partnerRows = partners + PartnerRow.remainder(messages - byPartner.messages, bytes - byPartner.bytes)
    dayRows = days + DayRow.remainder(messages - byDay.messages, bytes - byDay.bytes)
    month = usage.month
  }

  /// Messages of which no source said the direction.
  package var undirectedMessages: Int64 { totalMessages - inboundMessages - outboundMessages }

  /// The totals as rating takes them: failed messages as far as they are known.
  package var counts: UsageCounts {
    UsageCounts(messages: totalMessages, failed: itemisedFailedMessages, bytes: totalBytes)
  }

  /// The mean size of a message in bytes, floored to whole KiB; nil without messages.
  package var averageMessageSize: Int64? { meanMessageSize(messages: totalMessages, bytes: totalBytes) }

  /// In per cent; nil when it is not known how many messages failed, or there were none.
  package var successRate: ExactDecimal? {
    failedMessages.flatMap { SuccessRate.percent(messages: totalMessages, failed: $0) }
  }
}

/// The mean size of a message in bytes, floored to whole KiB; nil without messages.
package func meanMessageSize(messages: Int64, bytes: Int64) -> Int64? {
  guard messages > 0 else { return nil }
  return bytes / messages / 1_024 * 1_024
}

/// The sums of a month's readings: the larger of what its partners and its days say.
private struct Totals {
  let inbound: Int64
  let outbound: Int64
  let all: UsageCounts

  init(_ usage: MonthUsage) throws(ArithmeticOverflow) {
    let (byPartner, byDay) = (
      (inbound: try sum(usage.partners.map(\.inbound)), outbound: try sum(usage.partners.map(\.outbound))),
      (inbound: try sum(usage.days.map(\.inbound)), outbound: try sum(usage.days.map(\.outbound)))
    )
    inbound = max(byPartner.inbound.messages, byDay.inbound.messages)
    outbound = max(byPartner.outbound.messages, byDay.outbound.messages)
    let (partners, days) = (
      try byPartner.inbound.adding(byPartner.outbound), try byDay.inbound.adding(byDay.outbound)
    )
    all = partners.messages >= days.messages ? partners : days
  }
}

func sum(_ counts: [UsageCounts]) throws(ArithmeticOverflow) -> UsageCounts {
  var total = UsageCounts()
  for item in counts { total = try total.adding(item) }
  return total
}

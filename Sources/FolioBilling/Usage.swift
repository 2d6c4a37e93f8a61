/// Which way a message went, seen from the customer.
package enum Direction: String, Sendable, CaseIterable {
  case inbound
  case outbound
}

/// How large a message is: small below 64 KiB, medium below 1 MiB, large from there on.
package enum SizeClass: String, Sendable, CaseIterable {
  case unknown
  case small
  case medium
  case large
}

/// Messages and bytes of some slot or span.
package struct UsageCounts: Hashable, Sendable {
  /// All messages, failed ones included.
  package var messages: Int64
  package var failed: Int64
  package var bytes: Int64

  package init(messages: Int64 = 0, failed: Int64 = 0, bytes: Int64 = 0) {
    self.messages = messages
    self.failed = failed
    self.bytes = bytes
  }

  /// The sum, checked.
  package func adding(_ other: UsageCounts) throws(ArithmeticOverflow) -> UsageCounts {
    let (messages, first) = messages.addingReportingOverflow(other.messages)
    let (failed, second) = failed.addingReportingOverflow(other.failed)
    let (bytes, third) = bytes.addingReportingOverflow(other.bytes)
    if first || second || third { throw ArithmeticOverflow() }
    return UsageCounts(messages: messages, failed: failed, bytes: bytes)
  }
}

/// The value of one slot: a partner, a direction, an hour and a size class.
package struct UsageReading: Hashable, Sendable {
  package let partnerID: PartnerID
  package let direction: Direction
  package let hour: UsageHour
  package let sizeClass: SizeClass
  package let counts: UsageCounts

  package init(
    partnerID: PartnerID, direction: Direction, hour: UsageHour, sizeClass: SizeClass = .unknown,
    counts: UsageCounts
  ) {
    self.partnerID = partnerID
    self.direction = direction
    self.hour = hour
    self.sizeClass = sizeClass
    self.counts = counts
  }
}

/// What one partner exchanged in a month.
package struct PartnerUsage: Hashable, Sendable {
  package let partnerID: PartnerID
  package let inbound: UsageCounts
  package let outbound: UsageCounts

  package init(partnerID: PartnerID, inbound: UsageCounts, outbound: UsageCounts) {
    self.partnerID = partnerID
    self.inbound = inbound
    self.outbound = outbound
  }

  /// Both directions.
  package func total() throws(ArithmeticOverflow) -> UsageCounts { try inbound.adding(outbound) }
}

/// What a customer exchanged on a day.
package struct DayUsage: Hashable, Sendable {
  package let date: CalendarDate
  package let inbound: UsageCounts
  package let outbound: UsageCounts

  package init(date: CalendarDate, inbound: UsageCounts, outbound: UsageCounts) {
    self.date = date
    self.inbound = inbound
    self.outbound = outbound
  }

  /// Both directions.
  package func total() throws(ArithmeticOverflow) -> UsageCounts { try inbound.adding(outbound) }
}

/// What a customer exchanged in an hour, all partners and directions together.
package struct HourUsage: Hashable, Sendable {
  package let hour: UsageHour
  package let counts: UsageCounts

  package init(hour: UsageHour, counts: UsageCounts) {
    self.hour = hour
    self.counts = counts
  }
}

/// Usage of one month, itemised by readings and, where a source gave only totals, as stated.
package struct MonthUsage: Hashable, Sendable {
  package let month: CalendarMonth
  /// In order of identifiers; partners without a message are left out.
  package let partners: [PartnerUsage]
  /// In order of days; days without a reading are left out.
  package let days: [DayUsage]
  /// In order of hours, and only where prices change within the month; else empty.
  package let hours: [HourUsage]
  /// By partner, in order of partners and hours, and only where prices change within the month; else empty.
  package let partnerHours: [PartnerHourUsage]
  /// Of partners that change their department within the month, in order of partners and days; else empty.
  package let partnerDays: [PartnerDayUsage]
  package let stated: StatedUsage?
  /// When the latest event that touched the month's usage took place.
  package let changedAt: Timestamp?

  package init(
    month: CalendarMonth, partners: [PartnerUsage] = [], days: [DayUsage] = [], hours: [HourUsage] = [],
    partnerHours: [PartnerHourUsage] = [], partnerDays: [PartnerDayUsage] = [], stated: StatedUsage? = nil,
    changedAt: Timestamp? = nil
  ) {
    self.month = month
    self.partners = partners
    self.days = days
    self.hours = hours
    self.partnerHours = partnerHours
    self.partnerDays = partnerDays
    self.stated = stated
    self.changedAt = changedAt
  }
}

/// Totals of a month that a source stated without its readings.
package struct StatedUsage: Hashable, Sendable {
  package let month: CalendarMonth
  package let messages: Int64
  package let inboundMessages: Int64
  package let outboundMessages: Int64
  package let totalPartners: Int64
  package let activePartners: Int64
  package let bytes: Int64
  package let partners: [StatedPartnerUsage]
  package let days: [StatedDayUsage]

  package init(
    month: CalendarMonth, messages: Int64, inboundMessages: Int64, outboundMessages: Int64,
    totalPartners: Int64, activePartners: Int64, bytes: Int64, partners: [StatedPartnerUsage],
    days: [StatedDayUsage]
  ) {
    self.month = month
    self.messages = messages
    self.inboundMessages = inboundMessages
    self.outboundMessages = outboundMessages
    self.totalPartners = totalPartners
    self.activePartners = activePartners
    self.bytes = bytes
    self.partners = partners
    self.days = days
  }
}

/// A partner's total of a month as stated.
package struct StatedPartnerUsage: Hashable, Sendable {
  package let partnerID: PartnerID
  package let name: String?
  package let messages: Int64
  package let bytes: Int64
  /// In per cent, 99.9; nil when not stated.
  package let successRate: ExactDecimal?

  package init(partnerID: PartnerID, name: String?, messages: Int64, bytes: Int64, successRate: ExactDecimal?)
  {
    self.partnerID = partnerID
    self.name = name
    self.messages = messages
    self.bytes = bytes
    self.successRate = successRate
  }
}

/// A day's total as stated.
package struct StatedDayUsage: Hashable, Sendable {
  package let date: CalendarDate
  package let messages: Int64
  package let bytes: Int64

  package init(date: CalendarDate, messages: Int64, bytes: Int64) {
    self.date = date
    self.messages = messages
    self.bytes = bytes
  }
}

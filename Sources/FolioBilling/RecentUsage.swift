/// What was exchanged in the 90 days before an instant, by readings alone.
///
/// Totals that a source stated by the month have no hours and are not in here.
package struct RecentUsage: Hashable, Sendable {
  /// Whole hours, `recentDays` long.
  package let period: BillingPeriod
  /// In order of identifiers; partners without a message are left out.
  package let partners: [RecentPartnerUsage]
  /// Messages by hour of the week in UTC, 168 of them: hours of Monday first.
  package let messagesByHourOfWeek: [Int64]
  package let messagesBySizeClass: [SizeClass: Int64]

  package init(
    period: BillingPeriod, partners: [RecentPartnerUsage], messagesByHourOfWeek: [Int64],
    messagesBySizeClass: [SizeClass: Int64]
  ) {
    precondition(messagesByHourOfWeek.count == 168, "a week has 168 hours")
    self.period = period
    self.partners = partners
    self.messagesByHourOfWeek = messagesByHourOfWeek
    self.messagesBySizeClass = messagesBySizeClass
  }

  /// Messages by hour of the day in UTC, 24 of them.
  package func messagesByHourOfDay() throws(ArithmeticOverflow) -> [Int64] {
    var hours = Array(repeating: Int64(0), count: 24)
    for (index, messages) in messagesByHourOfWeek.enumerated() {
      hours[index % 24] = try hours[index % 24].addingChecked(messages)
    }
    return hours
  }
}

/// How many days "recent" usage looks back.
package let recentDays: Int64 = 90

/// What one partner exchanged in the 90 days.
package struct RecentPartnerUsage: Hashable, Sendable {
  package let partnerID: PartnerID
  /// By calendar month, as far as the month lies in the 90 days; in order.
  package let months: [RecentMonth]
  /// Messages of the last 30 of the 90 days.
  package let lastThirtyDays: Int64
  /// Messages of the 30 days before those.
  package let thirtyDaysBefore: Int64

  package init(
    partnerID: PartnerID, months: [RecentMonth], lastThirtyDays: Int64, thirtyDaysBefore: Int64
  ) {
    self.partnerID = partnerID
    self.months = months
    self.lastThirtyDays = lastThirtyDays
    self.thirtyDaysBefore = thirtyDaysBefore
  }

  /// What of a month lies in the 90 days.
  package func counts(in month: CalendarMonth) -> UsageCounts {
    months.first { $0.month == month }?.counts ?? UsageCounts()
  }
}

/// The part of a month that lies in the 90 days.
package struct RecentMonth: Hashable, Sendable {
  package let month: CalendarMonth
  package let counts: UsageCounts

  package init(month: CalendarMonth, counts: UsageCounts) {
    self.month = month
    self.counts = counts
  }
}

/// What one partner exchanged in one hour, both directions together.
package struct PartnerHourUsage: Hashable, Sendable {
  package let partnerID: PartnerID
  package let usage: HourUsage

  package init(partnerID: PartnerID, usage: HourUsage) {
    self.partnerID = partnerID
    self.usage = usage
  }
}

/// What one partner exchanged on one day, both directions together.
package struct PartnerDayUsage: Hashable, Sendable {
  package let partnerID: PartnerID
  package let date: CalendarDate
  package let counts: UsageCounts

  package init(partnerID: PartnerID, date: CalendarDate, counts: UsageCounts) {
    self.partnerID = partnerID
    self.date = date
    self.counts = counts
  }
}

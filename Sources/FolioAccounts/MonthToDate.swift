package import FolioBilling
package import FolioRating

/// A month up to the instant through which its usage is complete: what a verdict on the running month rests on.
package struct MonthToDate {
  package let counts: UsageCounts
  /// As in the month's usage, those that are over.
  package let hours: [HourUsage]
  /// Partners with at least one message in it.
  package let activePartners: Int64
  /// Nil when no plan is known that could rate the month.
  package let charges: Charges?
  /// Messages while no plan was in force; nil when the plan is not known.
  package let unplannedMessages: Int64?
}

extension UsageCounts {
  /// What is left without `other`; nothing goes below zero.
  package func without(_ other: UsageCounts) -> UsageCounts {
    let rest = max(0, messages - other.messages)
    return UsageCounts(
      messages: rest, failed: min(rest, max(0, failed - other.failed)), bytes: max(0, bytes - other.bytes))
  }
}

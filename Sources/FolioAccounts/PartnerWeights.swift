import FolioBilling
import FolioRating

/// How partners weigh in a month's charges: by their messages, and where prices change, by those of each price.
struct PartnerWeights {
  private let segments: [PlanSegment]
  private let chargesFailed: Bool
  /// Empty where prices do not change within the month.
  private let hours: [PartnerID: [HourUsage]]

  /// - Parameter end: later hours are left out; nil for none.
  init(_ usage: MonthUsage, _ segments: [PlanSegment], before end: Timestamp? = nil) {
    self.segments = segments
    chargesFailed = PlanSegment.chargeFailedMessages(segments)
    hours = Dictionary(grouping: usage.partnerHours, by: \.partnerID).mapValues { rows in
      rows.map(\.usage).filter { usage in end.map { usage.hour.end <= $0 } ?? true }
    }
  }

  /// A partner's messages; failed ones count as delivered where nobody said how many they are.
  ///
  /// What a source stated beyond the readings is spread over the segments by time, as rating spreads it.
  func messages(of id: PartnerID?, _ counts: UsageCounts) throws(ArithmeticOverflow) -> PartnerMessages {
    let bySegment =
      hours.isEmpty
      ? []
      : try SegmentedUsage(segments: segments, total: counts, hours: id.flatMap { hours[$0] } ?? []).counts
    return PartnerMessages(
      partnerID: id, messages: counts.messages,
      charged: chargesFailed ? nil : counts.messages - counts.failed, bySegment: bySegment)
  }
}

import FolioBilling
import FolioRating
import Testing

@Suite struct PlanTimelineTests {
  private func subscription(
    _ id: String, from: Timestamp, plans: [(Timestamp, String)] = [], trialEndsAt: Timestamp? = nil,
    canceledAt: Timestamp? = nil, atPeriodEnd: Bool = false, prorates: Bool = true
  ) throws -> Subscription {
    let changes = plans.isEmpty ? [(from, "a")] : plans
    return Subscription(
      id: try SubscriptionID(id), startedAt: from, trialEndsAt: trialEndsAt,
      changes: try changes.map {
        SubscriptionChange(effectiveAt: $0.0, planID: try PlanID($0.1), prorates: prorates)
      },
      cancellation: canceledAt.map { SubscriptionCancellation(canceledAt: $0, atPeriodEnd: atPeriodEnd) })
  }

  private func plans() throws -> [PlanVersion] {
    [
      try plan("b", basePlusUsage("599", "0.04")), try plan("a", basePlusUsage()),
      try plan("c", basePlusUsage("99")),
    ]
  }

  private func timeline(_ subscriptions: [Subscription], _ more: [PlanVersion] = []) throws -> PlanTimeline {
    PlanTimeline(subscriptions: subscriptions, plans: try plans() + more)
  }

  private func describe(_ segments: [PlanSegment]) -> [String] {
    segments.map {
      "\($0.period.start.text.dropFirst(5).prefix(5))…\($0.period.end.text.dropFirst(5).prefix(5)) "
        + $0.plan.planID.text + ($0.isTrial ? " trial" : "")
    }
  }

  private func segments(_ timeline: PlanTimeline) throws -> [String] {
    describe(try timeline.segments(of: month().period))
  }

  private let longAgo = Timestamp(secondsSinceEpoch: 1_600_000_000)

  @Test func `a plan that goes on is one segment`() throws {
    let timeline = try timeline([subscription("s", from: longAgo)])
    #expect(try segments(timeline) == ["01-01…02-01 a"])
  }

  @Test func `start and end bound the segments`() throws {
    let timeline = try timeline([subscription("s", from: january(5), canceledAt: january(20))])
    #expect(try segments(timeline) == ["01-05…01-20 a"])
    #expect(try timeline.segments(of: month("2024-02").period).isEmpty)
    let toMonthEnd = try self.timeline([
      subscription("s", from: longAgo, canceledAt: january(20), atPeriodEnd: true)
    ])
    #expect(try segments(toMonthEnd) == ["01-01…02-01 a"])
    #expect(try toMonthEnd.segments(of: month("2024-02").period).isEmpty)
  }

  @Test func `a change of plan splits where it takes effect`() throws {
    let changes = [(longAgo, "a"), (try january(11), "b")]
    let now = try timeline([subscription("s", from: longAgo, plans: changes)])
    #expect(try segments(now) == ["01-01…01-11 a", "01-11…02-01 b"])
    let later = try timeline([subscription("s", from: longAgo, plans: changes, prorates: false)])
    #expect(try segments(later) == ["01-01…02-01 a"])
    #expect(try describe(later.segments(of: month("2024-02").period)) == ["02-01…03-01 b"])
  }

  @Test func `a change of the base fee alone splits, too`() throws {
    let timeline = try timeline([
      subscription("s", from: longAgo, plans: [(longAgo, "a"), (january(11), "c")])
    ])
    #expect(try segments(timeline).count == 2)
  }

  @Test func `a new version of the plan splits, unless its terms are the same`() throws {
    let dearer = try plan("a", basePlusUsage("299", "0.06"), from: january(11))
    let changed = try timeline([subscription("s", from: longAgo)], [dearer])
    #expect(try changed.segments(of: month().period).map(\.plan.effectiveAt).last == january(11))
    let renamed = PlanVersion(
      planID: try PlanID("a"), name: "Renamed", effectiveAt: try january(11),
      terms: try basePlusUsage("299", "0.050"))
    let same = try timeline([subscription("s", from: longAgo)], [renamed])
    #expect(try same.segments(of: month().period).map(\.plan.name) == ["Renamed"])
  }

  @Test func `the first version of a plan also holds before it`() throws {
    let late = PlanTimeline(
      subscriptions: [try subscription("s", from: longAgo)],
      plans: [try plan("a", basePlusUsage(), from: instant("2030-01-01T00:00:00Z"))])
    #expect(try segments(late) == ["01-01…02-01 a"])
  }

  @Test func `the end of a trial splits`() throws {
    let timeline = try timeline([subscription("s", from: january(3), trialEndsAt: january(17))])
    #expect(try segments(timeline) == ["01-03…01-17 a trial", "01-17…02-01 a"])
  }

  @Test(arguments: [false, true])
  func `a subscription that starts later replaces the earlier one`(reversed: Bool) throws {
    let both = [
      try subscription("s1", from: longAgo),
      try subscription("s2", from: january(10), plans: [(january(10), "b")], canceledAt: january(20)),
    ]
    let timeline = try timeline(reversed ? both.reversed() : both)
    #expect(try segments(timeline) == ["01-01…01-10 a", "01-10…01-20 b"])
  }

  @Test func `a gap between subscriptions stays a gap`() throws {
    let both = [
      try subscription("s1", from: longAgo, canceledAt: january(10)),
      try subscription("s2", from: january(20)),
    ]
    #expect(try segments(timeline(both)) == ["01-01…01-10 a", "01-20…02-01 a"])
  }

  @Test func `a plan that nobody defined is an error`() throws {
    let timeline = try timeline([subscription("s", from: longAgo, plans: [(longAgo, "gone")])])
    #expect(throws: RatingError.unknownPlan(try PlanID("gone"))) { try timeline.segments(of: month().period) }
  }
}

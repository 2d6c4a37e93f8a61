import FolioBilling
import FolioWebhooks
import Testing

@Suite struct RebuildScheduleTests {
  private var schedule = RebuildSchedule()

  private func stale(_ cause: StalePortal.Cause, _ numbers: Range<Int>) throws -> [StalePortal] {
    try numbers.map { StalePortal(customer: try CustomerID("cus_\($0)"), cause: cause) }
  }

  @Test mutating func `changed portals come before the others`() throws {
    let (day, changed) = (try stale(.common, 0..<100), try stale(.changed, 200..<203))
    #expect(schedule.next(of: day + changed, at: .zero) == Set(changed.map(\.customer)))
    #expect(schedule.nextLook(at: .zero) == .zero)
  }

  @Test mutating func `due dates come before what all portals share, and a round is small`() throws {
    let (day, due) = (try stale(.common, 0..<100), try stale(.due, 200..<203))
    let chosen = schedule.next(of: day + due, at: .zero)
    #expect(chosen.count == RebuildSchedule.othersLimit && chosen.isSuperset(of: due.map(\.customer)))
  }

  @Test mutating func `changed portals beyond the limit wait for the next round`() throws {
    let changed = try stale(.changed, 0..<RebuildSchedule.changedLimit + 1)
    let chosen = schedule.next(of: changed, at: .zero)
    #expect(chosen.count == RebuildSchedule.changedLimit && schedule.nextLook(at: .zero) == .zero)
    schedule.note(made: Array(chosen), failed: [], at: .seconds(1))
    let rest = changed.filter { !chosen.contains($0.customer) }
    #expect(schedule.next(of: rest, at: .seconds(1)).count == 1 && schedule.nextLook(at: .seconds(1)) == nil)
  }

  @Test mutating func `a portal that failed is tried again later and later, and the others at once`() throws {
    let both = try stale(.changed, 0..<2)
    _ = schedule.next(of: both, at: .zero)
    schedule.note(made: [both[1].customer], failed: [both[0].customer], at: .zero)
    #expect(schedule.next(of: both, at: .milliseconds(999)) == [both[1].customer])
    #expect(schedule.nextLook(at: .milliseconds(999)) == .seconds(1) && schedule.failing == 1)
    #expect(schedule.next(of: both, at: .seconds(1)).count == 2)
    let waits = [1, 2, 3, 9, 10, 64].map { RebuildSchedule.wait(after: $0) }
    #expect(waits == [.seconds(1), .seconds(2), .seconds(4), .seconds(256), .seconds(300), .seconds(300)])
  }

  @Test mutating func `the age of the oldest change counts from when it was first seen`() throws {
    let changed = try stale(.changed, 0..<1)
    _ = schedule.next(of: changed, at: .seconds(5))
    _ = schedule.next(of: changed, at: .seconds(9))
    #expect(schedule.oldestAge(at: .seconds(9)) == .seconds(4))
    schedule.note(made: changed.map(\.customer), failed: [], at: .seconds(9))
    #expect(schedule.oldestAge(at: .seconds(9)) == nil)
  }

  @Test mutating func `while rounds fail as a whole, something waits since the first of them`() {
    schedule.noteFailedRound(at: .seconds(5))
    schedule.noteFailedRound(at: .seconds(7))
    #expect(schedule.oldestAge(at: .seconds(9)) == .seconds(4))
    schedule.note(made: [], failed: [], at: .seconds(9))
    #expect(schedule.oldestAge(at: .seconds(9)) == nil)
  }

  @Test mutating func `a portal that is no longer stale is forgotten`() throws {
    let changed = try stale(.changed, 0..<1)
    _ = schedule.next(of: changed, at: .zero)
    schedule.note(made: [], failed: changed.map(\.customer), at: .zero)
    _ = schedule.next(of: [], at: .seconds(1))
    #expect(schedule.failing == 0 && schedule.nextLook(at: .seconds(1)) == nil)
  }

  @Test func `the rest after a round grows with it, to a limit`() {
    #expect(RebuildSchedule.rest(after: .milliseconds(20)) == .milliseconds(60))
    #expect(RebuildSchedule.rest(after: .seconds(60)) == .seconds(5))
  }
}

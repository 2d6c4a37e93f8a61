import FolioBilling
import FolioCommands
import FolioSite
import FolioWebhooks
import Testing

@Suite struct StalePortalsTests {
  private let customer: CustomerID
  private let morning: Timestamp

  init() throws {
    customer = try CustomerID("cus_a")
    morning = try #require(Timestamp("2024-03-10T08:00:00Z"))
  }

  private func cause(_ reasons: BuildReason..., isDue: Bool = false) -> StalePortal.Cause? {
    let portal = BuildPlan.Portal(customer: customer, name: "a", reasons: reasons)
    return StalePortals.of([portal]) { _, _ in isDue ? [customer] : [] }.first?.cause
  }

  @Test func `a customer's own facts come first, a missing portal next`() {
    #expect(cause(.facts(changes: 1), .configuration) == .changed)
    #expect(cause(.first) == .missing && cause(.displaced) == .missing)
    #expect(cause(.sharedFacts) == .common && cause(.configuration) == .common)
  }

  @Test func `another day is due where a date falls into the span, else common`() {
    let tomorrow = BuildReason.time(from: morning, to: morning.adding(seconds: 86_400))
    #expect(cause(tomorrow) == .common)
    #expect(cause(tomorrow, isDue: true) == .due)
  }

  @Test func `an instant of the same day may stay for a quarter of an hour`() {
    let lifetime = StalePortals.instantLifetimeSeconds
    #expect(cause(.time(from: morning, to: morning.adding(seconds: lifetime - 1))) == nil)
    #expect(cause(.time(from: morning, to: morning.adding(seconds: lifetime))) == .common)
    #expect(cause(.time(from: morning, to: morning.adding(seconds: -1))) == .common)
    #expect(cause(.time(from: morning, to: morning.adding(seconds: 1)), .configuration) == .common)
  }
}

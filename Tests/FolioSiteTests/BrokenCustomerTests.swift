import FolioBilling
import FolioSite
import FolioTestSupport
import Foundation
import Testing

@Suite struct BrokenCustomerTests {
  private let shop: Shop

  init() throws {
    shop = try Shop(customers: "cus_a", "cus_b")
    try shop.build()
  }

  /// Gives a customer a plan in another currency, which no month can be charged in.
  private func breakAccount(of customer: String) throws {
    try shop.apply(EventLines.plan("plan_\(customer)", currency: "eur"))
    try shop.apply(EventLines.planChange(of: customer, to: "plan_\(customer)", at: "2024-03-02T00:00:00Z"))
  }

  @Test func `a customer that cannot be made keeps the last portal while others are published`() throws {
    let before = try shop.files()
    try breakAccount(of: "cus_a")
    try shop.rename("cus_b")
    let report = try shop.build()
    #expect(report.failures.map(\.customer.text) == ["cus_a"])
    #expect(report.portals.map(\.customer.text) == ["cus_b"])
    let after = try shop.files()
    #expect(after.filter { $0.key.hasPrefix("cus_a") } == before.filter { $0.key.hasPrefix("cus_a") })
    #expect(after.filter { $0.key.hasPrefix("cus_b") } != before.filter { $0.key.hasPrefix("cus_b") })
    let next = try shop.build()
    #expect(next.failures.map(\.customer.text) == ["cus_a"], "it is tried again")
    #expect(next.portals.isEmpty)
  }

  @Test func `the shared files of a portal that stays behind stay, too`() throws {
    let assets = try shop.files().keys.filter { $0.hasPrefix("assets/") }
    try breakAccount(of: "cus_a")
    shop.configuration.theme = try theme("#7a1fa2")
    try shop.build()
    let both = try shop.files().keys.filter { $0.hasPrefix("assets/") }
    #expect(Set(both).isSuperset(of: assets) && both.count == assets.count + 1)
    try shop.delete("cus_a")
    try shop.build()
    #expect(try shop.files().keys.filter { $0.hasPrefix("assets/") }.count == assets.count)
    #expect(try shop.equalsFreshBuild())
  }

  @Test func `a portal stays at its address until one can be made at another`() throws {
    try shop.build(key: SiteKey(demoSeed: 1))
    let name = try #require(shop.build(key: SiteKey(demoSeed: 1)) { $0.isFull = true }.portals.first?.name)
    try breakAccount(of: "cus_a")
    for _ in 0..<2 {
      let report = try shop.build(key: SiteKey(demoSeed: 2))
      #expect(
        report.failures.map(\.customer.text) == ["cus_a"]
          && report.plan.removals.allSatisfy { $0.name != name })
      #expect(try shop.files().keys.contains(name + "/index.html"))
    }
  }

  private func theme(_ accent: String) throws -> Theme {
    try SiteConfiguration(Array(#"{"accent_color": "\#(accent)"}"#.utf8), file: "portal.json").theme
  }

  @Test func `all or nothing changes nothing when one fails`() throws {
    let before = try shop.files()
    try breakAccount(of: "cus_a")
    try shop.rename("cus_b")
    let error = #expect(throws: BuildError.self) { try shop.build { $0.isAllOrNothing = true } }
    guard case .portalsFailed(let failures)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(failures.map(\.customer.text) == ["cus_a"])
    #expect(try shop.files() == before)
  }

  @Test func `all or nothing publishes all when none fails`() throws {
    try shop.rename("cus_a")
    try shop.rename("cus_b")
    #expect(try shop.build { $0.isAllOrNothing = true }.portals.count == 2)
    #expect(try shop.equalsFreshBuild())
  }
}

import FolioTestSupport
import Foundation
import Testing

/// One total, one number: over all pages and feeds of a whole demo site, by a judge that shares no code with Folio.
@Suite(.enabled(if: python(with: "decimal") != nil || judgesAreRequired, "python3 is not installed"))
struct SameTotalsTests {
  private let folder: TemporaryFolder
  private var site: String { folder.path("demo/site") }

  init() throws { folder = try TemporaryFolder() }

  private func compare() throws -> ProgramRun {
    try Programs.run(try #require(python(with: "decimal")), [judge("same_totals.py"), site])
  }

  /// Replaces the first match of a pattern in a file of the first customer's portal.
  private func alter(_ path: String, in portal: String, _ pattern: String, _ text: String) throws {
    let file = "\(site)/\(portal)/\(path)"
    var content = try String(contentsOfFile: file, encoding: .utf8)
    let match = try #require(content.firstMatch(of: try Regex(pattern)), "\(path) has \(pattern)")
    content.replaceSubrange(match.range, with: text)
    try content.write(toFile: file, atomically: false, encoding: .utf8)
  }

  @Test func `the same total on two pages or feeds is the same over the whole demo`() throws {
    let demo = try folio("demo", folder.path("demo"), "--language", "en")
    #expect(demo.status == 0, "\(demo.words)")
    let run = try compare()
    #expect(run.status == 0, "\(run.output.prefix(4_000)) \(run.words)")
    #expect(run.output.contains("0 disagreements in "))
  }

  @Test func `a total that stands as two numbers is named with both places`() throws {
    let demo = try folio("demo", folder.path("demo"), "--customers", "1", "--language", "en")
    #expect(demo.status == 0, "\(demo.words)")
    let portals = try FileManager.default.contentsOfDirectory(atPath: site)
    let portal = try #require(portals.first { $0.utf8.count == 26 })
    try alter("feeds/reports/monthly/2026-03.json", in: portal, #""total": [0-9.]+"#, #""total": 1.00"#)
    try alter(
      "feeds/tax-summary/2026.json", in: portal, #""applicable_tax": [0-9.]+"#, #""applicable_tax": 2.00"#)
    let march = try json("\(site)/\(portal)/feeds/usage/2026-03.json").decimal("charges.total")
    let charges = try #require(march.map { String(format: "%.2f", $0) })
    try alter(
      "reports/annual/2026.html", in: portal, #"\$"# + charges.replacing(".", with: #"\."#), "$1.00")
    try alter("feeds/allocation.json", in: portal, #""cost": [0-9.]+"#, #""cost": 3.00"#)
    try alter(
      "exports/figures/usage/2026-03-days.csv", in: portal, "2026-03-05,[0-9]+,[0-9]+,[0-9]+,[0-9]+",
      "2026-03-05,1,1,0,2")
    try alter(
      "exports/figures/usage/2026-04-change.csv", in: portal, "[0-9.]+,charges_2026-03",
      "5.00,charges_2026-03")
    let run = try compare()
    #expect(run.status == 1)
    for words in [
      "cus_demo_0001: months: usage/2026-03 has", "reports/monthly has 1.00", "tax: tax 2026 has 2.00",
      "which reports/annual/2026.html does not say", "departments:", "index: feeds/index.json has",
      "figures: days of 2026-03 has", "figures: the first row and the steps of 2026-04 has",
    ] {
      #expect(run.output.contains(words), "\(words) in \(run.output.prefix(3_000))")
    }
  }
}

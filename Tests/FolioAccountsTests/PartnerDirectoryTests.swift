import FolioAccounts
import FolioBilling
import Testing

@Suite struct PartnerDirectoryTests {
  /// A month whose only partner is named by stated totals.
  private func stated(_ text: String, _ partner: String, name: String? = nil) throws -> MonthUsage {
    let row = StatedPartnerUsage(
      partnerID: try PartnerID(partner), name: name, messages: 5, bytes: 0, successRate: nil)
    let stated = StatedUsage(
      month: try month(text), messages: 5, inboundMessages: 5, outboundMessages: 0, totalPartners: 0,
      activePartners: 1, bytes: 0, partners: [row], days: [])
    return MonthUsage(month: try month(text), stated: stated)
  }

  @Test func `a partner that only stated usage names counts in the months after it, and not before`() throws {
    let usage = [MonthUsage(month: try month("2024-01")), try stated("2024-02", "prt_stated")]
    let directory = PartnerDirectory([Partner(id: try PartnerID("prt_a"), name: "A")], usage)
    let months = usage + [MonthUsage(month: try month("2024-03"))]
    #expect(months.map { directory.count(in: $0) } == [1, 2, 2])
  }

  @Test func `identifiers that differ in letter case alone are counted`() throws {
    let ids = try ["acme", "prt_b", "ACME", "Acme"].map { try PartnerID($0) }
    let directory = PartnerDirectory(ids.map { Partner(id: $0, name: nil) }, [])
    #expect(ids.map(directory.doubles) == [2, 0, 0, 1])
  }

  @Test func `a partner's own name goes before the latest that its source stated, and that before none`()
    throws
  {
    let usage = try [("2024-01", "Old"), ("2024-02", "New"), ("2024-03", nil)].map {
      try stated($0.0, "prt_stated", name: $0.1)
    }
    let id = try PartnerID("prt_stated")
    #expect(PartnerDirectory([], usage).name(of: id) == "New")
    #expect(PartnerDirectory([Partner(id: id, name: nil)], usage).displayName(of: id) == "New")
    #expect(PartnerDirectory([Partner(id: id, name: "Own")], usage).name(of: id) == "Own")
    #expect(PartnerDirectory([], []).name(of: id) == nil)
    #expect(PartnerDirectory([], []).displayName(of: id) == "prt_stated")
  }
}

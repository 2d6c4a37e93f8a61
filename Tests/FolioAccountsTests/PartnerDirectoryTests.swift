import FolioAccounts
import FolioBilling
import Testing

@Suite struct PartnerDirectoryTests {
  /// A month whose only partner is named by stated totals.
  private func stated(_ text: String, _ partner: String) throws -> MonthUsage {
    let row = StatedPartnerUsage(
      partnerID: try PartnerID(partner), name: nil, messages: 5, bytes: 0, successRate: nil)
    let stated = StatedUsage(
      month: try month(text), messages: 5, inboundMessages: 5, outboundMessages: 0, totalPartners: 0,
      activePartners: 1, bytes: 0, partners: [row], days: [])
    return MonthUsage(month: try month(text), stated: stated)
  }

  @Test func `a partner that only stated usage names counts in the months after it, and not before`() throws {
    let usage = [MonthUsage(month: try month("2024-01")), try stated("2024-02", "prt_stated")]
    let directory = PartnerDirectory([Partner(id: try PartnerID("prt_a"), name: "A")], usage)
    let months = usage + [MonthUsage(month: try month("2024-03"))]
    #expect(months.map(directory.count) == [1, 2, 2])
  }

  @Test func `identifiers that differ in letter case alone are counted`() throws {
    let ids = try ["acme", "prt_b", "ACME", "Acme"].map { try PartnerID($0) }
    let directory = PartnerDirectory(ids.map { Partner(id: $0, name: nil) }, [])
    #expect(ids.map(directory.doubles) == [2, 0, 0, 1])
  }
}

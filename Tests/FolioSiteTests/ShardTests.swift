import FolioBilling
import FolioSite
import Foundation
import Testing

@Suite struct ShardTests {
  @Test(arguments: ["", "1", "0/4", "5/4", "1/0", "1/4/2", "+1/4", "1/4097", "a/b", " 1/4", "1/"])
  func `what is no shard is refused`(text: String) { #expect(Shard(text) == nil) }

  @Test func `a shard is a number of a count`() throws {
    let shard = try #require(Shard("2/4"))
    #expect(shard.number == 2 && shard.count == 4 && shard.name == "2-of-4")
  }

  @Test func `the shards of a site together are the site, in one place or in several`() throws {
    let shop = try Shop(customers: "cus_a", "cus_b", "cus_c", "cus_d", "cus_e")
    try shop.build()
    let whole = try shop.files()
    var union: [String: Data] = [:]
    var made = 0
    for number in 1...3 {
      let shard = Shard(number: number, of: 3)
      let report = try shop.build(to: shop.folder + "/part-\(number)", shard: shard)
      made += report.portals.count
      union.merge(try shop.files(shop.folder + "/part-\(number)")) { $1 }
      try shop.build(to: shop.folder + "/together", shard: shard)
    }
    #expect(made == 5)
    #expect(union == whole)
    #expect(try shop.files(shop.folder + "/together") == whole)
  }

  @Test func `a shard removes its own portals alone`() throws {
    let shop = try Shop(customers: "cus_a", "cus_b", "cus_c", "cus_d")
    let shards = (1...2).compactMap { Shard(number: $0, of: 2) }
    for shard in shards { try shop.build(shard: shard) }
    for customer in ["cus_a", "cus_b", "cus_c", "cus_d"] { try shop.delete(customer) }
    let removed = try shards.map { try shop.build(shard: $0).plan.removals.count }
    #expect(removed.reduce(0, +) == 4 && !removed.contains(4))
    #expect(try shop.files().keys.allSatisfy { $0.hasPrefix("assets/") || $0 == ".folio" })
  }
}

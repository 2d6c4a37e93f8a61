import FolioBilling
import FolioPortal
import Hashing
import JSON
import Testing

@Suite(.enabled(if: SharedData.isPresent, "…/shared/spec is not beside the checkout"))
struct DocumentedFeedTests {
  @Test(arguments: [("billing", "billing"), ("usage", "usage/2024-01"), ("usage-current", "usage/current")])
  func `no documented field is absent where nothing is known`(answer: String, feed: String) throws {
    let statement = Statement(customer: try Samples.customer(), asOf: try at("2024-01-16T12:00:00Z"))
    let feed = try PortalFixture(statement).json("feeds/\(feed).json")
    #expect(missingMembers(of: feed, from: try SharedData.response(answer)) == [])
  }
}

@Suite struct FeedTests {
  @Test func `costs of partners and of what was not itemised add up to the cent`() throws {
    let text = try PortalFixture(Samples.imported()).text("feeds/usage/2024-01.json")
    #expect(text.contains("\"partner_name\": \"Enterprise Partner Corp\""))
    #expect(text.contains("\"cost\": 425.00,\n      \"cost_minor\": 42500"))
    #expect(text.contains("\"partner_id\": null,\n      \"partner_name\": \"Not itemised by the source\""))
    #expect(text.contains("\"cost\": 346.00"))
    #expect(text.contains("\"gross_message_charges\": 771.00,\n    \"unused_base\": 0.00"))
    #expect(text.contains("\"date\": null,\n      \"messages\": 14908"))
  }

  @Test(arguments: [("JPY", "300", "0.5", "4210"), ("KWD", "1.500", "0.0005", "4.210")])
  func `amounts have the digits of their currency`(
    code: String, base: String, rate: String, charges: String
  ) throws {
    let sample = try Samples.monthToDate()
    let statement = Statement(
      customer: try Samples.customer(currency: code), asOf: sample.asOf,
      usageCompleteThrough: sample.usageCompleteThrough, subscriptions: sample.subscriptions,
      plans: [try Samples.plan(code, base: base, rate: rate)], usage: sample.usage)
    let fixture = try PortalFixture(statement)
    #expect(fixture.text("feeds/usage/current.json").contains("\"estimated_charges\": \(charges),"))
    #expect(fixture.text("feeds/billing.json").contains("\"message_rate\": \(rate),"))
  }

  @Test func `there is no projection before a day of usage`() throws {
    let sample = try Samples.monthToDate()
    let statement = Statement(
      customer: sample.customer, asOf: try at("2024-01-01T23:59:59Z"),
      usageCompleteThrough: try at("2024-01-01T23:00:00Z"), subscriptions: sample.subscriptions,
      plans: sample.plans, usage: sample.usage)
    let text = try PortalFixture(statement).text("feeds/usage/current.json")
    #expect(text.contains("\"estimated_monthly_messages\": null"))
  }

  @Test func `months have no gap and end with the as-of time's`() throws {
    let statement = Statement(
      customer: try Samples.customer(), asOf: try at("2024-03-01T00:00:00Z"),
      usage: [try Samples.usage("2023-11", messages: 10)])
    let feeds = try PortalFixture(statement).order.filter { $0.hasPrefix("feeds/usage/2") }
    #expect(
      feeds.map { String($0.suffix(12).prefix(7)) } == [
        "2023-11", "2023-12", "2024-01", "2024-02", "2024-03",
      ])
  }

  @Test func `what no plan rates has no charges`() throws {
    let statement = Statement(
      customer: try Samples.customer(), asOf: try at("2024-01-16T12:00:00Z"),
      subscriptions: [try Samples.subscription()], usage: [try Samples.usage("2024-01", messages: 10)])
    let fixture = try PortalFixture(statement)
    #expect(fixture.text("feeds/usage/2024-01.json").contains("\"charges\": null"))
    #expect(fixture.text("feeds/usage/current.json").contains("\"estimated_charges\": null"))
    #expect(fixture.text("index.html").contains("No plan is known for January 2024"))
  }

  @Test func `the index of feeds comes last and its digests are right`() throws {
    let fixture = try PortalFixture(Samples.busy())
    #expect(fixture.order.last == "feeds/index.json")
    guard case .object(let index) = try fixture.json("feeds/index.json"),
      case .array(let feeds)? = index["feeds"]
    else { return #expect(Bool(false), "the index has feeds") }
    #expect(feeds.count == fixture.order.filter { $0.hasSuffix(".json") }.count - 1)
    for feed in feeds {
      guard case .object(let feed) = feed, case .string(let path)? = feed["path"],
        let bytes = fixture.files[path]
      else { return #expect(Bool(false), "a feed has a path") }
      #expect(feed["sha256"] == .string(SHA256.hexadecimal(of: bytes)))
      #expect(feed["bytes"] == .number(JSONNumber(Int64(bytes.count))))
    }
  }

  @Test func `feeds carry hostile names whole and escaped`() throws {
    let fixture = try PortalFixture(Samples.hostile())
    let bytes = try #require(fixture.files["feeds/usage/2024-01.json"])
    let names = partnerNames(try JSONParser.parse(bytes))
    for name in Samples.hostileNames { #expect(names.contains { $0.utf8.elementsEqual(name.utf8) }) }
    #expect(!String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{202E}"))
  }

  private func partnerNames(_ feed: JSONValue) -> [String] {
    guard case .object(let feed) = feed, case .array(let rows)? = feed["partner_breakdown"] else { return [] }
    return rows.compactMap { row in
      if case .object(let row) = row, case .string(let name)? = row["partner_name"] { name } else { nil }
    }
  }
}

/// Members of `expected`'s objects that `actual` does not have at the same place in the same order.
private func missingMembers(of actual: JSONValue, from expected: JSONValue, at path: String = "$") -> [String]
{
  guard case .object(let expected) = expected else { return [] }
  guard case .object(let actual) = actual else { return [path] }
  let names = actual.members.prefix(expected.members.count).map(\.name)
  if names != expected.members.map(\.name) { return [path] }
  return zip(actual.members, expected.members).flatMap {
    missingMembers(of: $0.value, from: $1.value, at: "\(path).\($1.name)")
  }
}

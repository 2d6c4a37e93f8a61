import FolioBilling
import FolioStore
import Foundation
import Testing

@Suite struct UsageCSVTests {
  private let header = "customer_id,partner_id,timestamp,direction,messages,failed,bytes\n"

  private func store() throws -> TemporaryStore {
    let store = try TemporaryStore()
    try store.apply([customerEvent(), customerEvent("cus_b")])
    return store
  }

  private let rows = [
    "cus_a,prt_1,2024-01-15T11:00:00Z,inbound,10,1,1000",
    "cus_a,prt_1,2024-01-15T12:00:00Z,outbound,20,0,2000",
    "cus_a,prt_2,2024-01-16T00:00:00Z,inbound,5,0,4242424242424242",
    "cus_b,prt_1,2024-01-15T11:00:00Z,inbound,7,0,1",
  ]

  @Test func `rows become one event a customer and day, whatever their order, line ends and file`() throws {
    let (one, other) = try (store(), store())
    let report = try one.importText(header + rows.joined(separator: "\n") + "\n")
    #expect((report.applied, report.refused, report.isKept) == (3, 0, true))
    let crlf = (header + rows.reversed().joined(separator: "\n")).replacingOccurrences(of: "\n", with: "\r\n")
    #expect(try other.importText(crlf, name: "other.csv").applied == 3)
    #expect(try StoreDump.lines(one.path) == StoreDump.lines(other.path))
    #expect(try one.statement("cus_a")?.usage.first?.days.count == 2)
    #expect(try one.statement("cus_a")?.usage.first?.days.first?.total().messages == 30)

    let again = try one.importText(header + rows.joined(separator: "\n"), name: "renamed.csv")
    #expect((again.applied, again.repeated) == (0, 3))
    #expect(try StoreDump.lines(one.path) == StoreDump.lines(other.path))
  }

  @Test func `of a day that the as-of cuts, the hours before it count`() throws {
    let store = try store()
    try store.importText(header + rows.joined(separator: "\n") + "\n")
    let statement = try #require(try store.statement("cus_a", asOf: "2024-01-15T12:30:00Z"))
    #expect(try statement.usage.first?.days.first?.total().messages == 10)
    #expect(statement.usage.first?.days.count == 1)
    #expect(statement.usageCompleteThrough?.text == "2024-01-15T12:00:00Z")
    #expect(statement.asOf.text == "2024-01-15T12:00:00Z")
  }

  @Test func `a row that is there twice counts once, and quotes are taken off`() throws {
    let store = try store()
    let quoted = rows[0].split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
    #expect(try store.importText(header + rows[0] + "\n" + quoted + "\n").applied == 1)
    #expect(try store.statement("cus_a")?.usage.first?.days.first?.total().messages == 10)
  }

  @Test(arguments: [
    "cus_a,prt_1,2024-01-15T11:00:00Z,inbound,11,1,1000",
    "cus_a,prt_1,2024-01-15T11:30:00Z,inbound,10,1,1000",
  ])
  func `two values for one slot are an error that names both lines`(row: String) throws {
    let store = try store()
    let before = try StoreDump.lines(store.path)
    let report = try store.importText(header + rows.prefix(2).joined(separator: "\n") + "\n" + row + "\n")
    #expect(report.problems.map(\.line) == [4])
    guard case .field(let error)? = report.problems.first?.reason else { throw NotAValue(text: "no field") }
    #expect(error.expected == .noConflict(otherLine: 2))
    #expect(!report.isKept)
    #expect(try StoreDump.lines(store.path) == before)
  }

  @Test(arguments: [
    ("cus a,prt_1,2024-01-15T11:00:00Z,inbound,10,1,1", "customer_id", FolioStore.Expectation.identifier),
    ("cus_a,,2024-01-15T11:00:00Z,inbound,10,1,1", "partner_id", .identifier),
    ("cus_a,prt_1,2024-02-30T11:00:00Z,inbound,10,1,1", "timestamp", .timestamp),
    ("cus_a,prt_1,2024-01-15T11:00:00Z,Inbound,10,1,1", "direction", .oneOf(["inbound", "outbound"])),
    (
      "cus_a,prt_1,2024-01-15T11:00:00Z,inbound,+10,1,1", "messages", .wholeNumber(least: 0, most: countLimit)
    ),
    ("cus_a,prt_1,2024-01-15T11:00:00Z,inbound,10,-1,1", "failed", .wholeNumber(least: 0, most: countLimit)),
    ("cus_a,prt_1,2024-01-15T11:00:00Z,inbound,10,11,1", "failed", .failedWithinMessages),
    ("cus_a,prt_1,2024-01-15T11:00:00Z,inbound,10,1,1.5", "bytes", .wholeNumber(least: 0, most: countLimit)),
    ("cus_a,prt_1,2024-01-15T11:00:00Z,inbound,10,1", "row", .column),
    ("cus_a,prt_1,2024-01-15T11:00:00Z,inbound,4242424242424242,1,1", "row", .noCardData),
  ])
  func `a bad cell names its column and what belongs there`(
    row: String, column: String, expected: FolioStore.Expectation
  ) throws {
    let store = try store()
    let report = try store.importText(header + rows[0] + "\n\n" + row + "\n")
    guard case .field(let error)? = report.problems.first?.reason else { throw NotAValue(text: "no field") }
    #expect((error.path, report.problems.first?.line) == (column, 4))
    #expect(error.expected == expected)
    #expect((report.applied, report.isKept) == (0, false))
    #expect(try store.importText(header + rows[0] + "\n" + row + "\n", keepsGoing: true).applied == 1)
  }

  @Test func `a correction under a later time replaces what it corrects`() throws {
    let store = try store()
    try store.importText(header + rows[0])
    let corrected = header + "cus_a,prt_1,2024-01-15T11:00:00Z,inbound,4,0,1"
    #expect(try store.importText(corrected, usageTime: "2024-02-01T00:00:00Z").applied == 1)
    #expect(try store.importText(corrected, usageTime: "2024-02-01T00:00:00Z").repeated == 1)
    #expect(try store.statement("cus_a")?.usage.first?.days.first?.total().messages == 4)
    try store.importText(header + "cus_a,prt_1,2024-01-15T11:00:00Z,inbound,9,0,1")
    #expect(try store.statement("cus_a")?.usage.first?.days.first?.total().messages == 4)
  }

  @Test func `a day of more readings than an event holds is split`() throws {
    let store = try store()
    let many = (0..<10_001).map { index in
      "cus_a,p\(index / 24),2024-01-15T\(String(100 + index % 24).suffix(2)):00:00Z,inbound,1,0,1"
    }
    let report = try store.importText(header + many.joined(separator: "\n"))
    #expect((report.applied, report.refused) == (2, 0))
    #expect(try store.statement("cus_a")?.usage.first?.days.first?.total().messages == 10_001)
    #expect(try store.importText(header + many.reversed().joined(separator: "\n")).repeated == 2)
  }

  @Test(arguments: [
    "customer_id,partner_id\n", " customer_id,partner_id,timestamp,direction,messages,failed,bytes\n",
  ])
  func `another header is not taken for usage`(header: String) throws {
    let store = try store()
    let report = try store.importText(header + rows[0])
    guard case .field(let error)? = report.problems.first?.reason else { throw NotAValue(text: "no field") }
    #expect(error.expected == .knownShape)
    #expect(!report.isKept)
  }
}

import FolioAccounts
import FolioBilling
import FolioRating
import FolioTestSupport
import Testing

@Suite struct InvoicedSumTests {
  /// Twelve months of a customer whose usage is corrected up and down after every invoice.
  @Test(arguments: UInt64(1)...60)
  func `what is invoiced and what is carried over is what all months cost`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let months = (0..<12).map { CalendarMonth(ordinal: 2024 * 12 + $0) }
    var messages: [CalendarMonth: Int64] = [:]
    var invoices: [Invoice] = []
    var carriedOver: [CarriedCharge] = []
    for month in months {
      messages[month] = Int64.random(in: 0...30_000, using: &random)
      for earlier in messages.keys.sorted() where earlier < month && random.next() % 3 == 0 {
        messages[earlier] = Int64.random(in: 0...30_000, using: &random)
      }
      let facts = try facts(of: messages, invoices)
      let draft = try #require(try InvoiceDraft(of: month, from: facts))
      #expect(!draft.charges.total.isNegative)
      carriedOver = draft.carriedOver
      invoices.append(try invoice(draft))
    }
    let all = try facts(of: messages, invoices)
    let cost = try months.reduce(into: Int64(0)) {
      $0 += try #require(all.month($1)?.charges).total.minorUnits
    }
    let invoiced = invoices.reduce(into: Int64(0)) { $0 += $1.document.amountDue.minorUnits }
    #expect(invoiced + carriedOver.reduce(into: Int64(0)) { $0 += $1.amount.minorUnits } == cost)
  }

  private func facts(of messages: [CalendarMonth: Int64], _ invoices: [Invoice]) throws -> AccountFacts {
    try FolioAccountsTests.facts(
      messages.sorted { $0.key < $1.key }.map { try usage($0.key.text, messages: $0.value) },
      invoices: invoices, asOf: "2025-01-01T00:00:00Z")
  }
}

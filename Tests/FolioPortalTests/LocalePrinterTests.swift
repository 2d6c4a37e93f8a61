import FolioBilling
import FolioPortal
import Testing

@Suite struct LocalePrinterTests {
  /// The figures of a month's page, where usage and prices are given.
  private func page(
    messages: Int64, failed: Int64 = 0, code: String = "USD", base: String = "0", rate: String
  ) throws -> String {
    let sample = try Samples.monthToDate()
    let statement = Statement(
      customer: try Samples.customer(currency: code), asOf: sample.asOf, usageCompleteThrough: sample.asOf,
      subscriptions: sample.subscriptions, plans: [try Samples.plan(code, base: base, rate: rate)],
      usage: [try Samples.usage("2024-01", messages: messages, failed: failed)])
    return try PortalFixture(statement).text("usage/2024-01.html")
  }

  @Test(arguments: [
    ("USD", "0.0045", "10,000 × $0.0045 = $45.00"), ("JPY", "1.5", "10,000 × ¥1.5 = ¥15,000"),
    ("KWD", "0.05", "10,000 × KWD\u{A0}0.050 = KWD\u{A0}500.000"),
    ("EUR", "123.45", "10,000 × €123.45 = €1,234,500.00"),
  ])
  func `amounts read as their currency is written`(code: String, rate: String, text: String) throws {
    #expect(try page(messages: 10_000, code: code, rate: rate).contains(text))
  }

  @Test(
    arguments: [(10_000, 7, "99.93\u{A0}%"), (100_000, 1, "99.99\u{A0}%"), (10, 0, "100.00\u{A0}%")]
      as [(Int64, Int64, String)])
  func `a share is floored and has two digits`(messages: Int64, failed: Int64, text: String) throws {
    #expect(try page(messages: messages, failed: failed, rate: "0.01").contains(text))
  }

  @Test(
    arguments: [(1, "1,000\u{A0}B"), (2, "2.0\u{A0}KiB"), (2_147_484, "2.0\u{A0}GiB")] as [(Int64, String)])
  func `sizes have binary units`(messages: Int64, text: String) throws {
    #expect(try page(messages: messages, rate: "0.01").contains(text.replacing(",", with: "")))
  }
}

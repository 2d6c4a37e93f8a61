import FolioBilling
import FolioStore
import Testing

@Suite struct InboxReasonTests {
  private static let expectations: [FolioStore.Expectation] = [
    .object, .list(most: 7), .text(mostBytes: 64), .boolean, .identifier, .plainDecimal, .positive,
    .money(fractionDigits: 2), .wholeNumber(least: -1, most: 9_007_199_254_740_991), .timestamp, .wholeHour,
    .date,
    .calendarMonth, .currency, .country, .oneOf(["a", "b"]), .oneOf([]), .noCardData, .amountWithinInvoice,
    .periodInOrder, .wholeMonth, .invoiceOfCustomer, .customerNamed, .priceForModel("tiered"), .tiersInOrder,
    .knownShape, .markdownBytes(most: 8_192), .noConflict(otherLine: 3), .sumWithin64Bits, .sum(of: "a + b"),
    .failedWithinMessages, .languageTags, .color, .pixels(most: 24), .fontFamilies, .column,
    .json(line: 1, column: 2), .customerOfPath, .customerOfSource, .typeOfOneCustomer, .configuredSource,
    .fittingSubject, .intactCell,
  ]

  private func refused(_ id: String, _ error: FieldError) -> Delivery {
    Delivery(
      source: "s", id: id, customerID: nil, type: nil, digest: [1], verdict: .refused(error),
      body: [0x7B, 0x7D])
  }

  @Test func `whatever was expected of a refused event is listed as it was`() throws {
    let store = try TemporaryStore()
    let inbox = try Inbox(path: Inbox.path(forStoreAt: store.path))
    let errors = Self.expectations.map { FieldError(path: "data.x[3]", expected: $0, found: "\"é\"") }
    let deliveries = errors.enumerated().map { refused("m\($0)", $1) }
    _ = try inbox.accept(deliveries, receivedAt: now)
    var listed: [FieldError] = []
    try inbox.reader.forEachEntry(in: [.refused], store: nil) { listed += [$0.reason].compactMap(\.self) }
    #expect(listed == errors)
    #expect(Set(errors.map(\.code)).count == errors.count - 1)
  }

  @Test func `a field's name of any length can be listed`() throws {
    let store = try TemporaryStore()
    let inbox = try Inbox(path: Inbox.path(forStoreAt: store.path))
    let error = FieldError(
      path: String(repeating: "n", count: 100_000), expected: .noCardData, found: nil)
    _ = try inbox.accept([refused("m", error)], receivedAt: now)
    try inbox.reader.forEachEntry(in: [.refused], store: nil) { entry in
      #expect(entry.reason?.path.utf8.count == 120)
    }
  }
}

import FolioAccounts
import FolioBilling
import Testing

@Suite struct LargestFirstTests {
  @Test func `the largest come first without their signs, and equals as they stood`() throws {
    let amounts = [5, -7, 7, 0, -5, Int64.min]
    let usd = try currency("USD")
    let sorted = amounts.largestFirst { Money(minorUnits: $0, currency: usd) }
    #expect(sorted == [Int64.min, -7, 7, 5, -5, 0])
  }
}

import FolioBilling
import FolioTestSupport
import Testing

@Suite struct LargestRemainderTests {
  @Test(
    arguments: [
      (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]), (2, [1, 1, 1], [1, 1, 0]),
      (10, [0, 0], [10, 0]), (7, [0, 1, 0], [0, 7, 0]), (0, [3, 4], [0, 0]), (10, [1, 2, 4], [1, 3, 6]),
      (77_100, [8_500, 6_920], [42_500, 34_600]), (5, [], []),
    ] as [(Int64, [Int64], [Int64])])
  func `a split gives the missing units to the largest remainders`(
    amount: Int64, weights: [Int64], expected: [Int64]
  ) throws {
    #expect(amount.split(across: weights) == expected)
    let money = Money(minorUnits: amount, currency: try currency("USD"))
    #expect(money.split(across: weights).map(\.minorUnits) == expected)
  }

  @Test func `the parts always sum to the whole and stray less than one unit`() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<2_000 {
      let amount =
        Int64.random(in: .min...Int64.max, using: &random) >> Int64.random(in: 0...63, using: &random)
      let weights = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        Int64.random(in: 0...Int64.max, using: &random) >> Int64.random(in: 0...63, using: &random)
      }
      let parts = amount.split(across: weights)
      #expect(parts.reduce(into: Int128(0)) { $0 += Int128($1) } == Int128(amount))
      let total = weights.reduce(into: Int128(0)) { $0 += Int128($1) }
      guard total > 0 else { continue }
      for (part, weight) in zip(parts, weights) {
        let floor = Int128(amount) * Int128(weight) / total
        #expect(abs(Int128(part) - floor) <= 1)
        #expect(weight > 0 || part == 0)
      }
    }
  }
}

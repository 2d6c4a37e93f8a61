import Charting
import Testing

@Suite struct AxisTicksTests {
  @Test(
    arguments: [
      (0, [0, 1]), (-5, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]),
      (100, [0, 20, 40, 60, 80, 100]), (101, [0, 25, 50, 75, 100, 125]), (126, [0, 50, 100, 150]),
      (1_018, [0, 250, 500, 750, 1_000, 1_250]), (11, [0, 5, 10, 15]),
      (1_000_000_000_000, [0, 200, 400, 600, 800, 1_000].map { $0 * 1_000_000_000 }),
    ] as [(Int64, [Int64])])
  func `ticks are the smallest round step that covers the maximum in five`(maximum: Int64, values: [Int64]) {
    #expect(AxisTicks(covering: maximum).values == values)
  }

  @Test(
    arguments: [
      (-3...0, [-3, -2, -1, 0]), (-100...100, [-100, -50, 0, 50, 100]),
      (-1...100, [-20, 0, 20, 40, 60, 80, 100]), (-70...31, [-80, -60, -40, -20, 0, 20, 40]),
      (4...9, [0, 2, 4, 6, 8, 10]), (-9 ... -4, [-10, -8, -6, -4, -2, 0]), (0...0, [0, 1]),
    ] as [(ClosedRange<Int64>, [Int64])])
  func `an axis reaches below zero, and zero is a tick`(range: ClosedRange<Int64>, values: [Int64]) {
    #expect(AxisTicks(covering: range).values == values)
  }

  @Test(arguments: [1, 7, 99, 101, 12_345, 1_000_000_000_000] as [Int64])
  func `an axis has six intervals at most and covers both ends`(end: Int64) {
    for start in [-end * 3, -end, -end / 2, -1, 0] {
      let ticks = AxisTicks(covering: start...end)
      #expect(ticks.intervals <= 6)
      #expect(ticks.values.contains(0))
      #expect(ticks.values.first ?? 1 <= start && ticks.values.last ?? 0 >= end)
    }
  }

  @Test func `the largest numbers have an axis`() {
    #expect(AxisTicks(covering: .max).step == 2_000_000_000_000_000_000)
    #expect(AxisTicks(covering: .max).values.count == 5)
    #expect(AxisTicks(covering: .min ... .max).intervals == 4)
  }
}

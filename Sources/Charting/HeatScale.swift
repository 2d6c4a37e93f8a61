/// Levels of counts for the cells of a heat table, which is HTML with a number in each cell.
///
/// Linear, in six equal steps from zero to the greatest count, so that a cell of twice the level has about twice
/// the count. Level 0 is for zero alone: quantiles would give a quiet hour and an empty one the same colour in one
/// table and different ones in another.
package struct HeatScale: Hashable, Sendable {
  /// A level with the counts that have it.
  package struct Step: Hashable, Sendable {
    /// From 0 to 6.
    package let level: Int
    /// From the least count of the level to the greatest.
    package let counts: ClosedRange<Int64>
  }

  /// Above level 0.
  private static let levelCount: Int64 = 6

  /// The count at which the highest level ends; more has that level too.
  package let greatest: Int64

  /// A greatest count below zero is taken as zero.
  package init(greatest: Int64) { self.greatest = max(0, greatest) }

  /// From 0, for zero and less, to 6.
  package func level(of count: Int64) -> Int {
    if count <= 0 { return 0 }
    if count >= greatest { return Int(Self.levelCount) }
    return Int((Int128(count) * Int128(Self.levelCount) + Int128(greatest) - 1) / Int128(greatest))
  }

  /// `q0` to `q6`.
  package func className(of count: Int64) -> String { "q\(level(of: count))" }

  /// The levels that counts up to the greatest can have, from 0 on, so that a page can state the scale.
  ///
  /// A greatest count below six leaves levels out.
  package var steps: [Step] {
    let ends = (0...Self.levelCount).map { Int64(Int128(greatest) * Int128($0) / Int128(Self.levelCount)) }
    let upper = zip(ends, ends.dropFirst()).enumerated().compactMap { index, step in
      step.0 < step.1 ? Step(level: index + 1, counts: step.0 + 1...step.1) : nil
    }
    return [Step(level: 0, counts: 0...0)] + upper
  }
}

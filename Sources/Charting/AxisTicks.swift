/// The values at which an axis has a line: multiples of a round step that reach what is shown, zero among them.
package struct AxisTicks: Hashable, Sendable {
  /// The most steps that an axis on one side of zero takes; one on both sides takes one more.
  package static let intervalsLimit = 5

  /// The distance of two lines; positive.
  package let step: Int64
  /// How many steps the axis has below zero.
  package let intervalsBelow: Int
  /// How many steps the axis has above zero.
  package let intervalsAbove: Int

  /// Takes the axis from zero to `maximum` or beyond; one of zero or less gives the axis from 0 to 1.
  package init(covering maximum: Int64) { self.init(covering: 0...max(0, maximum)) }

  /// Takes the smallest step of {1, 2, 2.5, 5} × 10ⁿ, a whole number, that covers the range and zero in
  /// ``intervalsLimit`` intervals.
  ///
  /// Nothing to show gives the axis from 0 to 1.
  package init(covering range: ClosedRange<Int64>) {
    let (below, above) = (min(0, range.lowerBound).magnitude, max(0, range.upperBound).magnitude)
    guard below > 0 || above > 0 else {
      (step, intervalsBelow, intervalsAbove) = (1, 0, 1)
      return
    }
    let limit = UInt64(Self.intervalsLimit + (below > 0 && above > 0 ? 1 : 0))
    let step = Self.steps.first { ceiling(below, $0) + ceiling(above, $0) <= limit } ?? Self.largestStep
    self.step = step
    (intervalsBelow, intervalsAbove) = (Int(ceiling(below, step)), Int(ceiling(above, step)))
  }

  /// How many steps the axis has; at least one.
  package var intervals: Int { intervalsBelow + intervalsAbove }

  /// From the lowest to the highest; a tick beyond 64 bits is left out.
  package var values: [Int64] {
    (-intervalsBelow...intervalsAbove).compactMap { Int64(exactly: Int128(step) * Int128($0)) }
  }

  /// The upper end of the axis, at or above the maximum.
  var top: Int128 { Int128(step) * Int128(intervalsAbove) }

  /// The largest of {1, 2, 2.5, 5} × 10ⁿ in 64 bits, which covers all of them in four intervals.
  private static let largestStep: Int64 = 5_000_000_000_000_000_000

  /// Every smaller step, ascending; 2.5 is whole from 25 on.
  private static let steps: [Int64] = {
    var (steps, power): ([Int64], Int64) = ([1, 2, 5], 1)
    for _ in 1...18 {
      power *= 10
      steps += [power, power * 2, power / 10 * 25, power * 5]
    }
    return steps.dropLast()
  }()
}

private func ceiling(_ value: UInt64, _ divisor: Int64) -> UInt64 {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: UInt64(divisor))
  return quotient + (remainder > 0 ? 1 : 0)
}

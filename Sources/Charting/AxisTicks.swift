/// The values at which an axis from zero has a line: multiples of a round step that reach the maximum.
package struct AxisTicks: Hashable, Sendable {
  /// The most steps that an axis takes.
  package static let intervalsLimit = 5

  /// The distance of two lines; positive.
  package let step: Int64
  /// How many steps the axis has; at least one.
  package let intervals: Int

  /// Takes the smallest step of {1, 2, 2.5, 5} × 10ⁿ, a whole number, that covers `maximum` in
  /// ``intervalsLimit`` intervals.
  ///
  /// Nothing to show (a maximum of zero or below) gives the axis from 0 to 1.
  package init(covering maximum: Int64) {
    guard maximum > 0 else {
      (step, intervals) = (1, 1)
      return
    }
    step = Self.steps.first { ceiling(maximum, $0) <= Int64(Self.intervalsLimit) } ?? Int64.max
    intervals = Int(ceiling(maximum, step))
  }

  /// From zero to the top, ascending; a tick beyond 64 bits is left out.
  package var values: [Int64] {
    (0...intervals).compactMap { Int64(exactly: Int128(step) * Int128($0)) }
  }

  /// The upper end of the axis, at or above the maximum.
  var top: Int128 { Int128(step) * Int128(intervals) }

  /// Every step of 64 bits, ascending; 2.5 is whole from 25 on.
  private static let steps: [Int64] = {
    var (steps, power): ([Int64], Int64) = ([], 1)
    for exponent in 0...18 {
      steps += [power, power * 2] + (exponent > 0 ? [power / 10 * 25] : []) + [power * 5]
      if exponent < 18 { power *= 10 }
    }
    return steps
  }()
}

private func ceiling(_ value: Int64, _ divisor: Int64) -> Int64 {
  value / divisor + (value % divisor > 0 ? 1 : 0)
}

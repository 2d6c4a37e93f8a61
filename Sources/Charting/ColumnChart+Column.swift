extension ColumnChart {
  /// One column.
  package struct Column: Hashable, Sendable {
    /// From the zero line away, one for each series, at most four; parts below zero hang from the line.
    ///
    /// Nil is a gap, marked on the zero line: nobody knows, which is not zero. No parts are a span without a
    /// figure yet, drawn as nothing.
    package let parts: [Int64]?
    /// What the column is expected to reach, drawn as an outline beyond what it is; nil for none.
    package let projected: Int64?
    /// Whether the span is not over, so that the column is not to be compared with whole ones.
    package let isPartial: Bool
    /// The text below; nil for none.
    package let label: ChartLabel?
    /// The text above the column and its outline, or below one that hangs; nil for none. With a projection it
    /// stands at that, and has to say so. ``ChartLabels`` chooses those that fit.
    package let valueLabel: String?
    /// What a pointer reads on the column; empty for nothing.
    package let tip: String

    /// - Precondition: there are four parts at most.
    package init(
      parts: [Int64]?, projected: Int64? = nil, isPartial: Bool = false, label: ChartLabel? = nil,
      valueLabel: String? = nil, tip: String
    ) {
      precondition((parts ?? []).count <= 4, "a column has four series at most")
      self.parts = parts
      self.projected = projected
      self.isPartial = isPartial
      self.label = label
      self.valueLabel = valueLabel
      self.tip = tip
    }

    /// The lowest and the highest value that the axis has to reach; sums beyond 64 bits count as the largest
    /// numbers.
    var reach: ClosedRange<Int64> {
      let expected = projected ?? 0
      return min(sum { min(0, $0) }, expected)...max(sum { max(0, $0) }, expected)
    }

    /// Whether the column is below the zero line and nowhere above it.
    var hangs: Bool {
      let reach = reach
      return reach.upperBound <= 0 && reach.lowerBound < 0
    }

    private func sum(_ side: (Int64) -> Int64) -> Int64 {
      var sum = Int128(0)
      for part in parts ?? [] { sum += Int128(side(part)) }
      return Int64(clamping: sum)
    }
  }
}

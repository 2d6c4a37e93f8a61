/// Chooses which labels a chart shows, so that they do not touch on a telephone.
package enum ChartLabels {
  /// Labels below columns, one text for each, nil for a column that needs none.
  ///
  /// Essential are the first and the last with as many evenly between them as fit the narrowest plot; what fits a
  /// wide one between those is kept without being essential, and the rest is left out.
  ///
  /// - Complexity: O(n²) for n texts at worst.
  package static func columns(_ texts: [String?]) -> [ChartLabel?] {
    labels(texts) { Extent.slot($0, of: texts.count) }
  }

  /// Labels below the ends of spans, as ``CumulativeChart`` has them; chosen as ``columns(_:)`` chooses.
  package static func points(_ texts: [Int: String], spanCount: Int) -> [Int: ChartLabel] {
    let row = (0..<(texts.keys.max() ?? -1) + 1).map { texts[$0] }
    let labels = labels(row) { Extent(10_000 * Int64($0) / Int64(spanCount), 0) }
    return texts.keys.reduce(into: [:]) { $0[$1] = labels[$1] }
  }

  /// Texts above columns, nil for the columns that get none.
  ///
  /// The last value comes first, then the greatest, the first, and with `includingOthers` as many evenly between
  /// as fit; each only if it fits the narrowest plot beside those before it. A nil value has no text; `text` is
  /// asked with the number of a column.
  ///
  /// - Complexity: O(n), with others O(n²) at worst.
  package static func values(
    _ values: [Int64?], includingOthers: Bool = false, text: (Int) -> String
  ) -> [String?] {
    let known = values.enumerated().compactMap { index, value in value.map { (index, $0) } }
    let greatest = known.reversed().max { $0.1 < $1.1 }
    let texts = values.indices.map { values[$0] == nil ? nil : text($0) }
    let row = LabelRow(places(texts) { Extent.slot($0, of: values.count) })
    let others = includingOthers ? row.evenlySpread(in: LabelPlace.narrowPlot) : []
    let chosen = row.fitting(
      [known.last, greatest, known.first].compactMap { $0?.0 } + others, in: LabelPlace.narrowPlot)
    return values.indices.map { chosen.contains($0) ? texts[$0] : nil }
  }

  /// The labels among texts, which stand on columns by their numbers.
  private static func labels(_ texts: [String?], on column: (Int) -> Extent) -> [ChartLabel?] {
    let row = LabelRow(places(texts, on: column))
    let essential = row.evenlySpread(in: LabelPlace.narrowPlot)
    let shown = row.evenlySpread(in: LabelPlace.widePlot, dividing: max(1, essential.count - 1))
    var labels = [ChartLabel?](repeating: nil, count: texts.count)
    for number in shown {
      labels[number] = texts[number].map { ChartLabel($0, isEssential: essential.contains(number)) }
    }
    return labels
  }

  private static func places(_ texts: [String?], on column: (Int) -> Extent) -> [LabelPlace?] {
    texts.indices.map { index in texts[index].map { LabelPlace($0, on: column(index)) } }
  }
}

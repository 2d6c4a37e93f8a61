/// A text below a column or a point.
package struct ChartLabel: Hashable, Sendable {
  /// Short: it stands on one line.
  package let text: String
  /// Whether the label also shows where the plot is narrow.
  package let isEssential: Bool

  /// ``ChartLabels`` tells which texts have room.
  package init(_ text: String, isEssential: Bool = true) {
    self.text = text
    self.isEssential = isEssential
  }
}

/// What rows have in common whose values are the same but for some: a template makes the same of them around those.
package struct RowShape: Equatable, Sendable {
  /// Rows of one number and one variation, in whichever table, differ in nothing but the values that vary.
  package let number: UInt128
  package let variation: RowVariation

  package init(_ number: UInt128, _ variation: RowVariation) {
    self.number = number
    self.variation = variation
  }

  package static func == (first: RowShape, second: RowShape) -> Bool {
    first.number == second.number && first.variation === second.variation
  }
}

/// Which values of rows vary where the rows have one shape.
///
/// They are scalars, or not there, and a section on one is shown in all such rows or in none. A class, so that rows are
/// told apart by asking whether it is the same one.
package final class RowVariation: Sendable {
  let names: [TemplateName]
  let cells: TemplateName?
  let cellNames: [TemplateName]

  /// A value that varies.
  enum Value: Sendable {
    case own(TemplateName)
    /// Of a cell, by its number.
    case cell(Int, TemplateName)
  }

  /// - Parameters:
  ///   - names: those of the row's own values that vary.
  ///   - cells: the name of a table in the row.
  ///   - cellNames: those of the values that vary in its rows.
  package init(_ names: [TemplateName], cells: TemplateName? = nil, cellNames: [TemplateName] = []) {
    (self.names, self.cells, self.cellNames) = (names, cells, cellNames)
  }
}

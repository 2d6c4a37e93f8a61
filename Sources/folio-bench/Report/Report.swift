import OperatingSystem

/// The figures of a run: each for machines as it comes, all for people at the end.
final class Report {
  private(set) var figures: [Figure] = []

  /// - Parameters:
  ///   - most: the most that the value may be.
  ///   - least: the least that it may be.
  func add(
    _ name: String, _ value: Double, _ unit: String, target most: Double? = nil, atLeast least: Double? = nil
  ) throws {
    let target = most.map { Figure.Target.atMost($0) } ?? least.map { .atLeast($0) }
    let figure = Figure(name: name, value: value, unit: unit, target: target)
    figures.append(figure)
    try Terminal.writeOutput(figure.json)
  }

  /// A table with columns as wide as they need be.
  var table: String {
    let rows = figures.map(\.row)
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 1 ? space + cell.0 : cell.0 + space
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

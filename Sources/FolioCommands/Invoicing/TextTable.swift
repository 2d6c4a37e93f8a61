/// Rows of cells in columns, for people.
struct TextTable {
  /// Where a column's cells stand.
  enum Alignment {
    case start
    case end
  }

  private let columns: [(title: String, alignment: Alignment)]
  private var rows: [[String]] = []

  init(_ columns: (title: String, alignment: Alignment)...) { self.columns = columns }

  /// Adds a row with a cell for each column; foreign texts are made inert and cut at 40 scalars.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append(cells.map { printable($0, mostScalars: 40) })
  }

  /// The title row and the rows, without spaces at their ends.
  var lines: [String] {
    let all = [columns.map(\.title)] + rows
    let widths = columns.indices.map { column in all.map { width($0[column]) }.max() ?? 0 }
    return all.map { row in line(row, widths) }
  }

  private func line(_ row: [String], _ widths: [Int]) -> String {
    var text = ""
    for (column, cell) in row.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - width(cell))
      if column > 0 { text += "  " }
      let isLast = column == row.count - 1
      text += columns[column].alignment == .end ? padding + cell : cell + (isLast ? "" : padding)
    }
    return text
  }

  private func width(_ cell: String) -> Int { cell.unicodeScalars.count }
}

import Templating

/// Rows of a figure as the partial `figure-row` asks for them; no object is made for a row or a cell, of which a site
/// has millions.
final class FigureRows: TemplateTable {
  fileprivate let rows: ArraySlice<FigureRow>
  fileprivate let columns: [ShownColumn]
  fileprivate let page: FigurePlace
  fileprivate let names = FigureNames.all

  init(_ rows: ArraySlice<FigureRow>, _ columns: [ShownColumn], on page: FigurePlace) {
    (self.rows, self.columns, self.page) = (rows, columns, page)
  }

  var count: Int { rows.count }

  func value(of name: TemplateName, in row: Int) -> TemplateValue? {
    let index = rows.startIndex + row
    switch name.ordinal {
    case names.name: return rows[index].values[0]
    case names.href: return .text(rows[index].target.map(page.address))
    case names.note: return rows[index].extras?.note ?? .null
    case names.remark: return rows[index].extras?.remark ?? .null
    case names.cells: return .table(FigureCells(self, row: index))
    default: return nil
    }
  }

  /// Rows differ in their values alone where the same ones lead to pages and have notes, and the same cells are empty
  /// and have pictures. Classes of single cells are values, too; the others are of the columns.
  func shape(of row: Int) -> RowShape? {
    let row = rows[rows.startIndex + row]
    let isStyled = row.extras?.styles.isEmpty == false
    guard columns.count <= (isStyled ? 25 : 21) else { return nil }
    var number: UInt128 = row.target == nil ? 1 : 0b11
    if let extras = row.extras {
      number |= (extras.note.isTruthy ? 0b100 : 0) | (extras.remark.isTruthy ? 0b1000 : 0)
    }
    for index in 1..<columns.count {
      let contents = columns[index].contents(in: row)
      if isStyled {
        number = number &<< 5 | UInt128(truncatingIfNeeded: columns[index].styledShape(contents, in: row))
      } else {
        number = number &<< 6 | UInt128(truncatingIfNeeded: columns[index].shape(contents))
      }
    }
    return RowShape(number, isStyled ? names.styledRows : names.rows)
  }

  func value(of name: TemplateName, inCell cell: Int, of row: Int) -> TemplateValue? {
    let (row, column) = (rows[rows.startIndex + row], columns[cell + 1])
    switch name.ordinal {
    case names.value: return row.values[column.index]
    case names.picture: return row.extras?.pictures[column.index]
    case names.href: return row.extras?.targets[column.index].map { .text(page.address(of: $0)) }
    case names.style: return column.style(and: row.extras?.styles[column.index])
    default: return nil
    }
  }
}

/// The cells of one row behind its name.
private final class FigureCells: TemplateTable {
  private let table: FigureRows
  private let row: Int
  private let extras: FigureRow.Extras?

  init(_ table: FigureRows, row: Int) {
    (self.table, self.row) = (table, row)
    extras = table.rows[row].extras
  }

  var count: Int { max(0, table.columns.count - 1) }

  func value(of name: TemplateName, in cell: Int) -> TemplateValue? {
    let (names, index) = (table.names, table.columns[cell + 1].index)
    switch name.ordinal {
    case names.value: return table.rows[row].values[index]
    case names.style: return table.columns[cell + 1].style(and: extras?.styles[index])
    case names.isPlain: return .bool(isPlain(cell, index))
    case names.picture: return extras?.pictures[index] ?? .null
    case names.href: return .text(extras?.targets[index].map(table.page.address))
    case names.hasValue: return .bool(hasValue(cell, index))
    default: return nil
    }
  }

  private func hasValue(_ cell: Int, _ index: Int) -> Bool {
    table.columns[cell + 1].hasKey || table.rows[row].values[index].isTruthy
  }

  /// Whether the cell is a value and nothing else.
  private func isPlain(_ cell: Int, _ index: Int) -> Bool {
    guard table.rows[row].values[index].isTruthy else { return false }
    guard let extras else { return true }
    return extras.pictures[index]?.isTruthy != true && extras.targets[index] == nil
  }
}

/// The names that rows and cells answer to, at hand for each of millions of questions: looking up what is made once
/// for the run takes longer than comparing it.
private final class FigureNames: Sendable {
  static let all = FigureNames()

  let name = TemplateName.name.ordinal
  let href = TemplateName.href.ordinal
  let note = TemplateName.note.ordinal
  let remark = TemplateName.remark.ordinal
  let cells = TemplateName.cells.ordinal
  let style = TemplateName.style.ordinal
  let isPlain = TemplateName.isPlain.ordinal
  let picture = TemplateName.picture.ordinal
  let hasValue = TemplateName.hasValue.ordinal
  let value = TemplateName.value.ordinal
  let rows = RowVariation(
    [.name, .href, .note, .remark], cells: .cells, cellNames: [.value, .picture, .href])
  let styledRows = RowVariation(
    [.name, .href, .note, .remark], cells: .cells, cellNames: [.value, .picture, .href, .style])
}

/// A column that people see, with what its cells have in common.
///
/// A class, because each row asks each column what its cell looks like, and none is ever copied.
final class ShownColumn: Sendable {
  /// Among all columns of the table.
  let index: Int
  let hasKey: Bool
  /// The head of the column.
  let head: TemplateValue
  /// Two bits for the classes of its cells.
  private let classes: UInt8
  /// The classes of its cells; empty for none.
  private let style: String

  private init(_ column: FigureColumn, at index: Int) {
    self.index = index
    hasKey = column.key != nil
    style = column.isNumber ? column.isSecondary ? "n w" : "n" : column.isSecondary ? "w" : ""
    classes = (column.isNumber ? 1 : 0) | (column.isSecondary ? 2 : 0)
    // The first one's stands over names.
    let isPlain = index == 0 || style.isEmpty
    head = .fields([.label: .text(column.label), .style: isPlain ? .null : .text(style)])
  }

  /// The classes of a cell with a further one; null for none.
  func style(and further: String?) -> TemplateValue {
    guard let further else { return style.isEmpty ? .null : .text(style) }
    return .text(style.isEmpty ? further : style + " " + further)
  }

  /// A number below 64 for what a cell looks like whose classes are the column's.
  func shape(_ contents: UInt8) -> UInt8 { contents << 2 | classes }

  /// A number below 32 for what a cell looks like whose classes are its own.
  func styledShape(_ contents: UInt8, in row: FigureRow) -> UInt8 {
    contents << 1 | (style.isEmpty && row.extras?.styles[index] == nil ? 0 : 1)
  }

  /// Four bits for what stands in a cell.
  func contents(in row: FigureRow) -> UInt8 {
    let own: UInt8 = (hasKey ? 1 : 0) | (row.values[index].isTruthy ? 2 : 0)
    guard let extras = row.extras else { return own }
    let hasPicture = extras.pictures[index]?.isTruthy ?? false
    return own | (hasPicture ? 4 : 0) | (extras.targets[index] == nil ? 0 : 8)
  }

  /// Those of a table in their order.
  static func all(of table: FigureTable) -> [ShownColumn] {
    precondition(
      table.rows.allSatisfy { $0.values.count == table.columns.count }, "a row has a value for each column")
    return table.columns.indices.filter { !table.columns[$0].isForMachines }
      .map { ShownColumn(table.columns[$0], at: $0) }
  }
}

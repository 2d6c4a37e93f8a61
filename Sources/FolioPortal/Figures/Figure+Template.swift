import Templating

extension Figure {
  /// What the partial `figure` prints on a page.
  func templateValue(on page: FigurePlace) -> TemplateValue {
    let shown = FigurePages.rows(of: self, page: page.number)
    let isLast = shown.upperBound == table.rows.count
    return .fields([
      "id": .text(id), "title": .text(title), "is_named_by_data": .bool(isNamedByData), "subtitle": subtitle,
      "has_key": .bool(!key.isEmpty && page.number == 0),
      "key": .list(key.map { .fields(["style": .text($0.style), "label": .text($0.label)]) }),
      "chart": page.number == 0 ? chart : .null, "empty": empty, "is_open": .bool(isOpen || page.number > 0),
      "is_for_screens": .bool(isForScreens),
      "has_rows": .bool(!table.rows.isEmpty), "style": .text(table.style),
      "columns": .list(table.shownColumns.map { table.columns[$0].templateValue(isFirst: $0 == 0) }),
      "rows": .list(shown.map { table.templateValue(of: table.rows[$0], on: page) }),
      "total": isLast
        ? table.total.map { table.templateValue(of: FigureRow(values: $0), on: page) } ?? .null : .null,
      "csv_href": .text(page.sharedAddress(of: csvPath(onPageAt: page.firstPath))),
      "has_pages": .bool(FigurePages.count(of: self) > 1),
      "pages": .list(FigurePages.links(of: self, on: page)),
    ])
  }
}

/// Where a figure stands: the page, and which part of its rows that shows.
struct FigurePlace {
  /// The path of the page that opens the figure.
  let firstPath: String
  /// The path of the page itself.
  let path: String
  /// Before both, the folder of the page's language.
  let prefix: String
  /// 0 for the page that opens the figure.
  let number: Int

  /// The relative address of a page of the same language.
  func address(of target: String) -> String { PortalPaths.address(of: target, from: path) }

  /// The relative address of what all languages share.
  func sharedAddress(of target: String) -> String { PortalPaths.address(of: target, from: prefix + path) }
}

extension FigureColumn {
  /// The classes of its cells, and of one of them `further`; null for none.
  fileprivate func style(_ further: String? = nil) -> TemplateValue {
    let names = [isNumber ? "n" : nil, isSecondary ? "w" : nil, further].compactMap(\.self)
    return names.isEmpty ? .null : .text(names.joined(separator: " "))
  }

  /// The head of the column; the first one's stands over names.
  fileprivate func templateValue(isFirst: Bool) -> TemplateValue {
    .fields(["label": .text(label), "style": isFirst ? .null : style()])
  }
}

extension FigureTable {
  /// The indices of the columns that people see.
  fileprivate var shownColumns: [Int] { columns.indices.filter { !columns[$0].isForMachines } }

  private static let rowFields = FieldNames("name", "href", "note", "remark", "cells")
  private static let cellFields = FieldNames("style", "picture", "href", "has_value", "value")

  fileprivate func templateValue(of row: FigureRow, on page: FigurePlace) -> TemplateValue {
    precondition(row.values.count == columns.count, "a row has a value for each column")
    let cells = shownColumns.dropFirst().map { index in
      Self.cellFields.row(
        columns[index].style(row.styles[index]), row.pictures[index] ?? .null,
        .text(row.targets[index].map(page.address)),
        .bool(columns[index].key != nil || row.values[index].isTruthy),
        row.values[index])
    }
    return Self.rowFields.row(
      row.values[0], .text(row.target.map(page.address)), row.note, row.remark, .list(cells))
  }
}

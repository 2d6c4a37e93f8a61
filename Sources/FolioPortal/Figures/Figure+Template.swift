import Templating

extension Figure {
  /// What the partial `figure` prints on a page.
  func templateValue(on page: FigurePlace) -> TemplateValue {
    let shown = FigurePages.rows(of: self, page: page.number)
    let isLast = shown.upperBound == table.rows.count
    let columns = ShownColumn.all(of: table)
    return .fields([
      .id: .text(id), .title: .text(title), .isNamedByData: .bool(isNamedByData), .subtitle: subtitle,
      .hasKey: .bool(!key.isEmpty && page.number == 0),
      .key: .list(key.map { .fields([.style: .text($0.style), .label: .text($0.label)]) }),
      .chart: page.number == 0 ? chart : .null, .empty: empty, .isOpen: .bool(isOpen || page.number > 0),
      .isForScreens: .bool(isForScreens),
      .hasRows: .bool(!table.rows.isEmpty), .style: .text(table.style),
      .columns: .list(columns.map(\.head)),
      .rows: .table(FigureRows(table.rows[shown], columns, on: page)),
      .total: isLast
        ? table.total.map { .table(FigureRows([FigureRow(values: $0)], columns, on: page)) } ?? .null : .null,
      .csvHref: .text(page.sharedAddress(of: csvPath(onPageAt: page.firstPath))),
      .hasPages: .bool(FigurePages.count(of: self) > 1),
      .pages: .list(FigurePages.links(of: self, on: page)),
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
  /// From the page to the root of its language's pages.
  private let ascent: String

  init(firstPath: String, path: String, prefix: String, number: Int) {
    (self.firstPath, self.path, self.prefix, self.number) = (firstPath, path, prefix, number)
    ascent = PortalPaths.ascent(from: path)
  }

  /// The relative address of a page of the same language.
  func address(of target: String) -> String { ascent + target }

  /// The relative address of what all languages share.
  func sharedAddress(of target: String) -> String { PortalPaths.address(of: target, from: prefix + path) }
}

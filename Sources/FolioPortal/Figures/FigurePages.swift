import FolioBilling
import Templating

/// Further pages of a figure whose table has more rows than one page shows: compact rows, complete, never "others".
enum FigurePages {
  /// The rows of a page, the first one being 0.
  static func rows(of figure: Figure, page: Int) -> Range<Int> {
    let (limit, first, count) = (FigureTable.rowsLimit, figure.table.firstRows, figure.table.rows.count)
    if page == 0 { return 0..<min(first, count) }
    return min(first + (page - 1) * limit, count)..<min(first + page * limit, count)
  }

  static func count(of figure: Figure) -> Int {
    let (rest, limit) = (max(0, figure.table.rows.count - figure.table.firstRows), FigureTable.rowsLimit)
    return 1 + (rest + limit - 1) / limit
  }

  /// Where a figure's pages lie: the first is that of `path`, others in a folder beside it.
  ///
  /// `usage/2024-01.html` goes on in `usage/2024-01/partners-2.html`, `partners/index.html` in
  /// `partners/pages/partners-2.html`.
  static func path(of figure: Figure, onPageAt path: String, page: Int) -> String {
    if page == 0 { return path }
    let stem = PortalPaths.stem(of: path)
    let name = stem.split(separator: "/").last ?? stem
    let isIndex = name.utf8.elementsEqual("index".utf8)
    let folder = isIndex ? stem.dropLast("index".utf8.count) + "pages" : stem
    return "\(folder)/\(figure.id)-\(page + 1).html"
  }

  /// A link to each page, with the numbers of its first and last row.
  static func links(of figure: Figure, on place: FigurePlace) -> [TemplateValue] {
    (0..<count(of: figure)).map { number in
      let shown = rows(of: figure, page: number)
      return .fields([
        .first: .count(Int64(shown.lowerBound + 1)), .last: .count(Int64(shown.upperBound)),
        .isCurrent: .bool(number == place.number),
        .href: .text(place.address(of: path(of: figure, onPageAt: place.firstPath, page: number))),
      ])
    }
  }

  /// The further pages of a page's figures.
  ///
  /// - Throws: `MessageError`.
  static func further(of page: Page, _ messages: MessageCatalog) throws -> [Page] {
    try page.charts.compactMap(\.figure).flatMap { figure in
      try (0..<count(of: figure)).dropFirst().map { try further(figure, of: page, number: $0, messages) }
    }
  }

  private static func further(
    _ figure: Figure, of page: Page, number: Int, _ messages: MessageCatalog
  ) throws -> Page {
    let shown = rows(of: figure, page: number)
    let first = TemplateValue.count(Int64(shown.lowerBound + 1))
    let lead = try messages.sentence(
      "page.rows",
      [
        "first": first, "last": .count(Int64(shown.upperBound)),
        "count": .count(Int64(figure.table.rows.count)), "table": .text(figure.title),
      ])
    let heading = try messages.text(
      "page.part",
      ["heading": .text("\(page.heading): \(figure.title)"), "number": .integer(Int64(number + 1))])
    var part = Page(
      path: path(of: figure, onPageAt: page.path, page: number), template: "pages/figure-page",
      section: page.section, heading: heading, lead: lead, asOf: page.asOf, usage: page.usage,
      feed: page.feed,
      feedPath: page.feedPath,
      content: [
        .firstHref: .text(
          PortalPaths.address(of: page.path, from: path(of: figure, onPageAt: page.path, page: number))),
        .firstHeading: .text(page.heading),
      ], charts: [("rest", figure)])
    part.part = Page.Part(number: number, firstPath: page.path)
    return part
  }
}

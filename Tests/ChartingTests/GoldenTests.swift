import Charting
import FolioTestSupport
import Testing

/// The goldens are pages: a browser shows them with the colours of the site.
@Suite struct GoldenTests {
  @Test(arguments: [
    ("columns", Drawing.columns + Drawing.failures), ("cumulative", Drawing.cumulative),
    ("budgets", Drawing.budgets), ("bullets", Drawing.bullets),
    ("cells", Drawing.cells), ("differences", Drawing.differences), ("sparklines", Drawing.sparklines),
  ])
  func `charts are drawn as they were accepted`(name: String, drawings: [Drawing]) throws {
    let charts = ChartDirection.allCases.map { direction in
      let dir = direction == .leftToRight ? "ltr" : "rtl"
      let figures = drawings.filter { direction == .leftToRight || !$0.name.hasSuffix("year") }.map {
        "<h2>\($0.name)</h2><figure class=\"card\">\($0.markup(direction))</figure>"
      }
      return "<div dir=\"\(dir)\">\(figures.joined())</div>"
    }
    let head =
      "<!doctype html><meta charset=\"utf-8\"><title>\(name)</title>"
      + "<link rel=\"stylesheet\" href=\"../../../assets/css/folio.css\">"
    try expectGolden((head + charts.joined()).replacing("><", with: ">\n<") + "\n", "\(name).html")
  }
}

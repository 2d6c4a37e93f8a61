import FolioBilling
import Markup
import Templating

/// Where the files of an edition go: pages each under its language, feeds once for all languages.
///
/// A class, because the index of feeds grows while pages of all kinds are written.
final class PortalWriter {
  private let renderer: PageRenderer
  private let isFirst: Bool
  private let emit: (_ path: String, _ bytes: Span<UInt8>) throws -> Void
  private var index = FeedsIndex()
  /// The memory of one page after the other.
  private var buffer = ByteBuffer(capacity: 65_536)
  private var feedWriter = FeedWriter()
  /// The headings so far, so that no two pages have one title.
  private var headings: Set<String> = []

  /// - Parameter isFirst: whether the edition is the one that writes what all share.
  init(
    renderer: PageRenderer, isFirst: Bool,
    _ emit: @escaping (_ path: String, _ bytes: Span<UInt8>) throws -> Void
  ) {
    self.renderer = renderer
    self.isFirst = isFirst
    self.emit = emit
  }

  /// Writes a page, the further pages of its long tables, and the numbers of its figures once for all languages.
  func write(_ page: Page) throws {
    try writeAlone(page)
    for further in try FigurePages.further(of: page, renderer.messages) { try writeAlone(further) }
    guard isFirst else { return }
    for case let figure? in page.charts.map(\.figure) where !figure.table.rows.isEmpty {
      try figure.table.csv { try emit(figure.csvPath(onPageAt: page.path), $0) }
    }
  }

  private func writeAlone(_ page: Page) throws {
    buffer.removeAll(keepingCapacity: true)
    try renderer.render(page, titled: title(of: page), into: &buffer)
    try buffer.withSpan { try emit(renderer.languages.prefix + page.path, $0) }
  }

  /// The heading; where another page has shown the same, with the name of the page's file.
  private func title(of page: Page) -> String {
    let heading = DisplayText.neutralised(page.heading, scalarLimit: Self.titleScalarLimit)
    return headings.insert(heading).inserted ? heading : "\(heading) (\(page.name))"
  }

  /// The most of a heading that a title shows, so that what tells two pages apart is never cut.
  private static let titleScalarLimit = 80

  /// Writes a feed and lists it; `title` is the key of its words.
  func write(feed: some Feed, at path: String, title: String, period: CalendarMonth? = nil) throws {
    guard isFirst else { return }
    let title = try renderer.messages.text(title)
    try feedWriter.write(feed) { bytes in
      index.add(path, title: title, period: period, bytes: bytes)
      try emit(path, bytes)
    }
  }

  /// Writes the index of all feeds.
  func finish() throws {
    if isFirst { try feedWriter.write(index.object) { try emit(PortalPaths.feedsIndex, $0) } }
  }
}

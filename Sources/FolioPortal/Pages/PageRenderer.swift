import FolioBilling
import Markup
import Templating

/// Turns pages into bytes: adds what all pages share and runs the template.
///
/// Every page prints the customer's name, so one rule holds for all: a page is never of a time before the event that
/// gave the customer that name. No other fact in the frame has a time, and no other field of the customer dates a page.
struct PageRenderer {
  private let customer: Customer
  /// When the customer was last given another name; nil where nothing dates one.
  private let customerNamedAt: Timestamp?
  private let settings: PortalSettings
  let languages: PortalLanguages
  private let library: TemplateLibrary
  private let frames: PageFrames
  private let words: TemplateValue
  private let patterns = RowPatterns()

  init(
    customer: Customer, customerNamedAt: Timestamp?, settings: PortalSettings, languages: PortalLanguages,
    library: TemplateLibrary
  ) {
    self.customer = customer
    self.customerNamedAt = customerNamedAt
    self.settings = settings
    self.languages = languages
    let messages = languages.messages
    let library = library.replacing(.words, with: messages.words, of: messages.locale)
    self.library = library
    words = .object(messages.words)
    frames = PageFrames(customer: customer, settings: settings, languages: languages, library: library)
  }

  var messages: MessageCatalog { languages.messages }

  /// A page's bytes after what the buffer has, with a title that names the page among the portal's pages.
  ///
  /// - Throws: `PortalError.unknownTemplate`, `MessageError`, `TemplateRenderError`.
  func render(_ page: Page, titled title: String, into buffer: inout ByteBuffer) throws {
    guard let template = library.template(named: page.template) else {
      throw PortalError.unknownTemplate(page.template)
    }
    let values: TemplateObject = [.page: .object(try values(of: page, titled: title)), .words: words]
    try TemplateRenderer.render(
      template, context: [.object(page.feed), .object(values)], library: library, mode: .strict,
      printer: messages.printer, patterns: patterns, into: &buffer)
  }

  private func values(of page: Page, titled title: String) throws -> TemplateObject {
    let title = try messages.text(
      "page.title",
      [
        "page": .text(title), "customer": .text(customer.displayName),
        "service": .text(settings.serviceName),
      ])
    let frame = try frames.frame(of: page)
    let values: TemplateObject = [
      .menu: frame.menu,
      .title: .text(title),
      .heading: .text(page.heading),
      .lead: page.lead,
      .warnings: .list(page.warnings),
      .languages: .list(editions(of: page)),
      .feedHref: .text(PortalPaths.address(of: page.feedPath, from: place(of: page))),
      .freshness: .list(try freshness(of: page)),
      .charts: charts(of: page),
    ]
    // A name that both have is the frame's: what stands first is found.
    return values + frame.values + page.content
  }

  /// The figures by their names, and all of them in order as `all`.
  private func charts(of page: Page) -> TemplateValue {
    let place = FigurePlace(
      firstPath: page.part?.firstPath ?? page.path, path: page.path, prefix: languages.prefix,
      number: page.part?.number ?? 0)
    let values = page.charts.map { name, figure in
      (TemplateName(name), figure?.templateValue(on: place) ?? .null)
    }
    let all = values.map(\.1).filter(\.isTruthy)
    return .object(TemplateObject(values + [(.all, .list(all))]))
  }

  /// The page's path from the root of the portal.
  private func place(of page: Page) -> String { languages.prefix + page.path }

  /// The same page in each language, this one's included.
  private func editions(of page: Page) -> [TemplateValue] {
    languages.all.enumerated().map { index, other in
      .fields([
        .label: .text(other.locale.name), .language: .text(other.language),
        .direction: .text(other.locale.direction.rawValue), .isCurrent: .bool(index == languages.current),
        .href: .text(
          PortalPaths.address(of: languages.prefix(of: index) + page.path, from: place(of: page))),
      ])
    }
  }

  private func freshness(of page: Page) throws -> [TemplateValue] {
    let time = max(page.asOf, customerNamedAt ?? page.asOf)
    let asOf = try messages.sentence("page.as_of", ["as_of": .instant(time)])
    switch page.usage {
    case .through(let through):
      return [asOf, try messages.sentence("page.complete_through", ["through": .instant(through)])]
    case .unknown: return [asOf, try messages.sentence("page.complete_unknown")]
    case .irrelevant: return [asOf]
    }
  }
}

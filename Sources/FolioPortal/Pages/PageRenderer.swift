import FolioBilling
import Markup
import Templating

/// Turns pages into bytes: adds what all pages share and runs the template.
///
/// Every page prints the customer's name, so one rule holds for all: a page is never of a time before the event that
/// gave the customer that name. No other fact in the frame has a time, and no other field of the customer dates a page.
struct PageRenderer {
  let customer: Customer
  /// When the customer was last given another name; nil where nothing dates one.
  let customerNamedAt: Timestamp?
  let settings: PortalSettings
  let languages: PortalLanguages
  let library: TemplateLibrary

  var messages: MessageCatalog { languages.messages }

  private static let pageName = TemplateName("page")
  private static let wordsName = TemplateName("words")

  /// A page's bytes, with a title that names it among the portal's pages.
  ///
  /// - Throws: `PortalError.unknownTemplate`, `MessageError`, `TemplateRenderError`.
  func bytes(of page: Page, titled title: String) throws -> [UInt8] {
    guard let template = library.template(named: page.template) else {
      throw PortalError.unknownTemplate(page.template)
    }
    let shared = try frame(of: page, titled: title)
    let values = TemplateObject(shared.fields + page.content.fields)
    var context = page.feed
    context.add(Self.pageName, .object(values))
    context.add(Self.wordsName, messages.words)
    var buffer = ByteBuffer(capacity: 16_384)
    try TemplateRenderer.render(
      template, context: [.object(context)], library: library, mode: .strict, printer: messages.printer,
      into: &buffer)
    return buffer.bytes
  }

  private func frame(of page: Page, titled title: String) throws -> TemplateObject {
    let title = try messages.text(
      "page.title",
      [
        "page": .text(title), "customer": .text(customer.displayName),
        "service": .text(settings.serviceName),
      ])
    return TemplateObject([
      "title": .text(title),
      "heading": .text(page.heading),
      "lead": page.lead,
      "warnings": .list(page.warnings),
      "service": .text(settings.serviceName),
      "product": .text(try product()),
      "customer_name": .text(customer.displayName),
      "customer_id": .text(customer.name == nil ? nil : customer.id.text),
      "language": .text(messages.language),
      "direction": .text(messages.locale.direction.rawValue),
      "has_languages": .bool(languages.all.count > 1),
      "languages": .list(editions(of: page)),
      "stylesheet": .text(PortalPaths.address(ofAsset: settings.stylesheet, from: place(of: page))),
      "icon": .text(PortalPaths.address(ofAsset: settings.icon, from: place(of: page))),
      "logo": .text(settings.logoPath.map { PortalPaths.address(ofAsset: $0, from: place(of: page)) }),
      "navigation": .list(try NavigationGroup.allCases.map { try group($0, on: page) }),
      "section": .text(try messages.text("nav.\(page.section.rawValue)")),
      "links": .list(settings.links.map { .fields(["label": .text($0.label), "href": .text($0.url)]) }),
      "feed_href": .text(PortalPaths.address(of: page.feedPath, from: place(of: page))),
      "freshness": .list(try freshness(of: page)),
      "charts": charts(of: page),
    ])
  }

  /// The figures by their names, and all of them in order as `all`.
  private func charts(of page: Page) -> TemplateValue {
    let place = FigurePlace(
      firstPath: page.part?.firstPath ?? page.path, path: page.path, prefix: languages.prefix,
      number: page.part?.number ?? 0)
    let values = page.charts.map { name, figure in
      (name: TemplateName(name), value: figure?.templateValue(on: place) ?? .null)
    }
    let all = values.map(\.value).filter(\.isTruthy)
    return .object(TemplateObject(values + [(name: TemplateName("all"), value: .list(all))]))
  }

  /// The page's path from the root of the portal.
  private func place(of page: Page) -> String { languages.prefix + page.path }

  /// The same page in each language, this one's included.
  private func editions(of page: Page) -> [TemplateValue] {
    languages.all.enumerated().map { index, other in
      .fields([
        "label": .text(other.locale.name), "language": .text(other.language),
        "direction": .text(other.locale.direction.rawValue), "is_current": .bool(index == languages.current),
        "href": .text(
          PortalPaths.address(of: languages.prefix(of: index) + page.path, from: place(of: page))),
      ])
    }
  }

  /// What the service's name is followed by; nothing where the name says it already, in whichever language.
  private func product() throws -> String? {
    let name = settings.serviceName.asciiLowercased
    let isSaid = try languages.all.contains { try name.contains($0.text("nav.product").asciiLowercased) }
    return isSaid ? nil : try messages.text("nav.product")
  }

  private func group(_ group: NavigationGroup, on page: Page) throws -> TemplateValue {
    .fields([
      "label": .text(try messages.text("nav.group.\(group.rawValue)")),
      "entries": .list(try group.sections.map { try entry($0, on: page) }),
    ])
  }

  private func entry(_ section: NavigationSection, on page: Page) throws -> TemplateValue {
    .fields([
      "label": .text(try messages.text("nav.\(section.rawValue)")),
      "href": .text(PortalPaths.address(of: section.path, from: page.path)),
      "is_current": .bool(section == page.section),
    ])
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

extension String {
  /// The UTF-8 with letters of ASCII in lower case.
  fileprivate var asciiLowercased: [UInt8] { utf8.map { (65...90).contains($0) ? $0 + 32 : $0 } }
}

import FolioBilling
import Markup
import Templating

/// Turns pages into bytes: adds what all pages share and runs the template.
struct PageRenderer {
  let customer: Customer
  let settings: PortalSettings
  let messages: MessageCatalog
  let library: TemplateLibrary

  /// - Throws: `PortalError.unknownTemplate`, `MessageError`, `TemplateRenderError`.
  func bytes(of page: Page) throws -> [UInt8] {
    guard let template = library.template(named: page.template) else {
      throw PortalError.unknownTemplate(page.template)
    }
    let shared = try frame(of: page)
    let values = TemplateObject(shared.fields + page.content.fields)
    var context = page.feed.forPeople
    context.add(TemplateName("page"), .object(values.forPeople))
    context.add(TemplateName("words"), messages.words)
    var buffer = ByteBuffer(capacity: 16_384)
    try TemplateRenderer.render(
      template, context: [.object(context)], library: library, mode: .strict, printer: EnglishPrinter(),
      into: &buffer)
    return buffer.bytes
  }

  private func frame(of page: Page) throws -> TemplateObject {
    let title = try messages.text(
      "page.title",
      [
        "page": .text(page.heading), "customer": .text(customer.displayName),
        "service": .text(settings.serviceName),
      ])
    return TemplateObject([
      "title": .text(title),
      "heading": .text(page.heading),
      "lead": page.lead,
      "warnings": .list(page.warnings),
      "service": .text(settings.serviceName),
      "customer_name": .text(customer.displayName),
      "customer_id": .text(customer.name == nil ? nil : customer.id.text),
      "stylesheet": .text(PortalPaths.address(ofAsset: settings.stylesheet, from: page.path)),
      "icon": .text(PortalPaths.address(ofAsset: settings.icon, from: page.path)),
      "logo": .text(settings.logoPath.map { PortalPaths.address(ofAsset: $0, from: page.path) }),
      "navigation": .list(try NavigationSection.allCases.map { try entry($0, on: page) }),
      "links": .list(settings.links.map { .fields(["label": .text($0.label), "href": .text($0.url)]) }),
      "feed_href": .text(PortalPaths.address(of: page.feedPath, from: page.path)),
      "freshness": .list(try freshness(of: page)),
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
    let asOf = try messages.sentence("page.as_of", ["as_of": .instant(page.asOf)])
    switch page.usage {
    case .through(let through):
      return [asOf, try messages.sentence("page.complete_through", ["through": .instant(through)])]
    case .unknown: return [asOf, try messages.sentence("page.complete_unknown")]
    case .irrelevant: return [asOf]
    }
  }
}

extension TemplateObject {
  /// The same values with all text made harmless for those who read it, and cut; markup and scalars stay.
  ///
  /// - Complexity: O(n).
  var forPeople: TemplateObject {
    TemplateObject(fields.map { (name: $0.name, value: $0.value.forPeople) })
  }
}

extension TemplateValue {
  fileprivate var forPeople: TemplateValue {
    switch self {
    case .text(let text): .text(DisplayText.neutralised(text))
    case .list(let items): .list(items.map(\.forPeople))
    case .object(let object): .object(object.forPeople)
    case .null, .bool, .integer, .leaf, .markup: self
    }
  }

  /// A longer text of data or configuration as finished markup: harmless, escaped, cut at `longTextLimit`.
  static func longText(_ text: String?) -> TemplateValue {
    guard let text else { return .null }
    var buffer = ByteBuffer()
    buffer.append(DisplayText.neutralised(text, scalarLimit: longTextLimit), escaping: .htmlText)
    return .markup(buffer.bytes)
  }

  /// The longest wording that a page prints, in Unicode scalars.
  private static let longTextLimit = 2_000
}

import FolioBilling
import Markup
import Templating

/// What pages of one part of a portal and one depth of folders have in common, made once for all of them.
///
/// A class, because frames are added while pages are written.
final class PageFrames {
  private let customer: Customer
  private let settings: PortalSettings
  private let languages: PortalLanguages
  private let library: TemplateLibrary
  private var knownProduct: String??
  private var frames: [(section: NavigationSection, depth: Int, frame: Frame)] = []

  private var messages: MessageCatalog { languages.messages }

  struct Frame {
    let values: TemplateObject
    /// The markup of the navigation.
    let menu: TemplateValue
  }

  init(customer: Customer, settings: PortalSettings, languages: PortalLanguages, library: TemplateLibrary) {
    (self.customer, self.settings, self.languages, self.library) = (customer, settings, languages, library)
  }

  /// The frame of a page.
  ///
  /// - Throws: `PortalError.unknownTemplate`, `MessageError`, `TemplateRenderError`.
  func frame(of page: Page) throws -> Frame {
    let depth = PortalPaths.depth(of: page.path)
    if let known = frames.first(where: { $0.section == page.section && $0.depth == depth }) {
      return known.frame
    }
    let values = try makeFrame(of: page)
    let frame = Frame(values: values, menu: try menu(in: values))
    frames.append((page.section, depth, frame))
    return frame
  }

  /// Of `page` only its section and the depth of its path may tell.
  private func makeFrame(of page: Page) throws -> TemplateObject {
    let place = languages.prefix + page.path
    return [
      .service: .text(settings.serviceName),
      .product: .text(try product()),
      .customerName: .text(customer.displayName),
      .customerId: .text(customer.name == nil ? nil : customer.id.text),
      .language: .text(messages.language),
      .direction: .text(messages.locale.direction.rawValue),
      .hasLanguages: .bool(languages.all.count > 1),
      .stylesheet: .text(PortalPaths.address(ofAsset: settings.stylesheet, from: place)),
      .icon: .text(PortalPaths.address(ofAsset: settings.icon, from: place)),
      .logo: .text(settings.logoPath.map { PortalPaths.address(ofAsset: $0, from: place) }),
      .navigation: .list(try NavigationGroup.allCases.map { try group($0, on: page) }),
      .section: .text(try messages.text("nav.\(page.section.rawValue)")),
      .links: .list(settings.links.map { .fields([.label: .text($0.label), .href: .text($0.url)]) }),
    ]
  }

  /// The markup of the navigation, which is a fifth of all that pages print, made of the frame's values alone.
  private func menu(in values: TemplateObject) throws -> TemplateValue {
    let name = "partials/navigation"
    guard let template = library.template(named: name) else { throw PortalError.unknownTemplate(name) }
    let context: TemplateObject = [.page: .object(values), .words: .object(messages.words)]
    var buffer = ByteBuffer(capacity: 4_096)
    try TemplateRenderer.render(
      template, context: [.object(context)], library: library, mode: .strict, printer: messages.printer,
      into: &buffer)
    return .markup(buffer.bytes)
  }

  /// What the service's name is followed by; nothing where the name says it already, in whichever language.
  private func product() throws -> String? {
    if let knownProduct { return knownProduct }
    let product = try makeProduct()
    knownProduct = .some(product)
    return product
  }

  private func makeProduct() throws -> String? {
    let name = settings.serviceName.asciiLowercased
    let isSaid = try languages.all.contains { try name.contains($0.text("nav.product").asciiLowercased) }
    return isSaid ? nil : try messages.text("nav.product")
  }

  private func group(_ group: NavigationGroup, on page: Page) throws -> TemplateValue {
    .fields([
      .label: .text(try messages.text("nav.group.\(group.rawValue)")),
      .entries: .list(try group.sections.map { try entry($0, on: page) }),
    ])
  }

  private func entry(_ section: NavigationSection, on page: Page) throws -> TemplateValue {
    .fields([
      .label: .text(try messages.text("nav.\(section.rawValue)")),
      .href: .text(PortalPaths.address(of: section.path, from: page.path)),
      .isCurrent: .bool(section == page.section),
    ])
  }
}

extension String {
  /// The UTF-8 with letters of ASCII in lower case.
  fileprivate var asciiLowercased: [UInt8] { utf8.map { (65...90).contains($0) ? $0 + 32 : $0 } }
}

import FolioBilling
import Templating

/// One page before it is rendered: what every page has, and what only this one has.
struct Page {
  let path: String
  /// `pages/invoice`.
  let template: String
  let section: NavigationSection
  let heading: String
  /// The sentence that holds what the reader came for.
  let lead: TemplateValue
  /// The time that the page prints.
  let asOf: Timestamp
  /// What the page says of how complete usage is.
  let usage: UsageFreshness
  /// Sentences that warn, in order of weight.
  var warnings: [TemplateValue] = []
  /// The feed whose values the template sees under their names, and where that feed lies.
  let feed: TemplateObject
  let feedPath: String
  /// What else the template sees, in `page`.
  let content: TemplateObject
  /// Pictures with their numbers by the names under which the template sees them, in `page.charts`; nil for none.
  var charts: [(name: String, figure: Figure?)] = []
  /// What of its figures the page shows, where they have more rows than one page; nil for their beginnings.
  var part: Part?

  /// The file's name without its ending.
  var name: String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.dropLast(".html".utf8.count))
  }

  /// A further page of another page's figure.
  struct Part {
    /// 1 for the second page.
    let number: Int
    let firstPath: String
  }
}

/// Through when usage is complete.
enum UsageFreshness {
  case through(Timestamp)
  /// No source said so.
  case unknown
  /// The page shows nothing that further usage could change.
  case irrelevant

  init(_ completeThrough: Timestamp?) { self = completeThrough.map { .through($0) } ?? .unknown }
}

/// The groups of the navigation, in its order.
enum NavigationGroup: String, CaseIterable {
  case costs
  case invoicing
  case account

  var sections: [NavigationSection] {
    switch self {
    case .costs: [.overview, .usage, .partners, .departments, .savings, .budgets]
    case .invoicing: [.invoices, .tax, .reports]
    case .account: [.plan, .audit, .help]
    }
  }
}

/// The parts of a portal that the navigation leads to.
enum NavigationSection: String, CaseIterable {
  case overview
  case usage
  case partners
  case departments
  case savings
  case budgets
  case invoices
  case tax
  case reports
  case plan
  case audit
  case help

  var path: String {
    switch self {
    case .overview: PortalPaths.overview
    case .usage: PortalPaths.usageIndex
    case .partners: PortalPaths.partners
    case .departments: PortalPaths.departments
    case .savings: PortalPaths.savings
    case .budgets: PortalPaths.budgets
    case .invoices: PortalPaths.invoices
    case .tax: PortalPaths.tax
    case .reports: PortalPaths.reports
    case .plan: PortalPaths.plan
    case .audit: PortalPaths.audit
    case .help: PortalPaths.help
    }
  }
}

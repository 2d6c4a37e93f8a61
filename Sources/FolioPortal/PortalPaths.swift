package import FolioBilling

/// Where the files of a portal lie, relative to its directory; names come from identifiers and months alone.
package enum PortalPaths {
  package static let overview = "index.html"
  package static let usageIndex = "usage/index.html"
  package static let invoices = "invoices/index.html"
  package static let partners = "partners/index.html"
  package static let departments = "departments/index.html"
  package static let budgets = "budgets/index.html"
  package static let savings = "savings/index.html"
  package static let reports = "reports/index.html"
  package static let plan = "plan/index.html"
  package static let tax = "tax/index.html"
  package static let audit = "audit/index.html"
  package static let help = "help/index.html"
  package static let undatedAudit = "audit/undated.html"
  package static let billingFeed = "feeds/billing.json"
  package static let currentUsageFeed = "feeds/usage/current.json"
  package static let invoicesFeed = "feeds/invoices.json"
  package static let partnersFeed = "feeds/analytics/partners.json"
  package static let trendsFeed = "feeds/analytics/trends.json"
  package static let allocationFeed = "feeds/allocation.json"
  package static let optimizationFeed = "feeds/optimization.json"
  package static let budgetsFeed = "feeds/budgets.json"
  package static let auditFeed = "feeds/audit.json"
  package static let feedsIndex = "feeds/index.json"

  /// The folders at a portal's top, beside which those of further languages lie.
  package static let folders = [
    "audit", "budgets", "departments", "exports", "feeds", "help", "invoices", "partners", "plan", "reports",
    "savings", "tax", "usage",
  ]

  package static func usage(_ month: CalendarMonth) -> String { "usage/\(month.text).html" }

  package static func audit(_ month: CalendarMonth) -> String { "audit/\(month.text).html" }

  /// The page of a month's changes, or of those without a date; 0 for its first page.
  package static func audit(_ month: CalendarMonth?, page: Int) -> String {
    let first = month.map(audit) ?? undatedAudit
    return page == 0 ? first : "\(stem(of: first))/\(page + 1).html"
  }

  package static func tax(_ year: Int) -> String { "tax/\(year).html" }

  package static func taxFeed(_ year: Int) -> String { "feeds/tax-summary/\(year).json" }

  package static func monthlyReport(_ month: CalendarMonth) -> String { "reports/monthly/\(month.text).html" }

  package static func monthlyReportFeed(_ month: CalendarMonth) -> String {
    "feeds/reports/monthly/\(month.text).json"
  }

  package static func annualReport(_ year: Int) -> String { "reports/annual/\(year).html" }

  package static func annualReportFeed(_ year: Int) -> String { "feeds/reports/annual/\(year).json" }

  package static func report(_ id: ReportID) -> String { "reports/custom/\(fileName(of: id.text)).html" }

  package static func reportFeed(_ id: ReportID) -> String {
    "feeds/reports/custom/\(fileName(of: id.text)).json"
  }

  /// The list of invoices; 0 for its first page.
  package static func invoices(page: Int) -> String {
    page == 0 ? invoices : "invoices/pages/\(page + 1).html"
  }

  package static func usageFeed(_ month: CalendarMonth) -> String { "feeds/usage/\(month.text).json" }

  package static func invoice(_ id: InvoiceID) -> String { "invoices/\(fileName(of: id.text)).html" }

  /// Some file systems know no letter case: partners that differ in it alone are told apart by how many come before.
  package static func partner(_ id: PartnerID, doubles: Int) -> String {
    let name = doubles == 0 ? fileName(of: id.text) : "-\(doubles + 1)-\(id.text)"
    return "partners/\(name).html"
  }

  package static func departments(_ month: CalendarMonth) -> String { "departments/\(month.text).html" }

  package static func departments(ofYear year: Int) -> String { "departments/\(year).html" }

  /// No identifier opens with `-`, so what is called `index` gets a name of its own.
  private static func fileName(of identifier: String) -> String {
    let isReserved =
      identifier.utf8.count == "index".utf8.count
      && identifier.lowercased().utf8.elementsEqual("index".utf8)
    return isReserved ? "-" + identifier : identifier
  }

  /// The relative address of one file of the portal in another.
  package static func address(of target: String, from page: String) -> String { ascent(from: page) + target }

  /// The relative address of a shared file: a portal lies at `<site>/<portal>/`, assets at `<site>/assets/`.
  package static func address(ofAsset name: String, from page: String) -> String {
    ascent(from: page) + "../assets/" + name
  }

  /// A page's path without its ending.
  static func stem(of page: String) -> Substring { Substring(page.utf8.dropLast(".html".utf8.count)) }

  /// How many folders a path leads through.
  static func depth(of path: String) -> Int {
    let bytes = path.utf8.span
    var depth = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "/") { depth += 1 }
    return depth
  }

  /// The way up from a page to the root: each page asks for it again and again.
  static func ascent(from page: String) -> String {
    let depth = depth(of: page)
    return ascents.indices.contains(depth) ? ascents[depth] : String(repeating: "../", count: depth)
  }

  private static let ascents = (0..<8).map { String(repeating: "../", count: $0) }
}

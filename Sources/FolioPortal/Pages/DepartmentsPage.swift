import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// What the departments cost in a month or a year: the same page for both.
struct DepartmentsPage {
  /// What the page is about.
  enum Period {
    case month(MonthFacts)
    case year(Int)
  }

  let period: Period
  /// Nil where no plan rates the time.
  let costs: DepartmentCosts?
  /// The rows of the feed, one for each of the departments of `costs`.
  let rows: [TemplateValue]
  let facts: AccountFacts
  let messages: MessageCatalog

  var path: String {
    switch period {
    case .month(let month): PortalPaths.departments(month.month)
    case .year(let year): PortalPaths.departments(ofYear: year)
    }
  }

  func page() throws -> Page {
    Page(
      path: path, template: "pages/departments-period", section: .departments,
      heading: try messages.text("departments.heading_of", ["period": .text(periodText)]), lead: try lead(),
      asOf: lastChanged, usage: freshness, warnings: isOver ? [] : try StaleUsage.warnings(facts, messages),
      feed: TemplateObject(), feedPath: PortalPaths.allocationFeed, content: try content(),
      charts: [("departments", try figure(on: path))])
  }

  /// The departments as they stand on a page; nil where no plan rates the time.
  func figure(on path: String, title: String? = nil) throws -> Figure? {
    try costs.map {
      try DepartmentsFigure(costs: $0, rows: rows, path: path, facts: facts, messages: messages)
        .figure(title: title ?? messages.text("departments.table"))
    }
  }

  private var months: [MonthFacts] {
    switch period {
    case .month(let month): [month]
    case .year(let year): facts.months(of: year)
    }
  }

  private var isOver: Bool {
    if case .year(let year) = period, facts.statement.asOf.date.month.year == year { return false }
    return months.allSatisfy(\.isClosed)
  }

  private var lastChanged: Timestamp {
    isOver ? months.map(\.lastChanged).max() ?? facts.statement.asOf : facts.statement.asOf
  }

  private var freshness: UsageFreshness {
    UsageFreshness(isOver ? months.last?.completeThrough : facts.statement.usageCompleteThrough)
  }

  var periodText: String {
    switch period {
    case .month(let month): messages.printer.month(month.month)
    case .year(let year): String(year)
    }
  }

  /// The most expensive department and its share, or that nothing is tagged.
  func lead() throws -> TemplateValue {
    guard let costs else { return try messages.sentence("departments.lead.unrated") }
    let named = costs.departments.filter { $0.department != nil }
    guard let largest = named.max(by: { $0.cost.minorUnits < $1.cost.minorUnits }), !largest.cost.isZero
    else {
      return try messages.sentence(
        named.isEmpty ? "departments.lead.untagged" : "departments.lead.nothing",
        ["period": .text(periodText)])
    }
    return try messages.sentence(
      "departments.lead.largest",
      [
        "department": .text(largest.department), "cost": .money(largest.cost),
        "total": .money(try costs.cost()), "period": .text(periodText),
      ])
  }

  private func content() throws -> TemplateObject {
    let sums = DepartmentSums(costs: costs, messages: messages)
    let links: TemplateObject = [
      .departmentsHref: .text(PortalPaths.address(of: PortalPaths.departments, from: path))
    ]
    return try sums.content() + links
  }
}

/// The sums of departments and the identity that leads to the charges, as every page about departments has them.
struct DepartmentSums {
  let costs: DepartmentCosts?
  let messages: MessageCatalog

  func content() throws -> TemplateObject {
    [
      .figures: .list(try figures()),
      .reconciliationRows: .list(try ReconciliationRows.rows(costs?.identity, messages)),
      .charges: .money(costs?.identity.charges),
      .unratedMonths: .list((costs?.unratedMonths ?? []).map { .month($0) }),
    ]
  }

  private func figures() throws -> [TemplateValue] {
    guard let costs, let unallocated = costs.unallocated else { return [] }
    let (total, named) = (try costs.cost(), costs.departments.filter { $0.department != nil })
    return [
      KeyFigure.make(try messages.text("departments.figures.cost"), .money(total)),
      KeyFigure.make(
        try messages.text("departments.figures.allocated"),
        .money(try total.subtracting(unallocated.cost)),
        note: try messages.sentence(
          "departments.figures.departments", count: Int64(named.count),
          ["count": .count(Int64(named.count))])),
      KeyFigure.make(
        try messages.text("departments.unallocated"), .money(unallocated.cost),
        note: try untagged(unallocated, named)),
      KeyFigure.make(
        try messages.text("departments.figures.charges"), .money(costs.identity.charges),
        note: try messages.sentence("departments.figures.charges_note")),
    ]
  }

  /// How many partners have unallocated cost; whether some of them are in a department for a part of the time.
  private func untagged(_ unallocated: DepartmentCost, _ named: [DepartmentCost]) throws -> TemplateValue {
    let tagged = Set(named.lazy.flatMap(\.partnerIDs))
    let isPartly = unallocated.partnerIDs.contains(where: tagged.contains)
    let count = Int64(unallocated.partnerIDs.count)
    return try messages.sentence(
      isPartly ? "departments.figures.partners_at_times" : "departments.figures.partners", count: count,
      ["count": .count(count)])
  }
}

/// The identity that leads from the cost of partners to the charges, as rows.
enum ReconciliationRows {
  /// Terms that are nothing are left out unless every plan has them; none where no plan rates the time.
  static func rows(_ identity: ReconcilingIdentity?, _ messages: MessageCatalog) throws -> [TemplateValue] {
    guard let identity else { return [] }
    let terms: [(String, Money, isAlways: Bool)] = [
      ("gross_message_charges", identity.grossMessageCharges, true),
      ("unused_base", identity.unusedBase, true),
      ("added_base", identity.addedBase, false), ("partner_fees", identity.partnerFees, true),
      ("other_charges", identity.other, false),
    ]
    return try terms.filter { $0.isAlways || !$0.1.isZero }.map { term in
      .fields([
        .label: .text(try messages.text("usage.reconciliation.\(term.0)")), .amount: .money(term.1),
      ])
    }
  }
}

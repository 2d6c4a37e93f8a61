import Charting
import FolioAccounts
import FolioBilling
import FolioRating
import Templating

/// Departments by what they cost, Unallocated among them, each with a bar and the partners that it is made of.
struct DepartmentsFigure {
  let costs: DepartmentCosts
  /// The feed's rows, one for each department.
  let rows: [TemplateValue]
  /// The page that the figure stands on.
  let path: String
  let facts: AccountFacts
  let messages: MessageCatalog

  /// How many partners a row names; the list of partners has all of them with their departments.
  private static let partnersLimit = 8

  func figure(title: String) throws -> Figure {
    Figure(
      id: "departments", title: title,
      subtitle: .sentences([
        try messages.sentence("departments.method"), try messages.sentence("departments.basis"),
      ]),
      table: FigureTable(
        columns: try columns(), rows: try figureRows(), total: try total(), style: "partners"),
      isOpen: true)
  }

  private func columns() throws -> [FigureColumn] {
    [
      try messages.column("department", "departments.columns.department"),
      try messages.column("messages", "usage.columns.messages", isSecondary: true),
      try messages.column("message_charges", "departments.columns.message_charges", isSecondary: true),
      try messages.column("partner_fees", "departments.columns.fees", isSecondary: true),
      try messages.column("share_percent", "departments.columns.share", isSecondary: true),
      try messages.column("cost", "departments.columns.cost"),
    ]
  }

  private func figureRows() throws -> [FigureRow] {
    let greatest = costs.departments.map(\.cost.minorUnits).max() ?? 0
    return try zip(costs.departments, rows).map { department, values in
      let field = { (name: TemplateName) -> TemplateValue in
        if case .object(let row) = values { row[name] ?? .null } else { .null }
      }
      return FigureRow(
        values: [
          field(.department), field(.messageCount), field(.messageCharges), field(.partnerFees),
          field(.share), field(.cost),
        ],
        remark: try partners(of: department),
        pictures: [4: BarCell(part: department.cost.minorUnits, of: greatest).picture(messages)])
    }
  }

  private func partners(of department: DepartmentCost) throws -> TemplateValue {
    let ids = department.partnerIDs
    if ids.isEmpty { return .null }
    let links = ids.prefix(Self.partnersLimit).map { id in
      (facts.partners.displayName(of: id), PortalPaths.address(of: facts.path(of: id), from: path))
    }
    let named = TemplateValue.links(Array(links), separator: messages.locale.listSeparator)
    let rest = Int64(ids.count - links.count)
    if rest == 0 { return named }
    return try messages.sentence("change.names", count: rest, ["names": named, "count": .count(rest)])
  }

  private func total() throws -> [TemplateValue] {
    let cost = try costs.cost()
    return [
      .text(try messages.text("departments.total")), .count(try costs.messages()),
      .money(costs.identity.grossMessageCharges), .money(costs.identity.partnerFees), Shares.total(of: cost),
      .money(cost),
    ]
  }
}

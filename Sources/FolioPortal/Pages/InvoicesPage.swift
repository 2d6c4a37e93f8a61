import FolioAccounts
import FolioBilling
import Templating

/// The list of invoices, the newest first, by the years of their dates; long lists go on on further pages.
struct InvoicesPage {
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private struct Part {
    let number: Int
    let path: String
    let invoices: ArraySlice<Invoice>
    let first: Int
  }

  /// The pages in order; one at least.
  func pages() throws -> [Page] {
    let parts = parts()
    return try parts.map { try $0.number == 0 ? first($0, of: parts) : further($0, of: parts) }
  }

  private func parts() -> [Part] {
    let (invoices, limit) = (facts.invoices, FigureTable.rowsLimit)
    return (0..<max(1, (invoices.count + limit - 1) / limit)).map { number in
      let start = number * limit
      return Part(
        number: number, path: PortalPaths.invoices(page: number),
        invoices: invoices[start..<min(invoices.count, start + limit)], first: start)
    }
  }

  private func first(_ part: Part, of parts: [Part]) throws -> Page {
    let open = try OpenInvoices(facts)
    let ageing = try InvoiceAgeing(open, asOf: facts.statement.asOf, messages: messages)
    return Page(
      path: part.path, template: "pages/invoices", section: .invoices,
      heading: try messages.text("invoices.heading"), lead: try open.lead(messages),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: feed,
      feedPath: PortalPaths.invoicesFeed,
      content: try list(part, of: parts) + [
        .figures: .list(try figures(open)), .hasFigures: .bool(!facts.invoices.isEmpty),
      ],
      charts: [("ageing", try ageing?.figure())])
  }

  private func further(_ part: Part, of parts: [Part]) throws -> Page {
    let heading = try messages.text("invoices.heading")
    let count = Int64(part.invoices.count)
    return Page(
      path: part.path, template: "pages/invoices-more", section: .invoices,
      heading: try messages.text(
        "page.part", ["heading": .text(heading), "number": .integer(Int64(part.number + 1))]),
      lead: try messages.sentence(
        "page.rows",
        [
          "first": .count(Int64(part.first + 1)), "last": .count(Int64(part.first) + count),
          "count": .count(Int64(facts.invoices.count)), "table": .text(heading),
        ]),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough), feed: feed,
      feedPath: PortalPaths.invoicesFeed, content: try list(part, of: parts))
  }

  // MARK: Rows

  private func list(_ part: Part, of parts: [Part]) throws -> TemplateObject {
    let rows = InvoiceRows(asOf: facts.statement.asOf, messages: messages)
    let years = Dictionary(grouping: part.invoices) { $0.document.created.date.components.year }
    return [
      .years: .list(
        try years.keys.sorted(by: >).map { year in
          .fields([.year: .integer(Int64(year)), .rows: try rows.rows(years[year] ?? [], on: part.path)])
        }),
      .hasPages: .bool(parts.count > 1),
      .pages: .list(
        parts.map { other in
          .fields([
            .first: .count(Int64(other.first + 1)),
            .last: .count(Int64(other.first + other.invoices.count)),
            .href: .text(PortalPaths.address(of: other.path, from: part.path)),
            .isCurrent: .bool(other.number == part.number),
          ])
        }),
    ]
  }

  // MARK: Figures

  private func figures(_ open: OpenInvoices) throws -> [TemplateValue] {
    guard let sums = try open.sums() else { return [] }
    let (year, paid) = try paidThisYear()
    return [
      KeyFigure.make(
        try messages.text("invoices.figures.due"), .money(sums.due),
        note: try messages.sentence(
          "invoices.figures.open", count: Int64(open.invoices.count),
          ["count": .count(Int64(open.invoices.count))])),
      KeyFigure.make(
        try messages.text("invoices.figures.overdue"), .money(sums.overdue), note: try oldest(open)),
      KeyFigure.make(
        try messages.text("invoices.figures.paid", ["year": .integer(Int64(year))]), .money(paid),
        note: try messages.sentence("invoices.figures.paid_note")),
    ]
  }

  /// Since when the oldest overdue invoice has been due; null where none is.
  private func oldest(_ open: OpenInvoices) throws -> TemplateValue {
    let due = try open.invoices.filter { try $0.isOverdue(at: facts.statement.asOf) }.map(\.document.dueDate)
      .min()
    return try due.map { try messages.sentence("invoices.figures.since", ["date": .day(of: $0)]) } ?? .null
  }

  /// Payments of the as-of time's year, less refunds, in the customer's currency.
  private func paidThisYear() throws -> (year: Int, paid: Money) {
    let year = facts.statement.asOf.date.components.year
    let isOfYear = { (at: Timestamp?) in at?.date.components.year == year }
    let own = facts.invoices.filter { $0.document.currency == facts.currency }
    let received = own.flatMap(\.payments).filter { $0.outcome == .succeeded && isOfYear($0.at) }.map(
      \.amount)
    let refunded = try own.flatMap(\.refunds).filter { isOfYear($0.refundedAt) }.map {
      try $0.amount.negated()
    }
    return (year, try Money.sum(of: received + refunded, in: facts.currency))
  }
}

import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// The first page: what this month costs so far, where it ends, and what is to be paid.
struct OverviewPage {
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog
  let markdown: MarkdownCache

  private var words: ChargeWords {
    ChargeWords(month: facts.current, path: PortalPaths.overview, messages: messages)
  }

  /// How many months the cost chart shows.
  private static let chartMonths = 12

  func page() throws -> Page {
    let projection = try facts.current.projection()
    return Page(
      path: PortalPaths.overview, template: "pages/overview", section: .overview,
      heading: messages.printer.month(facts.current.month), lead: try lead(projection?.charges),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages)
        + PaymentWarnings(facts: facts, messages: messages).warnings(),
      feed: feed, feedPath: PortalPaths.currentUsageFeed,
      content: try content(projection))
  }

  private func lead(_ projected: Charges?) throws -> TemplateValue {
    let month = facts.current
    guard let charges = month.toDate.charges else {
      if let ended = month.subscriptionEnded {
        return try messages.sentence(
          "overview.lead.ended", ["date": .date(ended), "month": .month(month.month)])
      }
      return try messages.sentence(
        month.isUnsubscribed ? "overview.lead.unsubscribed" : "overview.lead.unrated",
        ["month": .month(month.month)])
    }
    guard let projected, !facts.isUsageBehind else {
      return try messages.sentence(
        facts.isUsageBehind ? "overview.lead.behind" : "overview.lead.no_projection",
        ["charges": .money(charges.total), "month": .month(month.month)])
    }
    return try messages.sentence(
      "overview.lead.projected",
      [
        "charges": .money(charges.total), "projected": .money(projected.total),
        "month": .month(month.month),
      ])
  }

  private func content(_ projection: (messages: Int64, charges: Charges?)?) throws -> TemplateObject {
    let charts = UsageCharts(messages: messages)
    let months = Array(facts.months.suffix(Self.chartMonths))
    let open = try OpenInvoices(facts)
    let rows = InvoiceRows(asOf: facts.statement.asOf, messages: messages)
    return TemplateObject([
      "notices": .list(try notices()),
      "figures": .list(try figures(projection)),
      "charge_rows": try ChargeRows(messages: messages).rows(
        facts.current.toDate.charges?.lines ?? [], unplanned: facts.current.toDate.unplannedMessages),
      "tax_basis": try words.taxBasis(of: facts.current.toDate.charges),
      "unrated": try words.unrated(),
      "late_usage": try lateUsage(),
      "so_far_chart": try charts.soFar(facts.current, projected: projection?.messages),
      "costs_chart": try charts.costs(of: months, projected: projection?.charges?.total),
      "months": .list(months.reversed().map(monthRow)),
      "usage_href": .text(PortalPaths.usage(facts.current.month)),
      "open_invoices": try rows.rows(open.invoices, on: PortalPaths.overview),
      "has_open_invoices": .bool(!open.invoices.isEmpty),
      "open_lead": try open.lead(messages),
      "invoices_href": .text(PortalPaths.invoices),
    ])
  }

  private func monthRow(_ month: MonthFacts) -> TemplateValue {
    .fields([
      "month": .month(month.month), "href": .text(PortalPaths.usage(month.month)),
      "charges": .money(month.toDate.charges?.total), "is_running": .bool(!month.isClosed),
    ])
  }

  /// Those that show at the as-of time, the newest first.
  private func notices() throws -> [TemplateValue] {
    let asOf = facts.statement.asOf
    let showing = facts.statement.notices.filter { notice in
      notice.from <= asOf && (notice.until.map { asOf < $0 } ?? true)
    }
    return try showing.reversed().map { notice in
      .markup(try markdown.markup(of: notice.body))
    }
  }

  private func chargesNote(_ charges: Charges?) throws -> TemplateValue {
    guard let charges else { return try words.unratedNote() }
    return try messages.sentence(
      "overview.figures.base",
      [
        "base": .money(charges.baseFees), "usage": .money(charges.usageCharges),
        "tax_basis": try words.taxBasis(of: charges),
      ])
  }

  private func projectionNote(_ projection: (messages: Int64, charges: Charges?)?) throws -> TemplateValue {
    if facts.current.toDate.charges == nil { return try words.unratedNote() }
    return try messages.sentence(
      projection?.charges == nil ? "overview.figures.too_early" : "overview.figures.pace")
  }

  /// What the next invoice adds for usage of invoiced months; null where that is nothing.
  private func lateUsage() throws -> TemplateValue {
    let lines = facts.lateLines
    if lines.isEmpty { return .null }
    let count = Int64(lines.count)
    return try messages.sentence(
      "overview.late_usage", count: count,
      [
        "months": .count(count), "month": .month(lines[0].servicePeriod.start.date.month),
        "amount": .money(try Money.sum(of: lines.lazy.map(\.amount), in: facts.currency)),
      ])
  }

  private func figures(_ projection: (messages: Int64, charges: Charges?)?) throws -> [TemplateValue] {
    let (month, period) = (facts.current, facts.current.month.period)
    return [
      KeyFigure.make(
        try messages.text("overview.figures.to_date"), .money(month.toDate.charges?.total),
        note: try chargesNote(month.toDate.charges)),
      KeyFigure.make(
        try messages.text("overview.figures.projected"), .money(projection?.charges?.total),
        note: try projectionNote(projection)),
      KeyFigure.make(
        try messages.text("overview.figures.messages"), .count(month.toDate.counts.messages),
        note: try projection.map {
          try messages.sentence("overview.figures.projected_messages", ["messages": .count($0.messages)])
        } ?? .null),
      KeyFigure.make(
        try messages.text("overview.figures.days_remaining"),
        .count(period.daysRemaining(at: facts.statement.asOf)),
        note: try messages.sentence("overview.figures.period", ["end": .day(of: period.inclusiveEnd)])),
    ]
  }
}

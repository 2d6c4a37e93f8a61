import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// The first page: what this month costs so far, where it ends, and what is to be paid.
struct OverviewPage {
  let feed: TemplateObject
  let budgets: [BudgetStatus]
  let facts: AccountFacts
  let messages: MessageCatalog
  let markdown: MarkdownCache

  private var words: ChargeWords {
    ChargeWords(month: facts.current, path: PortalPaths.overview, messages: messages)
  }

  func page() throws -> Page {
    let projection = try facts.current.projection()
    let budget = monthlyBudget
    return Page(
      path: PortalPaths.overview, template: "pages/overview", section: .overview,
      heading: messages.printer.month(facts.current.month), lead: try lead(projection?.charges, budget),
      asOf: facts.statement.asOf, usage: UsageFreshness(facts.statement.usageCompleteThrough),
      warnings: try StaleUsage.warnings(facts, messages)
        + PaymentWarnings(facts: facts, messages: messages).warnings(),
      feed: feed, feedPath: PortalPaths.currentUsageFeed,
      content: try content(projection, budget),
      charts: [
        ("cost", try costFigure(projection?.charges?.total, budget)),
        (
          "costs",
          try MonthCostsFigure(
            facts: facts, projected: shownProjection(projection?.charges?.total), path: PortalPaths.overview,
            messages: messages
          ).figure()
        ),
      ])
  }

  private func costFigure(_ projected: Money?, _ budget: BudgetStatus?) throws -> Figure? {
    let projected = shownProjection(projected)
    return try MonthToDateFigure(
      facts: facts, projected: projected, range: projected == nil ? nil : facts.projectionRange(),
      budget: budget, messages: messages
    ).figure()
  }

  /// A stuck feed must not look like a cheap month: no projection while usage is behind.
  private func shownProjection(_ projected: Money?) -> Money? { facts.isUsageBehind ? nil : projected }

  /// The budget of the running month that is the tightest; nil for none.
  private var monthlyBudget: BudgetStatus? {
    budgets
      .filter { $0.budget.period == .monthly && $0.budget.amount.currency == facts.currency }
      .min { $0.budget.amount.minorUnits < $1.budget.amount.minorUnits }
  }

  private func lead(_ projected: Charges?, _ budget: BudgetStatus?) throws -> TemplateValue {
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
    guard let budget, charges.total.currency == budget.budget.amount.currency else {
      return try messages.sentence(
        "overview.lead.projected",
        [
          "charges": .money(charges.total), "projected": .money(projected.total),
          "month": .month(month.month),
        ])
    }
    return try budgetLead(charges.total, projected.total, budget.budget)
  }

  /// Where the month ends against a budget: within it, beyond it, or beyond it already.
  private func budgetLead(_ charges: Money, _ projected: Money, _ budget: Budget) throws -> TemplateValue {
    let isExceeded = charges.minorUnits > budget.amount.minorUnits
    let gap = try budget.amount.subtracting(isExceeded ? charges : projected)
    let word = isExceeded ? "exceeded" : gap.isNegative ? "over" : "under"
    return try messages.sentence(
      "overview.lead.budget_\(word)",
      [
        "charges": .money(charges), "projected": .money(projected), "month": .month(facts.current.month),
        "amount": .money(budget.amount), "gap": .money(gap.isNegative ? try gap.negated() : gap),
      ])
  }

  private func content(
    _ projection: (messages: Int64, charges: Charges?)?, _ budget: BudgetStatus?
  ) throws -> TemplateObject {
    let open = try OpenInvoices(facts)
    let rows = InvoiceRows(asOf: facts.statement.asOf, messages: messages)
    return [
      .notices: .list(try notices()),
      .figures: .list(try figures(projection, budget)),
      .chargeRows: try ChargeRows(messages: messages).rows(
        facts.current.toDate.charges?.lines ?? [], unplanned: facts.current.toDate.unplannedMessages),
      .taxBasis: try words.taxBasis(of: facts.current.toDate.charges),
      .unrated: try words.unrated(),
      .lateUsage: try lateUsage(),
      .change: try change(),
      .usageHref: .text(PortalPaths.usage(facts.current.month)),
      .openInvoices: try rows.rows(open.invoices, on: PortalPaths.overview),
      .hasOpenInvoices: .bool(!open.invoices.isEmpty),
      .openLead: try open.lead(messages),
      .invoicesHref: .text(PortalPaths.invoices),
    ]
  }

  /// Why the last month that is over cost something else than the one before, in short; null where that is not known.
  private func change() throws -> TemplateValue {
    let last = facts.months.last(where: \.isClosed)
    guard let last, let bridge = try facts.bridge(to: last) else { return .null }
    let figures = BridgeFigures(bridge: bridge, facts: facts, messages: messages)
    return .fields([
      .lead: try figures.sentence(), .causes: .list(try figures.mainCauses()),
      .href: .text(PortalPaths.usage(last.month) + "#change"),
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

  /// How the projection compares with the month before, if that is whole.
  private func projectionNote(_ projection: (messages: Int64, charges: Charges?)?) throws -> TemplateValue {
    if facts.current.toDate.charges == nil { return try words.unratedNote() }
    guard let charges = projection?.charges else {
      return try messages.sentence("overview.figures.too_early")
    }
    if let before = monthBefore {
      let note = try Comparison(messages: messages).note(
        charges.total, before: before.charges?.total, period: .month(before.month))
      if case .markup = note { return note }
    }
    return try messages.sentence("overview.figures.pace")
  }

  /// The month before the running one, if it waits for no usage.
  private var monthBefore: MonthFacts? {
    facts.month(facts.current.month.adding(months: -1)).flatMap { $0.isComplete ? $0 : nil }
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

  private func figures(
    _ projection: (messages: Int64, charges: Charges?)?, _ budget: BudgetStatus?
  ) throws -> [TemplateValue] {
    let month = facts.current
    return [
      KeyFigure.make(
        try messages.text("overview.figures.to_date"), .money(month.toDate.charges?.total),
        note: try chargesNote(month.toDate.charges)),
      KeyFigure.make(
        try messages.text("overview.figures.projected"),
        .money(shownProjection(projection?.charges?.total)), note: try projectionNote(projection)),
      try budget.map(budgetFigure) ?? daysFigure(),
      KeyFigure.make(
        try messages.text("overview.figures.messages"), .count(month.toDate.counts.messages),
        note: try messagesNote(projection?.messages)),
    ]
  }

  private func budgetFigure(_ status: BudgetStatus) throws -> TemplateValue {
    let period = facts.current.month.period
    let elapsed = facts.statement.asOf.secondsSinceEpoch - period.start.secondsSinceEpoch
    return KeyFigure.make(
      try messages.text("overview.figures.budget_used"), .wholePercent(status.percentUsed),
      note: try messages.sentence(
        "overview.figures.budget_of",
        [
          "amount": .money(status.budget.amount),
          "elapsed": .wholePercent(max(0, min(100, elapsed * 100 / period.seconds))),
        ]))
  }

  private func daysFigure() throws -> TemplateValue {
    let period = facts.current.month.period
    return KeyFigure.make(
      try messages.text("overview.figures.days_remaining"),
      .count(period.daysRemaining(at: facts.statement.asOf)),
      note: try messages.sentence("overview.figures.period", ["end": .day(of: period.inclusiveEnd)]))
  }

  /// The whole days so far against the same days of the month before, else what is projected.
  private func messagesNote(_ projected: Int64?) throws -> TemplateValue {
    if let now = facts.current.wholeDays, let before = monthBefore?.firstDays(now.count) {
      let note = try Comparison(messages: messages).note(
        now.messages, before: before.messages,
        period: .text(messages.printer.days(before.period)), leastBase: 10)
      if case .markup = note { return note }
    }
    return try projected.map {
      try messages.sentence("overview.figures.projected_messages", ["messages": .count($0)])
    } ?? .null
  }
}

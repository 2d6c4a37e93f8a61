import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// One month: what was exchanged day by day and with whom, and how that becomes charges.
struct UsageMonthPage {
  let month: MonthFacts
  let feed: TemplateObject
  /// From the month before; nil where the two cannot be compared.
  let bridge: BillBridge?
  /// When the month last changed, or what the page compares it with.
  let lastChanged: Timestamp
  let facts: AccountFacts
  let messages: MessageCatalog

  private var words: ChargeWords {
    ChargeWords(month: month, path: PortalPaths.usage(month.month), messages: messages)
  }

  func page() throws -> Page {
    let partners = PartnerTable(month: month, feed: feed, facts: facts, messages: messages)
    try Proof.check(costs: partners.costs, of: month)
    let labels = messages.printer.weeklyLabels(month.month)
    let bridge = bridge.map { BridgeFigures(bridge: $0, facts: facts, messages: messages) }
    return Page(
      path: PortalPaths.usage(month.month), template: "pages/usage-month", section: .usage,
      heading: try messages.text("usage.heading", ["month": .month(month.month)]), lead: try lead(),
      asOf: lastChanged, usage: UsageFreshness(month.completeThrough), warnings: try warnings(),
      feed: feed,
      feedPath: PortalPaths.usageFeed(month.month), content: try content(),
      charts: [
        ("days", try DaysFigure(month: month, labels: labels, messages: messages).figure()),
        ("failures", try FailuresFigure(month: month, labels: labels, messages: messages).figure()),
        ("partners", try partners.figure()), ("change", try bridge?.steps()),
        ("change_partners", try bridge?.partners()), ("change_invoices", try bridge?.invoices()),
      ])
  }

  private func lead() throws -> TemplateValue {
    let summary = month.summary
    guard let charges = month.charges else { return try unratedLead() }
    return try messages.sentence(
      month.isClosed ? "usage.lead.closed" : "usage.lead.so_far", count: summary.totalMessages,
      [
        "messages": .count(summary.totalMessages), "month": .month(month.month),
        "charges": .money(charges.total),
      ])
  }

  private func unratedLead() throws -> TemplateValue {
    let (count, ended) = (month.summary.totalMessages, month.subscriptionEnded)
    let reason = ended != nil ? "_ended" : month.isUnsubscribed ? "_unsubscribed" : ""
    let key = (count == 0 ? "nothing" : "unrated") + reason
    return try messages.sentence(
      "usage.lead.\(key)", count: count == 0 ? nil : count,
      ["messages": .count(count), "month": .month(month.month), "date": .date(ended)])
  }

  private func warnings() throws -> [TemplateValue] {
    if month.isClosed {
      return month.isComplete
        ? [] : [try messages.sentence("usage.incomplete", ["month": .month(month.month)])]
    }
    return try StaleUsage.warnings(facts, messages)
  }

  private func content() throws -> TemplateObject {
    let reconciliation = try ReconciliationRows.rows(month.allocation?.identity, messages)
    return [
      .figures: .list(try figures()),
      .chargeRows: try ChargeRows(messages: messages).rows(
        month.charges?.lines ?? [], unplanned: month.unplannedMessages),
      .taxBasis: try words.taxBasis(of: month.charges),
      .unrated: try words.unrated(),
      .invoiced: .list(try words.invoiced()),
      .reconciliationRows: .list(reconciliation),
      .previous: try neighbour(-1),
      .next: try neighbour(1),
    ]
  }

  private func figures() throws -> [TemplateValue] {
    let summary = month.summary
    return [
      KeyFigure.make(
        try messages.text("usage.figures.charges"), .money(month.charges?.total), note: try chargesNote()),
      KeyFigure.make(
        try messages.text("usage.figures.messages"), .count(summary.totalMessages), note: try messagesNote()),
      KeyFigure.make(
        try messages.text("usage.figures.partners"), .count(summary.activePartners),
        note: try messages.sentence("usage.figures.of_partners", ["partners": .count(summary.totalPartners)])),
      KeyFigure.make(
        try messages.text("usage.figures.delivered"), .percent(summary.successRate),
        note: try deliveryNote()),
    ]
  }

  /// The month before, where both are whole; else whether tax is in the amount.
  private func chargesNote() throws -> TemplateValue {
    guard let charges = month.charges else { return try words.unratedNote() }
    let basis = try words.taxBasis(of: charges)
    guard let before = wholeMonthBefore else { return basis }
    let comparison = try Comparison(messages: messages).note(
      charges.total, before: before.charges?.total, period: .month(before.month))
    if case .null = comparison { return basis }
    return try messages.sentence("compare.with_basis", ["comparison": comparison, "basis": basis])
  }

  private func messagesNote() throws -> TemplateValue {
    let summary = month.summary
    if let before = wholeMonthBefore {
      let comparison = try Comparison(messages: messages).note(
        summary.totalMessages, before: before.summary.totalMessages, period: .month(before.month))
      if case .markup = comparison { return comparison }
    }
    return try messages.sentence(
      "usage.figures.directions",
      ["inbound": .count(summary.inboundMessages), "outbound": .count(summary.outboundMessages)])
  }

  /// The month before, if both are over and neither waits for usage: a part of a month is compared with nothing.
  private var wholeMonthBefore: MonthFacts? {
    guard month.isClosed, month.isComplete, let before = facts.month(month.month.adding(months: -1)),
      before.isComplete
    else { return nil }
    return before
  }

  private func deliveryNote() throws -> TemplateValue {
    guard let failed = month.summary.failedMessages else {
      return try messages.sentence("usage.figures.not_stated")
    }
    return try messages.sentence(
      "usage.figures.failed",
      ["failed": .count(failed), "messages": .count(month.summary.totalMessages)])
  }

  private func neighbour(_ distance: Int) throws -> TemplateValue {
    let neighbour = month.month.adding(months: distance)
    guard facts.months[0].month <= neighbour, neighbour <= facts.current.month else { return .null }
    let path = PortalPaths.usage(month.month)
    return .fields([
      .href: .text(PortalPaths.address(of: PortalPaths.usage(neighbour), from: path)),
      .month: .month(neighbour),
    ])
  }
}

/// What a page about the running month says when usage lags.
enum StaleUsage {
  static func warnings(_ facts: AccountFacts, _ messages: MessageCatalog) throws -> [TemplateValue] {
    guard facts.isUsageBehind else { return [] }
    guard let through = facts.statement.usageCompleteThrough else {
      return [try messages.sentence("overview.no_usage_yet")]
    }
    return [
      try messages.sentence(
        "overview.behind", ["through": .instant(through), "as_of": .instant(facts.statement.asOf)])
    ]
  }
}

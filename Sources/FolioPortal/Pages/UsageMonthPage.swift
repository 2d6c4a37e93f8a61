import FolioAccounts
import FolioAnalytics
import FolioBilling
import FolioRating
import Templating

/// One month: what was exchanged day by day and with whom, and how that becomes charges.
struct UsageMonthPage {
  let month: MonthFacts
  let feed: TemplateObject
  let facts: AccountFacts
  let messages: MessageCatalog

  private var words: ChargeWords {
    ChargeWords(month: month, path: PortalPaths.usage(month.month), messages: messages)
  }

  func page() throws -> Page {
    Page(
      path: PortalPaths.usage(month.month), template: "pages/usage-month", section: .usage,
      heading: try messages.text("usage.heading", ["month": .month(month.month)]), lead: try lead(),
      asOf: month.lastChanged, usage: UsageFreshness(month.completeThrough), warnings: try warnings(),
      feed: feed,
      feedPath: PortalPaths.usageFeed(month.month), content: try content())
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
    let partners = try PartnerRows(month: month, feed: feed, messages: messages).rows()
    try Proof.check(partnerRows: partners, of: month)
    return TemplateObject([
      "figures": .list(try figures()),
      "days_chart": try UsageCharts(messages: messages).days(of: month),
      "has_directions": .bool(month.summary.dayRows.contains { $0.inbound != nil }),
      "has_undirected": .bool(month.summary.dayRows.contains { $0.date != nil && $0.inbound == nil }),
      "charge_rows": try ChargeRows(messages: messages).rows(
        month.charges?.lines ?? [], unplanned: month.unplannedMessages),
      "tax_basis": try words.taxBasis(of: month.charges),
      "unrated": try words.unrated(),
      "invoiced": .list(try words.invoiced()),
      "partner_basis": try words.partnerBasis(),
      "partners": .list(partners),
      "partner_cost": .money(try month.partnerCost()),
      "reconciliation_rows": .list(reconciliation),
      "previous": try neighbour(-1),
      "next": try neighbour(1),
    ])
  }

  private func figures() throws -> [TemplateValue] {
    let summary = month.summary
    return [
      KeyFigure.make(
        try messages.text("usage.figures.charges"), .money(month.charges?.total),
        note: month.charges == nil ? try words.unratedNote() : try words.taxBasis(of: month.charges)),
      KeyFigure.make(
        try messages.text("usage.figures.messages"), .count(summary.totalMessages),
        note: try messages.sentence(
          "usage.figures.directions",
          ["inbound": .count(summary.inboundMessages), "outbound": .count(summary.outboundMessages)])),
      KeyFigure.make(
        try messages.text("usage.figures.partners"), .count(summary.activePartners),
        note: try messages.sentence("usage.figures.of_partners", ["partners": .count(summary.totalPartners)])),
      KeyFigure.make(
        try messages.text("usage.figures.delivered"), .percent(summary.successRate),
        note: try deliveryNote()),
    ]
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
      "href": .text(PortalPaths.address(of: PortalPaths.usage(neighbour), from: path)),
      "month": .month(neighbour),
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

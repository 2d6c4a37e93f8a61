import FolioAccounts
import FolioBilling
import FolioRating

/// A portal in one of its languages: each page, and the feeds that pages show.
struct PortalEdition {
  let facts: AccountFacts
  let messages: MessageCatalog
  let markdown: MarkdownCache
  let writer: PortalWriter

  /// Writes every file; the index of feeds comes last.
  ///
  /// - Throws: as `Portal.files`.
  func write() throws {
    try writeBilling()
    for month in facts.months { try writeMonth(month) }
    let budgets = try facts.budgetStatuses()
    try writeCurrentUsage(budgets)
    try writePartnersAndSavings()
    try writeDepartments()
    try writeBudgets(budgets)
    try writeInvoices()
    try writeTax()
    try writeReports()
    try writeTrends()
    try writeAudit()
    try writer.write(HelpPage(facts: facts, messages: messages, markdown: markdown).page())
    try writer.finish()
  }

  private func writeBilling() throws {
    let feed = BillingFeed.object(facts)
    try writer.write(feed: feed, at: PortalPaths.billingFeed, title: "feeds.billing")
    let page = PlanPage(feed: feed, facts: facts, messages: messages)
    try writer.write(page.page())
  }

  private func writeMonth(_ month: MonthFacts) throws {
    let bridge = try facts.bridge(to: month)
    let lastChanged = facts.lastChanged(of: month)
    let feed = try UsageMonthFeed(
      facts: month, customer: facts.statement.customer, directory: facts.partners, bridge: bridge,
      lastChanged: lastChanged, messages: messages
    ).object()
    let path = PortalPaths.usageFeed(month.month)
    try writer.write(feed: feed, at: path, title: "feeds.usage", period: month.month)
    let page = UsageMonthPage(
      month: month, feed: feed, bridge: bridge, lastChanged: lastChanged, facts: facts, messages: messages)
    try writer.write(page.page())
  }

  private func writeCurrentUsage(_ budgets: [BudgetStatus]) throws {
    let feed = try CurrentUsageFeed.object(facts)
    try writer.write(feed: feed, at: PortalPaths.currentUsageFeed, title: "feeds.current_usage")
    let page = OverviewPage(
      feed: feed, budgets: budgets, facts: facts, messages: messages, markdown: markdown)
    try writer.write(page.page())
  }

  private func writeTrends() throws {
    let feed = try TrendsFeed.object(facts)
    try writer.write(feed: feed, at: PortalPaths.trendsFeed, title: "feeds.trends")
    let page = UsageIndexPage(feed: feed, facts: facts, messages: messages)
    try writer.write(page.page())
  }

  private func writeInvoices() throws {
    let invoices = try facts.invoices.map { invoice in
      try Proof.check(invoice)
      return try InvoicesFeed.invoice(invoice, at: facts.statement.asOf)
    }
    let feed = InvoicesFeed.object(invoices)
    try writer.write(feed: feed, at: PortalPaths.invoicesFeed, title: "feeds.invoices")
    let list = InvoicesPage(feed: feed, facts: facts, messages: messages)
    for page in try list.pages() { try writer.write(page) }
    for (invoice, feed) in zip(facts.invoices, invoices) {
      let page = InvoicePage(
        invoice: invoice, feed: feed, facts: facts, messages: messages)
      try writer.write(page.page())
    }
  }
}

import FolioAccounts
package import FolioBilling
package import FolioRating
package import Templating

/// Why a portal cannot be made, beyond what rating, words and templates report themselves.
package enum PortalError: Error, Equatable, Sendable {
  /// The library has no template of this name.
  case unknownTemplate(String)
  /// Figures of the page at this path do not add up.
  case sumsDisagree(path: String, fault: ReconciliationFault)
  /// Two invoices whose ids differ in letter case alone would be one file where file systems ignore it.
  case invoiceNamesCollide(InvoiceID, InvoiceID)
  /// The same of two custom reports.
  case reportNamesCollide(ReportID, ReportID)
}

/// The portal of one customer: every page and feed as a path and bytes, from that customer's statement alone.
///
/// The same statement, settings, words and templates give the same bytes.
package struct Portal {
  let facts: AccountFacts
  let messages: MessageCatalog
  let renderer: PageRenderer
  private let markdown: MarkdownCache

  /// Rates every month of the customer; portals of one build share `markdown`.
  ///
  /// - Throws: `RatingError` but `unknownPlan`, `ArithmeticOverflow`, `PortalError`.
  package init(
    statement: Statement, settings: PortalSettings, messages: MessageCatalog, library: TemplateLibrary,
    markdown: MarkdownCache = MarkdownCache()
  ) throws {
    facts = try AccountFacts(statement)
    try Self.checkNames(facts.invoices.map(\.id)) { .invoiceNamesCollide($0, $1) }
    try Self.checkNames(facts.statement.reports.map(\.id)) { .reportNamesCollide($0, $1) }
    self.markdown = markdown
    self.messages = messages
    renderer = PageRenderer(
      customer: statement.customer, customerNamedAt: facts.customerNamedAt, settings: settings,
      messages: messages, library: library)
  }

  /// The plans that subscriptions name and nobody defined, so that months have no charges; each once, in order.
  package var unratedPlans: [PlanID] { Set(facts.months.compactMap(\.unratedPlan)).sorted() }

  /// Refuses identifiers that a file system without letter case would mix up.
  static func checkNames<Subject>(
    _ ids: [Identifier<Subject>], _ error: (Identifier<Subject>, Identifier<Subject>) -> PortalError
  ) throws(PortalError) {
    var owners: [[UInt8]: Identifier<Subject>] = [:]
    for id in ids {
      let folded = id.text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }
      if let other = owners.updateValue(id, forKey: folded) { throw error(min(other, id), max(other, id)) }
    }
  }

  /// Gives each file to `emit`, with its path relative to the portal; the index of feeds comes last.
  ///
  /// - Throws: `PortalError`, `MessageError`, `TemplateRenderError`, `MarkdownError`, `ArithmeticOverflow`, and
  ///   whatever `emit` throws.
  package func files(_ emit: (_ path: String, _ bytes: [UInt8]) throws -> Void) throws {
    var index = FeedsIndex()
    try emitBilling(emit, &index)
    for month in facts.months { try emitMonth(month, emit, &index) }
    try emitCurrentUsage(emit, &index)
    try emitPartnersAndSavings(emit, &index)
    try emitDepartments(emit, &index)
    try emitBudgets(emit, &index)
    try emitInvoices(emit, &index)
    try emitTax(emit, &index)
    try emitReports(emit, &index)
    try emitTrends(emit, &index)
    try emitAudit(emit, &index)
    try emit(PortalPaths.feedsIndex, FeedWriter.bytes(index.object))
  }

  typealias Emit = (_ path: String, _ bytes: [UInt8]) throws -> Void

  private func emitBilling(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let feed = BillingFeed.object(facts)
    try emitFeed(feed, PortalPaths.billingFeed, title: "feeds.billing", emit, &index)
    let page = PlanPage(feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.plan, renderer.bytes(of: page.page()))
  }

  private func emitMonth(_ month: MonthFacts, _ emit: Emit, _ index: inout FeedsIndex) throws {
    let feed = try UsageMonthFeed(
      facts: month, customer: facts.statement.customer, directory: facts.partners, messages: messages
    ).object()
    let path = PortalPaths.usageFeed(month.month)
    try emitFeed(feed, path, title: "feeds.usage", period: month.month, emit, &index)
    let page = UsageMonthPage(month: month, feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.usage(month.month), renderer.bytes(of: page.page()))
  }

  private func emitCurrentUsage(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let feed = try CurrentUsageFeed.object(facts)
    try emitFeed(feed, PortalPaths.currentUsageFeed, title: "feeds.current_usage", emit, &index)
    let page = OverviewPage(feed: feed, facts: facts, messages: messages, markdown: markdown)
    try emit(PortalPaths.overview, renderer.bytes(of: page.page()))
  }

  private func emitTrends(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let feed = try TrendsFeed.object(facts)
    try emitFeed(feed, PortalPaths.trendsFeed, title: "feeds.trends", emit, &index)
    let page = UsageIndexPage(feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.usageIndex, renderer.bytes(of: page.page()))
  }

  private func emitInvoices(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let invoices = try facts.invoices.map { invoice in
      try Proof.check(invoice)
      return try InvoicesFeed.invoice(invoice, at: facts.statement.asOf)
    }
    let feed = InvoicesFeed.object(invoices)
    try emitFeed(feed, PortalPaths.invoicesFeed, title: "feeds.invoices", emit, &index)
    let list = InvoicesPage(feed: feed, facts: facts, messages: messages)
    try emit(PortalPaths.invoices, renderer.bytes(of: list.page()))
    for (invoice, feed) in zip(facts.invoices, invoices) {
      let page = InvoicePage(
        invoice: invoice, feed: feed, asOf: facts.statement.asOf, messages: messages)
      try emit(PortalPaths.invoice(invoice.id), renderer.bytes(of: page.page()))
    }
  }

  /// Emits a feed and lists it; `title` is the key of its words.
  func emitFeed(
    _ object: TemplateObject, _ path: String, title: String, period: CalendarMonth? = nil, _ emit: Emit,
    _ index: inout FeedsIndex
  ) throws {
    let bytes = FeedWriter.bytes(object)
    index.add(path, title: try messages.text(title), period: period, bytes: bytes)
    try emit(path, bytes)
  }
}

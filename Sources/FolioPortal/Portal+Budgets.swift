import FolioAccounts

extension Portal {
  /// Budgets and alerts.
  ///
  /// - Throws: as `files`.
  func emitBudgets(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let statuses = try facts.budgetStatuses()
    let feed = try BudgetsFeed.object(facts, statuses)
    try emitFeed(feed, PortalPaths.budgetsFeed, title: "feeds.budgets", emit, &index)
    let page = BudgetsPage(feed: feed, statuses: statuses, facts: facts, messages: messages)
    try emit(PortalPaths.budgets, renderer.bytes(of: page.page()))
  }
}

import FolioAccounts

extension PortalEdition {
  /// Budgets and alerts.
  ///
  /// - Throws: as `write`.
  func writeBudgets(_ statuses: [BudgetStatus]) throws {
    let feed = try BudgetsFeed.object(facts, statuses)
    try writer.write(feed: feed, at: PortalPaths.budgetsFeed, title: "feeds.budgets")
    let page = BudgetsPage(feed: feed, statuses: statuses, facts: facts, messages: messages)
    try writer.write(page.page())
  }
}

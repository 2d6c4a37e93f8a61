import FolioAccounts
import FolioBilling
import FolioRating

extension PortalEdition {
  /// The partners page, a page a partner, and the savings that rest on the same 90 days.
  ///
  /// - Throws: `PortalError.sumsDisagree`, and as `write`.
  func writePartnersAndSavings() throws {
    let recent = try facts.recentCosts()
    if let fault = recent?.faults.first {
      throw PortalError.sumsDisagree(path: PortalPaths.partners, fault: fault)
    }
    try writePartners(recent)
    try writeSavings(recent)
  }

  private func writePartners(_ recent: RecentCosts?) throws {
    let feed = try PartnersFeed(facts: facts, recent: recent, messages: messages).object()
    try writer.write(feed: feed, at: PortalPaths.partnersFeed, title: "feeds.partners")
    let (histories, metrics) = (PartnerHistories(facts), PartnerMetrics(feed, recent))
    let page = PartnersPage(
      feed: feed, facts: facts, recent: recent, histories: histories, messages: messages)
    try writer.write(page.page())
    for id in facts.partnerIDs {
      let page = PartnerPage(
        partner: facts.partners[id], history: histories[id], metric: metrics[id], recent: recent,
        facts: facts, messages: messages)
      try writer.write(page.page())
    }
  }

  private func writeSavings(_ recent: RecentCosts?) throws {
    let model = OptimizationFeed(
      facts: facts, comparison: try PlanComparison(facts), recent: recent, messages: messages)
    let feed = try model.object()
    try writer.write(feed: feed, at: PortalPaths.optimizationFeed, title: "feeds.optimization")
    let page = SavingsPage(feed: feed, model: model, facts: facts, messages: messages)
    try writer.write(page.page())
  }
}

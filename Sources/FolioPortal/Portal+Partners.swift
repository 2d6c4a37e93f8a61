import FolioAccounts
import FolioBilling
import FolioRating

extension Portal {
  /// The partners page, a page a partner, and the savings that rest on the same 90 days.
  ///
  /// - Throws: `PortalError.sumsDisagree`, and as `files`.
  func emitPartnersAndSavings(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let recent = try facts.recentCosts()
    if let fault = recent?.faults.first {
      throw PortalError.sumsDisagree(path: PortalPaths.partners, fault: fault)
    }
    try emitPartners(recent, emit, &index)
    try emitSavings(recent, emit, &index)
  }

  private func emitPartners(_ recent: RecentCosts?, _ emit: Emit, _ index: inout FeedsIndex) throws {
    let feed = try PartnersFeed(facts: facts, recent: recent, messages: messages).object()
    try emitFeed(feed, PortalPaths.partnersFeed, title: "feeds.partners", emit, &index)
    let page = PartnersPage(feed: feed, facts: facts, recent: recent, messages: messages)
    try emit(PortalPaths.partners, renderer.bytes(of: page.page()))
    let (histories, metrics) = (PartnerHistories(facts), PartnerMetrics(feed, recent))
    for id in facts.partnerIDs {
      let page = PartnerPage(
        partner: facts.partners[id], history: histories[id], metric: metrics[id], recent: recent,
        facts: facts, messages: messages)
      try emit(facts.path(of: id), renderer.bytes(of: page.page()))
    }
  }

  private func emitSavings(_ recent: RecentCosts?, _ emit: Emit, _ index: inout FeedsIndex) throws {
    let model = OptimizationFeed(
      facts: facts, comparison: try PlanComparison(facts), recent: recent, messages: messages)
    let feed = try model.object()
    try emitFeed(feed, PortalPaths.optimizationFeed, title: "feeds.optimization", emit, &index)
    let page = SavingsPage(feed: feed, model: model, facts: facts, messages: messages)
    try emit(PortalPaths.savings, renderer.bytes(of: page.page()))
  }
}

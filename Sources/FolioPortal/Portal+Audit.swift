import FolioAccounts
import FolioBilling

extension Portal {
  /// The audit trail: its feed, the list of months, and a page for each of them.
  func emitAudit(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let months = AuditMonths(facts)
    let feed = AuditFeed(months: months, customer: facts.statement.customer.id).object()
    try emitFeed(feed, PortalPaths.auditFeed, title: "feeds.audit", emit, &index)
    let list = AuditIndexPage(months: months, facts: facts, messages: messages)
    try emit(PortalPaths.audit, renderer.bytes(of: list.page()))
    for month in months.all {
      let page = AuditMonthPage(month: month, months: months, messages: messages)
      try emit(PortalPaths.audit(month), renderer.bytes(of: page.page()))
    }
    if !months.undated.isEmpty {
      let page = AuditMonthPage(month: nil, months: months, messages: messages)
      try emit(PortalPaths.undatedAudit, renderer.bytes(of: page.page()))
    }
  }
}

import FolioAccounts
import FolioBilling

extension PortalEdition {
  /// The audit trail: its feed, the list of months, and a page for each of them.
  func writeAudit() throws {
    let months = AuditMonths(facts)
    let feed = AuditFeed(months: months, customer: facts.statement.customer.id)
    try writer.write(feed: feed, at: PortalPaths.auditFeed, title: "feeds.audit")
    let list = AuditIndexPage(months: months, facts: facts, messages: messages)
    try writer.write(list.page())
    let undated = months.undated.isEmpty ? [] : [CalendarMonth?.none]
    for month in months.all.map(Optional.some) + undated {
      let pages = months.pages(of: month)
      for number in pages.indices {
        let page = AuditMonthPage(
          month: month, number: number, months: months, pages: pages, messages: messages)
        try writer.write(page.page())
      }
    }
  }
}

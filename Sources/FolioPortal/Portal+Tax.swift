import FolioAccounts
import FolioRating

extension Portal {
  /// Tax: a page and a feed a year, and the list of years.
  ///
  /// - Throws: `PortalError.sumsDisagree`, and as `files`.
  func emitTax(_ emit: Emit, _ index: inout FeedsIndex) throws {
    let years = try TaxYears(facts)
    for year in years.years {
      if let fault = Reconciliation.faults(in: year).first {
        throw PortalError.sumsDisagree(path: PortalPaths.tax(year.year), fault: fault)
      }
      let feed = try TaxSummaryFeed(facts: facts, year: year, years: years).object()
      try emitFeed(feed, PortalPaths.taxFeed(year.year), title: "feeds.tax_summary", emit, &index)
      let page = TaxPage(year: year, feed: feed, years: years, facts: facts, messages: messages)
      try emit(PortalPaths.tax(year.year), renderer.bytes(of: page.page()))
    }
    let list = TaxIndexPage(years: years, facts: facts, messages: messages)
    try emit(PortalPaths.tax, renderer.bytes(of: list.page()))
  }
}

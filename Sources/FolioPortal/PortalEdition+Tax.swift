import FolioAccounts
import FolioRating

extension PortalEdition {
  /// Tax: a page and a feed a year, and the list of years.
  ///
  /// - Throws: `PortalError.sumsDisagree`, and as `write`.
  func writeTax() throws {
    let years = try TaxYears(facts)
    for year in years.years {
      if let fault = Reconciliation.faults(in: year).first {
        throw PortalError.sumsDisagree(path: PortalPaths.tax(year.year), fault: fault)
      }
      let feed = try TaxSummaryFeed(facts: facts, year: year, years: years).object()
      try writer.write(feed: feed, at: PortalPaths.taxFeed(year.year), title: "feeds.tax_summary")
      let page = TaxPage(year: year, feed: feed, years: years, facts: facts, messages: messages)
      try writer.write(page.page())
    }
    let list = TaxIndexPage(years: years, facts: facts, messages: messages)
    try writer.write(list.page())
  }
}

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
/// The customer's own language lies at the root, each further language of the site in a folder of its name; feeds are
/// written once, in the words of the first. The same statement, settings, words and templates give the same bytes.
package struct Portal {
  let facts: AccountFacts
  private let settings: PortalSettings
  /// The customer's own language first.
  private let languages: [MessageCatalog]
  private let library: TemplateLibrary
  private let markdown: MarkdownCache

  /// Rates every month of the customer; portals of one build share `markdown`.
  ///
  /// - Parameter languages: those of the site, its first one first; not empty.
  /// - Throws: `RatingError` but `unknownPlan`, `ArithmeticOverflow`, `PortalError`.
  package init(
    statement: Statement, settings: PortalSettings, languages: [MessageCatalog], library: TemplateLibrary,
    markdown: MarkdownCache = MarkdownCache()
  ) throws {
    precondition(!languages.isEmpty, "a portal has words")
    facts = try AccountFacts(statement)
    try Self.checkNames(facts.invoices.map(\.id)) { .invoiceNamesCollide($0, $1) }
    try Self.checkNames(facts.statement.reports.map(\.id)) { .reportNamesCollide($0, $1) }
    self.settings = settings
    self.languages = PortalLanguages.order(languages, for: statement.customer.language)
    self.library = library
    self.markdown = markdown
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

  /// Gives each file to `emit`, with its path relative to the portal.
  ///
  /// - Throws: `PortalError`, `MessageError`, `TemplateRenderError`, `MarkdownError`, `ArithmeticOverflow`, and
  ///   whatever `emit` throws.
  package func files(_ emit: (_ path: String, _ bytes: Span<UInt8>) throws -> Void) throws {
    try withoutActuallyEscaping(emit) { emit in
      for index in languages.indices {
        let writer = PortalWriter(renderer: renderer(for: index), isFirst: index == 0, emit)
        try PortalEdition(facts: facts, messages: languages[index], markdown: markdown, writer: writer)
          .write()
      }
    }
  }

  private func renderer(for index: Int) -> PageRenderer {
    PageRenderer(
      customer: facts.statement.customer, customerNamedAt: facts.customerNamedAt, settings: settings,
      languages: PortalLanguages(all: languages, current: index), library: library)
  }
}

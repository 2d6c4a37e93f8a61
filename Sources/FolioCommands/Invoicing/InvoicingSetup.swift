import FolioBilling
import FolioInvoicing
import FolioRating
import FolioSite
import FolioStore

/// What the site's configuration says about documents, and options that several commands share.
enum InvoicingSetup {
  static let store = OptionDescription("--store", value: "F", help: "The billing store.", isRequired: true)
  static let config = OptionDescription(
    "--config", value: "FILE", help: "The site's configuration; without it portal.json beside the store.")
  static let invoice = OptionDescription(
    "--invoice", value: "ID", help: "The invoice's id.", isRequired: true)
  static let reason = OptionDescription(
    "--reason", value: "TEXT", help: "Why; printed on the invoice's page.")

  static func settings(
    store: String, _ arguments: ParsedArguments
  ) throws -> (settings: InvoicingSettings, configuration: SiteConfiguration) {
    let configuration = try SiteSetup.configuration(store: store, named: arguments.value("--config"))
      .configuration
    return (InvoicingSettings(configuration), configuration)
  }
}

extension InvoicingSettings {
  init(_ configuration: SiteConfiguration, source: String = commandSource) {
    let terms = configuration.paymentTerms
    self.init(
      source: source, seller: configuration.seller,
      invoiceNumbers: InvoiceNumberFormat(configuration.invoiceNumbering),
      creditNoteNumbers: InvoiceNumberFormat(configuration.creditNoteNumbering),
      paymentTermsDays: configuration.invoiceNumbering.paymentTermsDays ?? 0,
      paymentTerms: terms.isEmpty ? nil : terms, taxWording: configuration.taxWording)
  }
}

extension InvoiceNumberFormat {
  fileprivate init(_ numbering: SiteConfiguration.Numbering) {
    self.init(series: numbering.series, separator: numbering.separator, width: numbering.digits)
  }
}

extension CommandContext {
  /// The present in whole seconds, as documents print it.
  var second: Timestamp { Timestamp(secondsSinceEpoch: now().secondsSinceEpoch) }

  /// When a document is issued: the instant that the option names, else now.
  ///
  /// - Throws: `InvoicingError.datedInFuture` beyond the clock and a pinned as-of time: no earlier document could follow.
  func issueTime(
    _ option: String, _ arguments: ParsedArguments, _ configuration: SiteConfiguration
  ) throws -> IssueTime {
    guard let named = try arguments.instant(option) else { return .now(second) }
    if named > max(now(), configuration.asOf ?? now()) { throw InvoicingError.datedInFuture(named) }
    return .exactly(named)
  }
}

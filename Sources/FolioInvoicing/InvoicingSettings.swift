package import FolioBilling
package import FolioRating
import FolioStore

/// What the operator decides about the documents that Folio issues.
package struct InvoicingSettings: Sendable {
  /// With an event's id its identity; what vouches for the facts that Folio makes itself.
  package let source: String
  /// Nil where none is configured: then nothing is issued.
  package let seller: Party?
  package let invoiceNumbers: InvoiceNumberFormat
  package let creditNoteNumbers: InvoiceNumberFormat
  package let paymentTermsDays: Int
  /// In the operator's words; nil prints none.
  package let paymentTerms: String?
  /// What documents say of a tax category where the customer's own facts give no reason.
  package let taxWording: [TaxCategory: String]

  package init(
    source: String = commandSource, seller: Party?,
    invoiceNumbers: InvoiceNumberFormat = InvoiceNumberFormat(),
    creditNoteNumbers: InvoiceNumberFormat = InvoiceNumberFormat(series: "CN"), paymentTermsDays: Int = 14,
    paymentTerms: String? = nil, taxWording: [TaxCategory: String] = [:]
  ) {
    self.source = source
    self.seller = seller
    self.invoiceNumbers = invoiceNumbers
    self.creditNoteNumbers = creditNoteNumbers
    self.paymentTermsDays = paymentTermsDays
    self.paymentTerms = paymentTerms
    self.taxWording = taxWording
  }
}

/// The instant at which documents are issued.
package enum IssueTime: Hashable, Sendable {
  /// As the operator names it.
  case exactly(Timestamp)
  /// By the clock, at which another process may issue in the same moment: not before what it issued today.
  case now(Timestamp)

  package var instant: Timestamp {
    switch self {
    case .exactly(let instant), .now(let instant): instant
    }
  }
}

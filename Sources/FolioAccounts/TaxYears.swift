package import FolioBilling
package import FolioRating

/// The invoices and credit notes of a customer by the year of their dates.
package struct TaxYears {
  /// Years with a document, be it in a sum or not; in order.
  package let years: [TaxYear]
  /// Invoices that are void, and so in no sum; in order of creation.
  package let void: [Invoice]
  /// Credit notes of void invoices, which are in no sum with them; in order of their invoices, then of issue.
  package let voidNotes: [CreditNote]
  /// Invoices of another currency than the customer's, which are in no sum either; in order of creation.
  package let otherCurrency: [Invoice]

  package init(_ facts: AccountFacts) throws(ArithmeticOverflow) {
    let invoices = facts.statement.invoices
    void = invoices.filter { $0.void != nil }
    voidNotes = void.flatMap(\.creditNotes).filter(\.isEffective)
    let valid = invoices.filter { $0.void == nil }
    otherCurrency = valid.filter { $0.document.currency != facts.currency }
    var documents: [TaxedDocument] = []
    for invoice in valid where invoice.document.currency == facts.currency {
      documents += try TaxedDocument.documents(of: invoice)
    }
    var years: [TaxYear] = []
    let dated =
      documents.map(\.date.month.year) + invoices.map(\.document.created.date.month.year)
      + voidNotes.map(\.issuedAt.date.month.year)
    for year in Set(dated).sorted() {
      years.append(try TaxYear(year, documents: documents, currency: facts.currency))
    }
    self.years = years
  }
}

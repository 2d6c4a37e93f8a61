package import FolioBilling
package import FolioRating

/// The invoices and credit notes of a customer by the year of their dates.
package struct TaxYears {
  /// Years with a document, in order.
  package let years: [TaxYear]
  /// Invoices that are void, and so in no sum; in order of creation.
  package let void: [Invoice]
  /// Invoices of another currency than the customer's, which are in no sum either; in order of creation.
  package let otherCurrency: [Invoice]

  package init(_ facts: AccountFacts) throws(ArithmeticOverflow) {
    let invoices = facts.statement.invoices
    void = invoices.filter { $0.void != nil }
    let valid = invoices.filter { $0.void == nil }
    otherCurrency = valid.filter { $0.document.currency != facts.currency }
    var documents: [TaxedDocument] = []
    for invoice in valid where invoice.document.currency == facts.currency {
      documents.append(try TaxedDocument(invoice))
      for note in invoice.creditNotes where note.isEffective {
        documents.append(try TaxedDocument(note, of: invoice))
      }
    }
    var years: [TaxYear] = []
    for year in Set(documents.map(\.date.month.year)).sorted() {
      years.append(try TaxYear(year, documents: documents, currency: facts.currency))
    }
    self.years = years
  }
}

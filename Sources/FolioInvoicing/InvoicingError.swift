package import FolioBilling

/// Why nothing is issued or recorded.
package enum InvoicingError: Error, Equatable, Sendable {
  case noSeller
  /// A month is invoiced when it has ended.
  case periodNotOver(CalendarMonth, issuedAt: Timestamp)
  /// Numbers follow dates: the series has a document of a later date.
  case datedBeforeSeries(prefix: String, newest: Timestamp, issuedAt: Timestamp)
  /// A document of a later date would keep those of today from being issued.
  case datedInFuture(Timestamp)
  /// Invoices and credit notes would share their numbers.
  case seriesShared(prefix: String)
  case unknownCustomer(CustomerID)
  case unknownInvoice(InvoiceID)
  /// Facts of the customer are there no more.
  case customerDeleted(CustomerID)
  /// The store kept an event under this id that says something else.
  case eventNotTaken(EventID)

  case invoiceIsVoid(InvoiceID)
  case datedBeforeInvoice(InvoiceID, finalizedAt: Timestamp)
  /// Money has moved: what corrects it is a credit note.
  case alreadySettledInPart(InvoiceID, paid: Money, credited: Money)
  case amountNotPositive
  case aboveWhatCanBeCredited(InvoiceID, amount: Money, left: Money)
  case aboveWhatIsDue(InvoiceID, amount: Money, due: Money)
  /// The credit note is there and says something else.
  case otherCreditNote(CreditNoteID)
}

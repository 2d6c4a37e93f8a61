import FolioAccounts
package import FolioBilling
import FolioRating
package import FolioStore

/// Freezes the invoices of a month: one event and one transaction a customer.
///
/// What was committed stays, so a run that was cut off is finished by another: who has an invoice is passed
/// over, and the next number is the one behind the last in the store.
package struct InvoiceFinalizer {
  private let store: BillingStore
  private let settings: InvoicingSettings

  package init(store: BillingStore, settings: InvoicingSettings) {
    self.store = store
    self.settings = settings
  }

  /// Invoices customers in order of their identifiers.
  ///
  /// - Parameter report: gets what became of each, once it is in the store.
  /// - Throws: `InvoicingError`, before anything is issued, or when the store got a document of a later date
  ///   meanwhile; `SQLiteError`, `FileLockError`. What was reported before stays.
  package func finalize(
    _ request: FinalizationRequest, report: (CustomerID, FinalizationOutcome) -> Void
  ) throws {
    try finalize(request, report: report) { work in
      try store.write(receivedAt: request.receivedAt, origin: "folio invoice finalize", work)
    }
  }

  /// Invoices customers in order of their identifiers, all in the transaction of `log`: for stores that are being
  /// made, where no half month is worth keeping.
  ///
  /// - Throws: as the other.
  package func finalize(
    _ request: FinalizationRequest, in log: EventLog, report: (CustomerID, FinalizationOutcome) -> Void
  ) throws {
    try finalize(request, report: report) { work in try work(log) }
  }

  /// What runs the work on one customer in a transaction.
  private typealias Transaction = ((EventLog) throws -> FinalizationOutcome) throws -> FinalizationOutcome

  private func finalize(
    _ request: FinalizationRequest, report: (CustomerID, FinalizationOutcome) -> Void,
    _ transaction: Transaction
  ) throws {
    guard let seller = settings.seller else { throw InvoicingError.noSeller }
    let instant = request.issueTime.instant
    if instant < request.month.period.end {
      throw InvoicingError.periodNotOver(request.month, issuedAt: instant)
    }
    let reader = store.reader
    let customers = try reader.chosenCustomers(request.customers, at: instant)
    var numbers = DocumentNumbers(.invoice, settings.invoiceNumbers)
    for customer in customers {
      let first = InvoiceIdentity.id(of: customer, in: request.month, attempt: 0)
      if let number = try reader.numberOfInvoiceInForce(first) {
        report(customer, .alreadyInvoiced(number: number))
      } else {
        report(customer, try finalize(customer, request, seller, reader, &numbers, transaction))
      }
    }
  }

  private func finalize(
    _ customer: CustomerID, _ request: FinalizationRequest, _ seller: Party, _ reader: StatementReader,
    _ numbers: inout DocumentNumbers, _ transaction: Transaction
  ) throws -> FinalizationOutcome {
    do {
      var next = numbers
      let outcome = try transaction { log in
        try self.outcome(of: customer, request, seller, reader, log, &next)
      }
      numbers = next
      if case .issued(let invoice) = outcome { numbers.keep(invoice.document.created) }
      return outcome
    } catch  where isOfOneCustomer(error) {
      return .held([.failed(error)])
    }
  }

  /// What to do with a customer, done inside the transaction of `log`.
  private func outcome(
    of customer: CustomerID, _ request: FinalizationRequest, _ seller: Party, _ reader: StatementReader,
    _ log: EventLog, _ numbers: inout DocumentNumbers
  ) throws -> FinalizationOutcome {
    guard let statement = try reader.statementOfAllFacts(of: customer, at: request.issueTime.instant) else {
      throw InvoicingError.customerDeleted(customer)
    }
    let assessment = try InvoiceAssessment(request.month, of: statement)
    if let invoice = assessment.invoices.first { return .alreadyInvoiced(number: invoice.document.number) }
    if let void = assessment.voided.last, !request.customers.contains(customer) {
      return .held([.voided(number: void.document.number)])
    }
    let doubts = try assessment.doubts(settings).filter { !request.allows($0) }
    if !doubts.isEmpty { return .held(doubts) }
    guard let draft = assessment.draft else {
      return .noPlan(correction: try assessment.correctionWithoutPlan())
    }
    let id = InvoiceIdentity.id(of: customer, in: request.month, attempt: assessment.voided.count)
    let (number, date) = try numbers.next(at: request.issueTime, reading: reader)
    return .issued(try issue(draft, id, number, date, seller, log))
  }

  private func issue(
    _ draft: InvoiceDraft, _ id: InvoiceID, _ number: String, _ date: Timestamp, _ seller: Party,
    _ log: EventLog
  ) throws -> IssuedInvoice {
    let wording = draft.customer.tax.flatMap { settings.taxWording[$0.category] }
    let document = try draft.document(
      number: number, created: date, seller: seller, paymentTermsDays: settings.paymentTermsDays,
      paymentTerms: settings.paymentTerms, taxReason: wording.flatMap { $0.isEmpty ? nil : $0 })
    let event = try FolioEvent.make(
      .invoiceFinalized, InvoiceIdentity.event("finalized", id), at: date, of: draft.customer.id,
      document.eventData(id: id), source: settings.source)
    try log.take(event)
    let carriedOver = try Money.sum(of: draft.carriedOver.lazy.map(\.amount), in: document.currency)
    return IssuedInvoice(id: id, document: document, carriedOver: carriedOver)
  }
}

extension StatementReader {
  /// The customers named, or all, in order of identifiers.
  ///
  /// - Throws: `InvoicingError.unknownCustomer`.
  func chosenCustomers(_ wanted: [CustomerID], at instant: Timestamp) throws -> [CustomerID] {
    let all = try customers(asOf: instant)
    if wanted.isEmpty { return all }
    let (known, chosen) = (Set(all), Set(wanted))
    for customer in wanted where !known.contains(customer) { throw InvoicingError.unknownCustomer(customer) }
    return all.filter(chosen.contains)
  }
}

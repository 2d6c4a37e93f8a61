import FolioAccounts
package import FolioBilling
import FolioRating
package import FolioStore

/// The invoices of a month as finalisation would make them now, without making any.
package struct InvoicePreview {
  private let reader: StatementReader
  private let settings: InvoicingSettings

  package init(reader: StatementReader, settings: InvoicingSettings) {
    self.reader = reader
    self.settings = settings
  }

  /// Gives a row for each customer with a plan in force or an invoice, in order of identifiers.
  ///
  /// - Parameter customers: whom to look at; empty for all.
  /// - Throws: `InvoicingError.unknownCustomer`, `SQLiteError`; what one customer's facts have wrong is a remark.
  package func rows(
    of month: CalendarMonth, at instant: Timestamp, customers wanted: [CustomerID] = [],
    progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> [PreviewRow] {
    let customers = try reader.chosenCustomers(wanted, at: instant)
    var rows: [PreviewRow] = []
    for (index, customer) in customers.enumerated() {
      if let row = try row(of: customer, month, at: instant) { rows.append(row) }
      progress(index + 1, customers.count)
    }
    return rows
  }

  private func row(
    of customer: CustomerID, _ month: CalendarMonth, at instant: Timestamp
  ) throws -> PreviewRow? {
    do {
      guard let statement = try reader.statementOfAllFacts(of: customer, at: instant) else { return nil }
      return try row(InvoiceAssessment(month, of: statement))
    } catch  where isOfOneCustomer(error) {
      return PreviewRow(
        customerID: customer, name: nil, before: nil, amount: nil, tax: nil, total: nil, corrections: nil,
        remarks: [.failed(error)])
    }
  }

  /// The row of what was assessed; nil for a customer whom the month does not concern.
  private func row(_ assessment: InvoiceAssessment) throws -> PreviewRow? {
    let correction = try assessment.correctionWithoutPlan()
    let isConcerned = assessment.draft != nil || assessment.figures?.unratedPlan != nil
    if assessment.invoices.isEmpty && !isConcerned && correction == nil { return nil }
    let before = try assessment.amountBefore()
    let sums = try assessment.sums()
    return PreviewRow(
      customerID: assessment.facts.statement.customer.id, name: assessment.facts.statement.customer.name,
      before: before, amount: sums?.amount, tax: sums?.tax, total: sums?.total,
      corrections: sums?.corrections,
      remarks: try remarks(assessment, sums, before) + (correction.map { [.correctionWithoutPlan($0)] } ?? [])
    )
  }

  private func remarks(
    _ assessment: InvoiceAssessment, _ sums: InvoiceAssessment.Sums?, _ before: Money?
  ) throws -> [InvoiceRemark] {
    var remarks: [InvoiceRemark] = []
    if let invoice = assessment.invoices.first {
      remarks.append(.alreadyInvoiced(number: invoice.document.number))
    } else {
      remarks += try assessment.doubts(settings)
      let carried = try assessment.carriedOver()
      if let carried { remarks.append(.carriedOver(carried)) }
      if let void = assessment.voided.last { remarks.append(.voided(number: void.document.number)) }
    }
    let missing = try hoursMissing(assessment)
    if missing > 0 { remarks.append(.hoursMissing(missing)) }
    guard let amount = sums?.amount else { return remarks }
    if let before, PreviewRow.isChanged(amount, from: before) { remarks.append(.changed) }
    if amount.isZero { remarks.append(.zero) }
    return remarks
  }

  /// Hours that look lost in the time that is served and received.
  private func hoursMissing(_ assessment: InvoiceAssessment) throws -> Int {
    guard let figures = assessment.figures, let served = figures.servedPeriod,
      let through = figures.completeThrough, served.start < through
    else { return 0 }
    let received = BillingPeriod(start: served.start, end: min(served.end, through))
    let customer = assessment.facts.statement.customer.id
    return MissingHours.count(
      in: received, messages: try reader.messagesByHour(of: customer, in: received))
  }
}

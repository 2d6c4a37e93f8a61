import FolioAccounts
import FolioBilling
import FolioRating
import FolioStore

/// What a customer's facts say about invoicing a month.
struct InvoiceAssessment {
  let month: CalendarMonth
  let facts: AccountFacts
  /// Nil where no plan was in force, or none is known.
  let draft: InvoiceDraft?
  /// Those over the month that are not void, in order of creation.
  let invoices: [Invoice]
  /// Those over the month that are.
  let voided: [Invoice]

  /// - Throws: `RatingError`, `ArithmeticOverflow`, `AccountError`: what is wrong with one customer's facts.
  init(_ month: CalendarMonth, of statement: Statement) throws {
    self.month = month
    let over = statement.invoices.filter { $0.document.period.intersection(month.period) != nil }
    invoices = over.filter { $0.void == nil }
    voided = over.filter { $0.void != nil }
    facts = try AccountFacts(statement)
    draft = try InvoiceDraft(of: month, from: facts)
  }

  var figures: MonthFacts? { facts.month(month) }

  /// What should be looked at before the draft is issued.
  func doubts(_ settings: InvoicingSettings) throws -> [InvoiceRemark] {
    var doubts: [InvoiceRemark] = []
    if let plan = figures?.unratedPlan { doubts.append(.planUnknown(plan)) }
    guard let draft else { return doubts }
    if !draft.isUsageComplete { doubts.append(.usageIncomplete(through: figures?.completeThrough)) }
    if draft.customer.tax?.category == .reverseCharge, draft.customer.taxIDs.isEmpty {
      doubts.append(.buyerTaxIDMissing)
    }
    if try !draft.tax().isZero, settings.seller?.taxIDs.isEmpty ?? true {
      doubts.append(.sellerTaxIDMissing)
    }
    return doubts
  }

  /// Corrections of earlier months that no invoice of this one can carry; nil for none.
  func correctionWithoutPlan() throws(ArithmeticOverflow) -> Money? {
    guard draft == nil, figures?.unratedPlan == nil else { return nil }
    let earlier = facts.months.lazy.filter { $0.month < month }.compactMap { $0.invoiced?.late?.amount }
    let sum = try Money.sum(of: earlier, in: facts.currency)
    return sum.isZero ? nil : sum
  }
}

/// Whether an error concerns one customer's facts, so that the others' invoices can go on.
func isOfOneCustomer(_ error: any Error) -> Bool {
  switch error {
  case is RatingError, is ArithmeticOverflow, is AccountError, is StoredValueError, is FieldError: true
  case .customerDeleted as InvoicingError, .eventNotTaken as InvoicingError: true
  default: false
  }
}

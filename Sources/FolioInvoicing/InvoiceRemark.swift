package import FolioBilling

/// What stands out about the invoice of a month.
package enum InvoiceRemark: Sendable {
  /// Usage of the served time has not been received to its end; nil where none has been.
  case usageIncomplete(through: Timestamp?)
  /// Reverse charge needs the buyer's tax id.
  case buyerTaxIDMissing
  /// Tax is charged, and the seller has no tax id.
  case sellerTaxIDMissing
  /// Nobody has defined the plan.
  case planUnknown(PlanID)
  case voided(number: String)
  case alreadyInvoiced(number: String)
  /// Hours without a reading where every other week has one with messages enough.
  case hoursMissing(Int)
  /// More than 30 per cent above or below the month before.
  case changed
  case zero
  /// Corrections that do not fit on the invoice and wait for a later one.
  case carriedOver(Money)
  /// Corrections of earlier months, and no plan in force whose invoice could carry them.
  case correctionWithoutPlan(Money)
  case failed(any Error)

  /// The name that machines read.
  package var code: String {
    switch self {
    case .usageIncomplete: "incomplete"
    case .buyerTaxIDMissing: "no_buyer_tax_id"
    case .sellerTaxIDMissing: "no_seller_tax_id"
    case .planUnknown: "unrated"
    case .voided: "voided"
    case .alreadyInvoiced: "already_invoiced"
    case .hoursMissing: "missing_hours"
    case .changed: "change"
    case .zero: "zero"
    case .carriedOver: "carried_over"
    case .correctionWithoutPlan: "correction_without_plan"
    case .failed: "failed"
    }
  }
}

package import FolioBilling

/// What is to be finalised.
package struct FinalizationRequest: Sendable {
  package let month: CalendarMonth
  package let issueTime: IssueTime
  /// When the events arrive in the store; shown on no page.
  package let receivedAt: Timestamp
  /// Whom to invoice; empty for all. Who is named is invoiced again after a void invoice.
  package let customers: [CustomerID]
  package let allowsIncompleteUsage: Bool
  package let allowsMissingTaxID: Bool

  package init(
    month: CalendarMonth, issueTime: IssueTime, receivedAt: Timestamp, customers: [CustomerID] = [],
    allowsIncompleteUsage: Bool = false, allowsMissingTaxID: Bool = false
  ) {
    self.month = month
    self.issueTime = issueTime
    self.receivedAt = receivedAt
    self.customers = customers
    self.allowsIncompleteUsage = allowsIncompleteUsage
    self.allowsMissingTaxID = allowsMissingTaxID
  }
}

/// What became of one customer.
package enum FinalizationOutcome: Sendable {
  case issued(IssuedInvoice)
  case alreadyInvoiced(number: String)
  /// No plan was in force; corrections of earlier months, if there are any, find no invoice.
  case noPlan(correction: Money?)
  /// Not issued, for these reasons; never empty.
  case held([InvoiceRemark])
}

/// An invoice that has just been frozen.
package struct IssuedInvoice: Sendable {
  package let id: InvoiceID
  package let document: InvoiceDocument
  /// What waits for a later invoice; zero for nothing.
  package let carriedOver: Money
}

extension FinalizationRequest {
  /// Whether the operator said that the doubt is none.
  func allows(_ doubt: InvoiceRemark) -> Bool {
    switch doubt {
    case .usageIncomplete: allowsIncompleteUsage
    case .buyerTaxIDMissing, .sellerTaxIDMissing: allowsMissingTaxID
    default: false
    }
  }
}

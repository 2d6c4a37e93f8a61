/// The kinds of change that a billing store knows, under the names that senders use.
package enum EventType: String, Sendable, CaseIterable {
  case customerUpdated = "billing.customer.updated"
  case customerDeleted = "billing.customer.deleted"
  case planDefined = "billing.plan.defined"
  case subscriptionCreated = "billing.subscription.created"
  case subscriptionUpdated = "billing.subscription.updated"
  case subscriptionCanceled = "billing.subscription.canceled"
  case paymentMethodAdded = "billing.payment_method.added"
  case paymentMethodDefaultChanged = "billing.payment_method.default_changed"
  case partnerUpdated = "billing.partner.updated"
  case partnerDeleted = "billing.partner.deleted"
  case usageRecorded = "billing.usage.recorded"
  case usageStated = "billing.usage.stated"
  case usageWatermark = "billing.usage.watermark"
  case usageThresholdReached = "billing.usage.threshold_reached"
  case invoiceFinalized = "billing.invoice.finalized"
  case invoiceVoided = "billing.invoice.voided"
  case invoiceWrittenOff = "billing.invoice.written_off"
  case creditNoteIssued = "billing.credit_note.issued"
  case paymentSucceeded = "billing.payment_succeeded"
  case paymentFailed = "billing.payment_failed"
  case paymentRefunded = "billing.payment_refunded"
  case budgetSet = "billing.budget.set"
  case budgetAlert = "billing.budget_alert"
  case alertSet = "billing.alert.set"
  case reportDefined = "billing.report.defined"
  case noticePosted = "billing.notice.posted"
}

/// What an event is about, and what another event may have to wait for.
package enum EventSubject: Hashable, Sendable {
  case customer(CustomerID)
  case plan(PlanID)
  case subscription(CustomerID, SubscriptionID)
  case paymentMethod(CustomerID, PaymentMethodID)
  case partner(CustomerID, PartnerID)
  case invoice(InvoiceID)

  /// A text that names the subject in the store: `invoice in_123`.
  package var text: String {
    switch self {
    case .customer(let id): "customer \(id.text)"
    case .plan(let id): "plan \(id.text)"
    case .subscription(let customer, let id): "subscription \(id.text) of \(customer.text)"
    case .paymentMethod(let customer, let id): "payment method \(id.text) of \(customer.text)"
    case .partner(let customer, let id): "partner \(id.text) of \(customer.text)"
    case .invoice(let id): "invoice \(id.text)"
    }
  }
}

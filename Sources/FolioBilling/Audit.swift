/// What one event changed for a customer, or what a day of usage reports brought.
///
/// A class, since entries are sorted, grouped and handed on, and a copy would retain each field of its own.
package final class AuditEntry: Hashable, Sendable {
  /// Names the entry in the portal, for ever: `a-` and 16 hexadecimal digits of an event, `usage-2024-01-02` of
  /// a day.
  package let anchor: String
  /// nil where the entry stands for a day of usage reports.
  package let eventID: EventID?
  package let type: EventType
  /// The event's time, of a day that of its newest report; nil where nothing dates the event.
  package let time: Timestamp?
  package let subject: AuditSubject
  /// The subject's name by then: a partner's or a plan's name, an invoice's number; nil where it has none.
  package let subjectName: String?
  /// Whether nothing was known of the subject before.
  package let isFirst: Bool
  /// What the event says of itself, and of no state.
  package let details: [AuditDetail]
  /// The subject's fields whose values changed; empty where another event had said so already.
  package let changes: [AuditChange]

  package init(
    anchor: String, eventID: EventID?, type: EventType, time: Timestamp?, subject: AuditSubject,
    subjectName: String? = nil, isFirst: Bool = false, details: [AuditDetail] = [],
    changes: [AuditChange] = []
  ) {
    self.anchor = anchor
    self.eventID = eventID
    self.type = type
    self.time = time
    self.subject = subject
    self.subjectName = subjectName
    self.isFirst = isFirst
    self.details = details
    self.changes = changes
  }

  package static func == (left: AuditEntry, right: AuditEntry) -> Bool {
    left === right
      || left.anchor == right.anchor && left.eventID == right.eventID && left.type == right.type
        && left.time == right.time && left.subject == right.subject && left.subjectName == right.subjectName
        && left.isFirst == right.isFirst && left.details == right.details && left.changes == right.changes
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(anchor) }
}

/// What an entry is about.
package enum AuditSubject: Hashable, Sendable {
  case customer
  case plan(PlanID)
  case subscription(SubscriptionID)
  case paymentMethod(PaymentMethodID)
  case partner(PartnerID)
  /// Readings of usage, and through when they are complete.
  case usage
  /// A month's totals as a source stated them.
  case statedUsage(CalendarMonth)
  case invoice(InvoiceID)
  case budget(BudgetID)
  case alert(AlertID)
  /// An alert that went off.
  case occurrence
  case report(ReportID)
  case notice(NoticeID)

  /// The identifier under which the API or an event knows the subject; nil for what is one for each customer.
  package var id: String? {
    switch self {
    case .customer, .usage, .occurrence: nil
    case .plan(let id): id.text
    case .subscription(let id): id.text
    case .paymentMethod(let id): id.text
    case .partner(let id): id.text
    case .statedUsage(let month): month.text
    case .invoice(let id): id.text
    case .budget(let id): id.text
    case .alert(let id): id.text
    case .report(let id): id.text
    case .notice(let id): id.text
    }
  }
}

extension AuditSubject {
  /// What kind of subject it is, as feeds spell it.
  package var kind: String {
    switch self {
    case .customer: "customer"
    case .plan: "plan"
    case .subscription: "subscription"
    case .paymentMethod: "payment_method"
    case .partner: "partner"
    case .usage: "usage"
    case .statedUsage: "stated_usage"
    case .invoice: "invoice"
    case .budget: "budget"
    case .alert: "alert"
    case .occurrence: "occurrence"
    case .report: "report"
    case .notice: "notice"
    }
  }
}

/// A field of an entry that describes the event itself.
package struct AuditDetail: Hashable, Sendable {
  package let field: AuditField
  package let value: AuditValue

  package init(_ field: AuditField, _ value: AuditValue) {
    self.field = field
    self.value = value
  }
}

/// A field before and after an event; nil where it has no value.
package struct AuditChange: Hashable, Sendable {
  package let field: AuditField
  package let before: AuditValue?
  package let after: AuditValue?

  package init(_ field: AuditField, before: AuditValue?, after: AuditValue?) {
    self.field = field
    self.before = before
    self.after = after
  }
}

/// A value that a field can have, with its unit, so that it prints for people and for machines.
package enum AuditValue: Hashable, Sendable {
  /// Somebody's own words, a name or an identifier.
  case text(String)
  case texts([String])
  /// A word of the API's vocabulary: `base_plus_usage`.
  case code(String)
  /// Something with an identifier, and its name where one is known.
  case reference(id: String, name: String?)
  /// A URL, of which nobody is shown more than scheme and host: the rest may be a secret.
  case address(String)
  case money(Money)
  case unitPrice(UnitPrice)
  case tiers(TieredPrice)
  case discounts([Discount])
  /// An amount that the currency of its time cannot express.
  case decimal(ExactDecimal)
  /// A fraction of one.
  case rate(ExactDecimal)
  case count(Int64)
  case bytes(Int64)
  /// Whole per cent.
  case percent(Int64)
  case percents([Int64])
  case date(CalendarDate)
  case month(CalendarMonth)
  case instant(Timestamp)
  case flag(Bool)
}

/// The fields that an audit trail names, as feeds spell them.
package enum AuditField: String, Sendable, CaseIterable {
  case name
  case currency
  case addressLines = "address_lines"
  case country
  case taxIDs = "tax_ids"
  case taxCategory = "tax_category"
  case taxRate = "tax_rate"
  case taxReason = "tax_reason"
  case purchaseOrder = "purchase_order"
  case email
  case language
  case isDeleted = "is_deleted"

  case model
  case baseFee = "base_fee"
  case baseFeeApplies = "base_fee_applies"
  case messageRate = "message_rate"
  case messageTiers = "message_tiers"
  case includedMessages = "included_messages"
  case partnerFee = "partner_fee"
  case partnerFeeTiers = "partner_fee_tiers"
  case minimumCommitment = "minimum_commitment"
  case maximumCommitment = "maximum_commitment"
  case discounts
  case chargesFailedMessages = "charges_failed_messages"
  case pricesIncludeTax = "prices_include_tax"
  case isOffered = "is_offered"
  case effectiveAt = "effective_at"

  case plan
  case billingCycle = "billing_cycle"
  case status
  case startedAt = "started_at"
  case trialEndsAt = "trial_ends_at"
  case currentPeriodStart = "current_period_start"
  case currentPeriodEnd = "current_period_end"
  case canceledAt = "canceled_at"
  case cancelAtPeriodEnd = "cancel_at_period_end"
  case prorate

  case type
  case brand
  case last4
  case defaultPaymentMethod = "default_payment_method"

  case gln
  case department
  case departmentFrom = "department_from"

  case reports
  case readings
  case messages
  case failedMessages = "failed_messages"
  case firstHour = "first_hour"
  case lastHour = "last_hour"
  case completeThrough = "complete_through"
  case inboundMessages = "inbound_messages"
  case outboundMessages = "outbound_messages"
  case totalPartners = "total_partners"
  case activePartners = "active_partners"
  case totalPayloadSize = "total_payload_size"

  case amount
  case amountPaid = "amount_paid"
  case amountRemaining = "amount_remaining"
  case amountCredited = "amount_credited"
  case amountRefunded = "amount_refunded"
  case periodStart = "period_start"
  case periodEnd = "period_end"
  case dueDate = "due_date"
  case isTotal = "is_total"
  case paymentMethod = "payment_method"
  case failureReason = "failure_reason"
  case retryDate = "retry_date"
  case refundID = "refund_id"
  case creditNoteNumber = "credit_note_number"
  case reason

  case period
  case alertThresholds = "alert_thresholds"
  case hardLimit = "hard_limit"
  case threshold
  case thresholdType = "threshold_type"
  case thresholdPercentage = "threshold_percentage"
  case currentUsage = "current_usage"
  case limit
  case periodRemainingDays = "period_remaining_days"
  case notificationEmail = "notification_email"
  case webhookURL = "webhook_url"

  case reportType = "report_type"
  case start
  case end
  case groupBy = "group_by"
  case includeMetrics = "include_metrics"
  case body
  case from
  case until
}

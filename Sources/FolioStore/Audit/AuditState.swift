import FolioBilling

/// What is known of a customer between two events of its trail.
struct AuditState {
  /// The customer's currency of today, for what comes before any word on it.
  private let laterCurrency: Currency
  private let documents: [InvoiceID: InvoiceDocument]
  /// The first name of each plan, for what comes before its definition.
  private let firstNames: [PlanID: String]

  private var simple: [AuditSubject: AuditData] = [:]
  var currency: Currency?
  var defaultMethod: AuditValue?
  var plans: [PlanID: AuditedPlan] = [:]
  /// Plans that a subscription has named.
  var namedPlans: Set<PlanID> = []
  var subscriptions: [SubscriptionID: AuditedSubscription] = [:]
  var partners: [PartnerID: AuditedPartner] = [:]
  var invoices: [InvoiceID: AuditedInvoice] = [:]

  init(customer: Customer, invoices: [Invoice], plans: [PlanVersion]) {
    laterCurrency = customer.currency
    documents = Dictionary(invoices.map { ($0.id, $0.document) }) { first, _ in first }
    firstNames = Dictionary(plans.map { ($0.planID, $0.name) }) { first, _ in first }
  }

  /// Takes what is said of a subject of which each event says all.
  mutating func replace(
    _ subject: AuditSubject, name: String? = nil, by data: AuditData, details: AuditData = AuditData()
  ) -> AuditDraft {
    let before = simple.updateValue(data, forKey: subject)
    return AuditDraft(
      subject, name: name, isFirst: before == nil, from: before ?? AuditData(), to: data, details: details)
  }

  func data(of subject: AuditSubject) -> AuditData? { simple[subject] }

  /// An amount in the customer's currency of the time.
  func amount(_ decimal: ExactDecimal) -> AuditValue {
    amount(decimal, in: currency ?? laterCurrency).map { .money($0) } ?? .decimal(decimal)
  }

  /// nil where the currency has fewer digits than the amount.
  func amount(_ decimal: ExactDecimal, in currency: Currency) -> Money? {
    do { return try Money(decimal, currency: currency) } catch { return nil }
  }

  /// A plan by its name of the time.
  func reference(to plan: PlanID, at instant: Timestamp) -> AuditValue {
    .reference(id: plan.text, name: plans[plan]?.version(at: instant)?.name ?? firstNames[plan])
  }

  /// What is known of an invoice, whose document the store has frozen.
  ///
  /// - Throws: `StoredValueError` for an invoice that the store does not have.
  func invoice(_ id: InvoiceID) throws(StoredValueError) -> AuditedInvoice {
    if let known = invoices[id] { return known }
    guard let document = documents[id] else { throw StoredValueError(column: "invoices.invoice_id") }
    return AuditedInvoice(document)
  }
}

import FolioBilling
import FolioStore
import Testing

/// The API's answers as a customer's operator fetches them month after month.
@Suite struct RepeatedAnswerTests {
  private let store: TemporaryStore

  init() throws { store = try TemporaryStore() }

  private func billing(_ month: String, next: String, status: String = "active") -> String {
    """
    {"customer_id": "cus_a", "subscription": {"id": "sub_a", "status": "\(status)",
      "current_period_start": "\(month)-01T00:00:00Z", "current_period_end": "\(next)-01T00:00:00Z",
      "trial_ends_at": null, "cancel_at_period_end": false},
     "billing_plan": {"name": "Plan", "model": "base_plus_usage", "base_fee": 299.00, "message_rate": 0.05},
     "payment_method": null}
    """
  }

  private func invoices(paid: String, status: String, paidAt: String) -> String {
    """
    {"data": [{"id": "in_1", "number": "A-1", "status": "\(status)", "amount_due": 421.00,
      "amount_paid": \(paid), "currency": "usd", "period_start": "2024-01-01T00:00:00Z",
      "period_end": "2024-01-31T23:59:59Z", "created": "2024-02-01T00:00:00Z",
      "due_date": "2024-02-15T23:59:59Z", "paid_at": \(paidAt)}]}
    """
  }

  private func invoice() throws -> Invoice {
    try #require(try store.statement("cus_a", asOf: "2024-06-01T00:00:00Z")?.invoices.first)
  }

  @Test(arguments: [["2024-01", "2024-02", "2024-03"], ["2024-03", "2024-01", "2024-02"]])
  func `a subscription shown month after month starts with the earliest and stands in the latest`(
    months: [String]
  ) throws {
    let next = ["2024-01": "2024-02", "2024-02": "2024-03", "2024-03": "2024-04"]
    for month in months { try store.importText(billing(month, next: next[month] ?? "")) }
    let statement = try #require(try store.statement("cus_a", asOf: "2024-06-01T00:00:00Z"))
    let subscription = try #require(statement.subscriptions.first)
    #expect(subscription.startedAt.text == "2024-01-01T00:00:00Z")
    #expect(subscription.statedPeriod?.start.text == "2024-03-01T00:00:00Z")
  }

  @Test func `a stated sum of payments and the payments told one by one are not added up`() throws {
    try store.importText(billing("2024-01", next: "2024-02"))
    try store.importText(
      invoices(paid: "100.00", status: "open", paidAt: "null"), name: "first", customer: "cus_a")
    #expect(try invoice().amountPaid() == usd("100.00"))
    #expect(try invoice().status() == .open)
    try store.importText(
      invoices(paid: "421.00", status: "paid", paidAt: "\"2024-02-03T00:00:00Z\""), name: "second",
      customer: "cus_a")
    #expect(try invoice().amountPaid() == usd("421.00"))
    #expect(try invoice().paidAt() == instant("2024-02-03T00:00:00Z"))
    for (amount, day) in [("100.00", "02"), ("321.00", "03")] {
      try store.importText(
        """
        {"type": "billing.payment_succeeded",
         "data": {"invoice_id": "in_1", "amount_paid": \(amount), "paid_at": "2024-02-\(day)T00:00:00Z"}}
        """, name: "payment\(day)")
    }
    #expect(try invoice().amountPaid() == usd("421.00"))
    #expect(try invoice().payments.count == 2)
  }

  @Test func `a corrected start takes the place of the one before, and a stated trial ends`() throws {
    try store.apply([customerEvent()])
    try store.importText(
      """
      {"id": "p", "type": "billing.plan.defined", "timestamp": "2024-01-01T00:00:00Z", "data": {
        "plan_id": "plan_a", "name": "Plan", "model": "per_partner", "currency": "usd", "partner_fee": 5}}
      """, name: "plan")
    func created(_ id: String, at time: String, start: String) -> String {
      """
      {"id": "\(id)", "type": "billing.subscription.created", "timestamp": "\(time)", "customer_id": "cus_a",
       "data": {"subscription_id": "sub_a", "plan_id": "plan_a", "started_at": "\(start)", "status": "trialing",
         "trial_ends_at": "2024-02-01T00:00:00Z"}}
      """
    }
    try store.importText(
      created("e2", at: "2024-01-20T00:00:00Z", start: "2024-01-15T00:00:00Z"), name: "two")
    try store.importText(
      created("e1", at: "2024-01-10T00:00:00Z", start: "2024-01-01T00:00:00Z"), name: "one")
    let subscription = try #require(
      try store.statement("cus_a", asOf: "2024-06-01T00:00:00Z")?.subscriptions.first)
    #expect(subscription.changes.map(\.effectiveAt.text) == ["2024-01-15T00:00:00Z"])
    #expect(subscription.status(at: try instant("2024-01-20T00:00:00Z")) == "trialing")
    #expect(subscription.status(at: try instant("2024-03-01T00:00:00Z")) == "active")
  }
}

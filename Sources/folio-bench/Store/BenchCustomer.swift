import FolioBilling
import FolioInvoicing
import FolioStore

/// A customer of the benchmark: what its operators enter, what it exchanges, and that it pays.
struct BenchCustomer {
  let index: Int
  let shape: StoreShape
  let id: CustomerID
  private let maker: BenchEvents

  init(index: Int, shape: StoreShape) {
    self.index = index
    self.shape = shape
    id = StoreShape.customer(index)
    maker = BenchEvents(customer: id)
  }

  private var start: Timestamp { shape.firstMonth.period.start }

  /// Name, contract, payment method, partners, budgets and alerts.
  func masterData() throws -> [ReceivedEvent] {
    try [
      maker.make(
        .customerUpdated, "customer", at: start,
        #""name":"\#(name)","currency":"usd","address_lines":["\#(index + 1) Harbour Road","Springfield"],"#
          + #""country":"US","tax":{"category":"standard","rate":0.0825},"purchase_order":"PO-\#(index + 1)""#
      ),
      maker.make(
        .subscriptionCreated, "subscription", at: start,
        #""subscription_id":"sub_bench","plan_id":"\#(BenchPlans.plan(of: index))","#
          + #""started_at":"\#(start.text)","billing_cycle":"monthly""#),
      maker.make(
        .paymentMethodAdded, "method", at: start,
        #""payment_method_id":"pm_bench","type":"card","brand":"visa","last4":"4242","exp_month":12,"#
          + #""exp_year":2031,"default":true"#),
    ] + budgets() + partners()
  }

  /// A partner under another name, as of the newest instant: the smallest change that pages show.
  func renaming(of place: Int, to name: String) throws -> ReceivedEvent {
    try maker.make(
      .partnerUpdated, "renamed_" + name, at: StoreShape.asOf,
      #""partner_id":"\#(StoreShape.partner(place).text)","name":"\#(name)""#)
  }

  /// The payment of an invoice ten days after it was issued.
  func payment(of invoice: IssuedInvoice) throws -> ReceivedEvent {
    let instant = invoice.document.created.adding(seconds: 10 * 86_400)
    return try maker.make(
      .paymentSucceeded, "payment_" + invoice.id.text, at: instant,
      #""invoice_id":"\#(invoice.id.text)","amount_paid":\#(invoice.document.amountDue.decimalText),"#
        + #""payment_method":"card_ending_4242","paid_at":"\#(instant.text)""#)
  }

  /// That usage is known through an instant.
  func watermark(through instant: Timestamp) throws -> ReceivedEvent {
    try maker.make(
      .usageWatermark, "through_\(instant.date.text)", at: instant,
      #""complete_through":"\#(instant.text)""#)
  }

  private func budgets() throws -> [ReceivedEvent] {
    try [("monthly", 1_200), ("quarterly", 3_600)].map { period, amount in
      try maker.make(
        .budgetSet, "budget_" + period, at: start,
        #""budget_id":"bud_\#(period)","name":"Budget \#(period)","amount":\#(amount).00,"#
          + #""period":"\#(period)","alert_thresholds":[50,75,90,100],"hard_limit":false"#)
    } + [
      maker.make(
        .alertSet, "alert", at: start,
        #""alert_id":"alert_bench","type":"budget_threshold","threshold":1000.00,"#
          + #""notification_email":"finance@customer.example""#)
    ]
  }

  private func partners() throws -> [ReceivedEvent] {
    try (0..<shape.partners).map { place in
      let department = ["Sales", "Purchasing", "Logistics"][place % 3]
      return try maker.make(
        .partnerUpdated, "partner_\(place + 1)", at: start,
        #""partner_id":"\#(StoreShape.partner(place).text)","name":"\#(Self.word(place, index)) \#(place + 1)","#
          + #""department":"\#(department)","department_from":"\#(start.date.text)""#)
    }
  }

  private var name: String { Self.word(index, index / 7) + " Industries \(index + 1)" }

  private static func word(_ first: Int, _ second: Int) -> String {
    stems[first % stems.count] + " " + trades[second % trades.count]
  }

  private static let stems = ["Alder", "Banksia", "Cobalt", "Dunlin", "Ember", "Fjord", "Garnet", "Heron"]
  private static let trades = ["Foods", "Trading", "Apparel", "Logistics", "Hardware", "Pharmacy", "Wines"]
}

import FolioBilling
import FolioStore
import JSON

/// One customer of the demo with everything that is known of it.
struct DemoCustomer {
  let index: Int
  let company: DemoCompany
  let id: CustomerID
  let firstMonth: CalendarMonth
  let maker: DemoEvents

  init(index: Int) {
    self.index = index
    company = DemoCompany.all[index % DemoCompany.all.count]
    id = demoIdentifier("cus_demo_" + demoNumber(index + 1, 4))
    guard let month = CalendarMonth(company.firstMonth) else {
      preconditionFailure("a company has a first month")
    }
    firstMonth = month
    maker = DemoEvents(customer: id)
  }

  /// The name, with a number from the second round of companies on.
  private var name: String {
    let round = index / DemoCompany.all.count
    return round == 0 ? company.name : company.name + " \(round + 1)"
  }

  private var start: Timestamp { firstMonth.period.start }

  private var currency: Currency {
    guard let currency = Currency(code: company.currency) else {
      preconditionFailure("a company has a currency")
    }
    return currency
  }

  /// The customer itself, its subscription, payment method, partners and budget.
  func masterData() throws(FieldError) -> [ReceivedEvent] {
    var events = [
      try maker.make(.customerUpdated, "customer", at: start, customerData),
      try maker.make(
        .subscriptionCreated, "subscription", at: start,
        [
          ("subscription_id", text("sub_demo_" + demoNumber(index + 1, 4))), ("plan_id", text(company.plan)),
          ("started_at", text(start.text)), ("billing_cycle", text("monthly")),
        ]),
      try maker.make(
        .paymentMethodAdded, "method", at: start,
        [
          ("payment_method_id", text("pm_demo_" + demoNumber(index + 1, 4))), ("type", text("card")),
          ("brand", text("visa")), ("last4", text("4242")), ("exp_month", decimal("12")),
          ("exp_year", decimal("2027")), ("default", .bool(true)),
        ]),
      try maker.make(
        .budgetSet, "budget", at: start,
        [
          ("budget_id", text("bud_monthly")), ("name", text("Monthly AS2 Budget")),
          ("amount", budgetAmount.json), ("period", text("monthly")),
          ("alert_thresholds", .array([50, 75, 90, 100].map { .number(JSONNumber($0)) })),
          ("hard_limit", .bool(false)),
        ]),
    ]
    for partner in 0..<company.partnerCount { events.append(try partnerEvent(partner)) }
    return events
  }

  private var customerData: DemoMembers {
    var tax: DemoMembers = [
      ("category", text(company.tax.category.rawValue)), ("rate", decimal(company.tax.rate.text)),
    ]
    if let reason = company.tax.reason { tax.append(("reason", text(reason))) }
    return [
      ("name", text(name)), ("currency", text(currency.lowercaseCode)),
      ("address_lines", list(company.address)),
      ("country", text(company.country)), ("tax_ids", .array(company.taxID.map { [$0.json] } ?? [])),
      ("tax", .object(JSONObject(tax))), ("purchase_order", text("PO-77\(demoNumber(index + 10, 3))")),
    ]
  }

  private var budgetAmount: Money {
    let major: Int64 = currency.minorDigits == 0 ? 150_000 : currency.minorDigits == 3 ? 300 : 2_000
    return Money(minorUnits: major * powerOfTen(currency.minorDigits), currency: currency)
  }

  private func partnerEvent(_ partner: Int) throws(FieldError) -> ReceivedEvent {
    let departments = DemoCompany.departments
    var data: DemoMembers = [
      ("partner_id", text(DemoUsage.partnerID(partner).text)),
      ("name", text(DemoCompany.partnerNames[(partner + index) % DemoCompany.partnerNames.count])),
    ]
    // The last partner of each customer is in no department.
    if partner + 1 < company.partnerCount {
      data.append(("department", text(departments[partner % departments.count])))
      data.append(("department_from", text(firstMonth.firstDay.text)))
    }
    return try maker.make(.partnerUpdated, "partner_\(partner + 1)", at: start, data)
  }
}

import FolioBilling
import FolioStore
import JSON

/// How a customer of the demo pays; the first one of several is the default.
enum DemoMethod {
  case card(brand: String, last4: String, expires: (month: Int, year: Int))
  case debit
  case invoice

  /// As payments name it.
  var paymentText: String {
    switch self {
    case .card(_, let last4, _): "card_ending_" + last4
    case .debit: "sepa_debit"
    case .invoice: "bank_transfer"
    }
  }

  private var data: DemoMembers {
    switch self {
    case .card(let brand, let last4, let expires):
      [
        ("type", text("card")), ("brand", text(brand)), ("last4", text(last4)),
        ("exp_month", decimal(String(expires.month))), ("exp_year", decimal(String(expires.year))),
      ]
    case .debit: [("type", text("sepa_debit"))]
    case .invoice: [("type", text("invoice"))]
    }
  }

  func event(of customer: DemoCustomer, place: Int) throws(FieldError) -> ReceivedEvent {
    let number = place == 0 ? "" : "_\(place + 1)"
    return try customer.maker.make(
      .paymentMethodAdded, "method" + number, at: customer.start,
      [("payment_method_id", text("pm_" + customer.id.text + number))] + data
        + [("default", .bool(place == 0))])
  }
}

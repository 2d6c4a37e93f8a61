import FolioBilling
import FolioStore
import JSON

/// The price list of the demo: all four billing models, in four currencies.
enum DemoPlans {
  static let definedAt = DemoCalendar.firstMonth.period.start

  static func events() throws(FieldError) -> [ReceivedEvent] {
    let maker = DemoEvents(customer: nil)
    var events: [ReceivedEvent] = []
    for (id, members) in plans {
      events.append(
        try maker.make(.planDefined, id, at: definedAt, [("plan_id", text(id))] + members))
    }
    return events
  }

  private static let plans: [(id: String, DemoMembers)] = [
    ("plan_enterprise", flat("Enterprise Plan", "usd", base: "299.00", rate: "0.05")),
    ("plan_enterprise_eur", flat("Enterprise Plan (EUR)", "eur", base: "279.00", rate: "0.045")),
    ("plan_enterprise_jpy", flat("Enterprise Plan (JPY)", "jpy", base: "45000", rate: "7.5")),
    ("plan_enterprise_kwd", flat("Enterprise Plan (KWD)", "kwd", base: "90.000", rate: "0.0155")),
    (
      "plan_per_partner_eur",
      [
        ("name", text("Enterprise Per-Partner (EUR)")), ("model", text("per_partner")),
        ("currency", text("eur")),
        ("partner_fee", decimal("75.00")),
      ]
    ),
    (
      "plan_hybrid_eur",
      [
        ("name", text("Enterprise Hybrid (EUR)")), ("model", text("hybrid")), ("currency", text("eur")),
        ("base_fee", decimal("199.00")), ("message_rate", decimal("0.03")), ("partner_fee", decimal("12.50")),
      ]
    ),
    ("plan_custom", custom),
  ]

  private static func flat(_ name: String, _ currency: String, base: String, rate: String) -> DemoMembers {
    [
      ("name", text(name)), ("model", text("base_plus_usage")), ("currency", text(currency)),
      ("base_fee", decimal(base)), ("message_rate", decimal(rate)),
    ]
  }

  private static let custom: DemoMembers = [
    ("name", text("Enterprise Custom")), ("model", text("enterprise_custom")), ("currency", text("usd")),
    ("base_fee", decimal("500.00")), ("base_fee_applies", text("added")),
    ("included_messages", decimal("2000")),
    (
      "message_tiers",
      .object(
        JSONObject([
          ("mode", text("graduated")),
          ("tiers", .array([tier("20000", "0.04"), tier("50000", "0.03"), tier(nil, "0.0225")])),
        ]))
    ), ("minimum_commitment", decimal("1500.00")), ("maximum_commitment", decimal("9000.00")),
    (
      "discounts",
      .array([.object(JSONObject([("name", text("Partner programme")), ("rate", decimal("0.05"))]))])
    ),
  ]

  private static func tier(_ upTo: String?, _ price: String) -> JSONValue {
    let bound: DemoMembers = upTo.map { [("up_to", decimal($0))] } ?? []
    return .object(JSONObject(bound + [("unit_price", decimal(price))]))
  }
}

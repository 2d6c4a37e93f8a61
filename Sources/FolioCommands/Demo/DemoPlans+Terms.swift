import FolioBilling
import JSON

/// What the plans of the demo say about money.
extension DemoPlans {
  static func flat(base: String, rate: String) -> DemoMembers {
    [("model", text("base_plus_usage")), ("base_fee", decimal(base)), ("message_rate", decimal(rate))]
  }

  static func perPartner(fee: String) -> DemoMembers {
    [("model", text("per_partner")), ("partner_fee", decimal(fee))]
  }

  static func hybrid(base: String, rate: String, partnerFee: String) -> DemoMembers {
    [
      ("model", text("hybrid")), ("base_fee", decimal(base)), ("message_rate", decimal(rate)),
      ("partner_fee", decimal(partnerFee)),
    ]
  }

  /// Each tier prices its own messages, within commitments and less a discount; failed messages are free.
  static let graduated: DemoMembers =
    custom(base: "500.00")
    + [
      ("included_messages", decimal("2000")),
      ("message_tiers", tiers("graduated", [("20000", "0.04"), ("50000", "0.03"), (nil, "0.0225")])),
      ("minimum_commitment", decimal("2100.00")), ("maximum_commitment", decimal("9000.00")),
      ("charges_failed_messages", .bool(false)),
      ("discounts", .array([members([("name", text("Partner programme")), ("rate", decimal("0.05"))])])),
    ]

  /// The tier that is reached prices all messages.
  static let volume: DemoMembers =
    custom(base: "120.00")
    + [("message_tiers", tiers("volume", [("5000", "0.044"), ("20000", "0.031"), (nil, "0.024")]))]

  /// Whole thousands of messages.
  static let packages: DemoMembers =
    custom(base: "39.00")
    + [("message_tiers", tiers("package", [(nil, "34.00")], more: [("package_size", decimal("1000"))]))]

  /// Partner fees that fall with the number of partners, tax included.
  static let network: DemoMembers =
    [
      ("model", text("hybrid")), ("base_fee", decimal("220.00")), ("message_rate", decimal("0.0165")),
      ("partner_fee_tiers", tiers("graduated", [("50", "14.30"), ("150", "9.90"), (nil, "6.60")])),
    ] + taxIncluded

  static let taxIncluded: DemoMembers = [("prices_include_tax", .bool(true))]

  private static func custom(base: String) -> DemoMembers {
    [("model", text("enterprise_custom")), ("base_fee", decimal(base)), ("base_fee_applies", text("added"))]
  }

  private static func tiers(
    _ mode: String, _ tiers: [(upTo: String?, price: String)], more: DemoMembers = []
  ) -> JSONValue {
    let rows = tiers.map { tier in
      members((tier.upTo.map { [("up_to", decimal($0))] } ?? []) + [("unit_price", decimal(tier.price))])
    }
    return members([("mode", text(mode)), ("tiers", .array(rows))] + more)
  }

  private static func members(_ members: DemoMembers) -> JSONValue { .object(JSONObject(members)) }
}

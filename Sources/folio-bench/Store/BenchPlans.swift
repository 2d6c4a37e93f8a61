import FolioBilling
import FolioStore

/// The price list: a base fee with message rates, one with partner fees too, and graduated tiers.
enum BenchPlans {
  /// The plan of a customer by its place.
  static func plan(of index: Int) -> String { plans[index % plans.count].id }

  static func events(at instant: Timestamp) throws -> [ReceivedEvent] {
    let maker = BenchEvents(customer: nil)
    return try plans.map { plan in
      try maker.make(
        .planDefined, plan.id, at: instant,
        #""plan_id":"\#(plan.id)","name":"\#(plan.name)","currency":"usd",\#(plan.terms)"#)
    }
  }

  private static let plans: [(id: String, name: String, terms: String)] = [
    ("plan_flat", "Enterprise Plan", #""model":"base_plus_usage","base_fee":299.00,"message_rate":0.05"#),
    (
      "plan_hybrid", "Enterprise Hybrid",
      #""model":"hybrid","base_fee":199.00,"message_rate":0.032,"partner_fee":12.00"#
    ),
    (
      "plan_tiers", "Enterprise Custom",
      #""model":"enterprise_custom","base_fee":500.00,"base_fee_applies":"added","included_messages":2000,"#
        + #""message_tiers":{"mode":"graduated","tiers":[{"up_to":20000,"unit_price":0.04},"#
        + #"{"up_to":50000,"unit_price":0.03},{"unit_price":0.0225}]}"#
    ),
  ]
}

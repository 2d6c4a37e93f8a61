import FolioBilling
import FolioStore
import JSON

/// The price list of the demo: all four billing models, with terms that changed and plans that went.
enum DemoPlans {
  static func events() throws(FieldError) -> [ReceivedEvent] {
    let maker = DemoEvents(customer: nil)
    var events: [ReceivedEvent] = []
    for (number, plan) in plans.enumerated() {
      let known = plan.known.map(DemoCalendar.instant) ?? DemoCalendar.firstMonth.period.start
      let effective = plan.effective.map { [("effective_at", text($0))] as DemoMembers } ?? []
      events.append(
        try maker.make(
          .planDefined, plan.id + "_\(number)", at: known,
          [("plan_id", text(plan.id)), ("name", text(plan.name)), ("currency", text(plan.currency))]
            + effective + [("offered", .bool(plan.isOffered))] + plan.terms))
    }
    return events
  }

  private static let plans = dollars + euros + others

  private static let dollars = [
    DemoPlan("plan_enterprise", "Enterprise Plan", "usd", flat(base: "279.00", rate: "0.052")),
    DemoPlan(
      "plan_enterprise", "Enterprise Plan", "usd", flat(base: "299.00", rate: "0.05"),
      known: "2025-11-14T10:00:00Z", effective: "2026-01-01T00:00:00Z"),
    DemoPlan("plan_per_partner", "Enterprise Per-Partner", "usd", perPartner(fee: "69.00")),
    DemoPlan(
      "plan_hybrid", "Enterprise Hybrid", "usd", hybrid(base: "199.00", rate: "0.032", partnerFee: "12.00")),
    DemoPlan("plan_custom", "Enterprise Custom", "usd", graduated),
    DemoPlan("plan_packages", "Enterprise Packages", "usd", packages),
  ]

  private static let euros = [
    DemoPlan("plan_enterprise_eur", "Enterprise Plan (EUR)", "eur", flat(base: "279.00", rate: "0.045")),
    DemoPlan(
      "plan_hybrid_eur", "Enterprise Hybrid (EUR)", "eur",
      hybrid(base: "199.00", rate: "0.03", partnerFee: "12.50")),
    DemoPlan("plan_per_partner_eur", "Enterprise Per-Partner (EUR)", "eur", perPartner(fee: "75.00")),
    DemoPlan(
      "plan_per_partner_eur", "Enterprise Per-Partner (EUR)", "eur", perPartner(fee: "75.00"),
      known: "2026-02-01T00:00:00Z", isOffered: false),
    DemoPlan(
      "plan_per_partner_eur_2026", "Enterprise Per-Partner 2026 (EUR)", "eur", perPartner(fee: "82.00"),
      known: "2026-02-01T00:00:00Z"),
    DemoPlan("plan_volume_eur", "Enterprise Volume (EUR)", "eur", volume),
  ]

  private static let others = [
    DemoPlan("plan_enterprise_jpy", "Enterprise Plan (JPY)", "jpy", flat(base: "45000", rate: "7.5")),
    DemoPlan(
      "plan_enterprise_jpy_gross", "Enterprise Plan (JPY, incl. tax)", "jpy",
      flat(base: "49500", rate: "8.25") + taxIncluded),
    DemoPlan(
      "plan_hybrid_jpy", "Enterprise Hybrid (JPY)", "jpy",
      hybrid(base: "30000", rate: "4.2", partnerFee: "2400")),
    DemoPlan("plan_enterprise_kwd", "Enterprise Plan (KWD)", "kwd", flat(base: "90.000", rate: "0.0155")),
    DemoPlan("plan_per_partner_kwd", "Enterprise Per-Partner (KWD)", "kwd", perPartner(fee: "22.500")),
    DemoPlan("plan_network_aud", "Partner Network (AUD, incl. GST)", "aud", network),
    DemoPlan(
      "plan_enterprise_aud", "Enterprise Plan (AUD, incl. GST)", "aud",
      flat(base: "499.00", rate: "0.066") + taxIncluded),
  ]
}

/// A plan from an instant on.
private struct DemoPlan {
  let id: String
  let name: String
  let currency: String
  let terms: DemoMembers
  /// When it was announced; nil for the start of the demo.
  let known: String?
  /// From when it holds; nil for when it was announced.
  let effective: String?
  let isOffered: Bool

  init(
    _ id: String, _ name: String, _ currency: String, _ terms: DemoMembers, known: String? = nil,
    effective: String? = nil, isOffered: Bool = true
  ) {
    (self.id, self.name, self.currency, self.terms) = (id, name, currency, terms)
    (self.known, self.effective, self.isOffered) = (known, effective, isOffered)
  }
}

import FolioBilling

extension DemoCompany {
  /// All that a plain customer meets: budgets, alerts, departments, a late report of its largest partner.
  static let corporation = DemoCompany(
    name: "Corporation Inc", address: ["123 Business St", "Business City, CA 12345"], country: "US",
    currency: "usd", tax: .standard("0.08"), since: "2025-05-01T00:00:00Z",
    contract: DemoContract(plan: "plan_enterprise"),
    traffic: DemoTraffic(
      partnerCount: 12, dailyMessages: 600,
      roles: [
        3: .failing, 5: .fading(since: "2026-02-02"), 9: .deleted(on: "2026-04-01"),
        10: .new(from: "2026-05-20"),
      ],
      lateReadings: [
        DemoLateReading(
          partner: 0, hour: "2026-04-28T20:00:00Z", messages: 260, arrives: "2026-05-20T08:15:00Z")
      ]),
    departments: DemoDepartments(
      names: ["Procurement", "Sales", "Logistics"],
      moves: [(1, "2026-04-14", "Procurement"), (4, "2026-03-01", nil)]),
    methods: [.card(brand: "visa", last4: "4242", expires: (7, 2026))],
    controls: DemoControls(
      budgets: [
        DemoBudget(name: "Monthly AS2 Budget", amount: "1000.00", period: .monthly),
        DemoBudget(
          name: "Quarterly AS2 Budget", amount: "2900.00", period: .quarterly, thresholds: [80, 100]),
        DemoBudget(name: "AS2 in 2026", amount: "11500.00", period: .annual, thresholds: [50, 75, 90]),
      ], alerts: ["750.00"],
      reports: [
        DemoReport(
          id: "rep_partner_utilization", type: "partner_utilization", days: ("2026-03-01", "2026-05-31"),
          groups: ["partner", "month"], metrics: ["message_count", "success_rate", "cost"]),
        DemoReport(
          id: "rep_department_cost", type: "department_cost", days: ("2026-01-01", "2026-06-30"),
          groups: ["department"], metrics: ["message_count", "payload_size", "cost"]),
      ], isWatched: true),
    habit: DemoHabit(
      usual: [.paid(day: 2)],
      exceptions: [
        "2025-12": [.failed(reason: "insufficient_funds", day: 2, retry: 7), .paid(day: 7)]
      ]))

  /// A price list of its own: tiers, commitments and a discount; the first attempt to pay always fails.
  static let maple = DemoCompany(
    name: "Maple Freight Exchange", address: ["200 King St W", "Toronto, ON M5H 3T4"], country: "CA",
    currency: "usd", tax: DemoTax(category: .zeroRated), since: "2025-05-01T00:00:00Z",
    contract: DemoContract(plan: "plan_custom"),
    traffic: DemoTraffic(
      partnerCount: 14, dailyMessages: 2_600, daysToDouble: 1_500,
      roles: [
        2: .failing, 6: .fading(since: "2026-01-12"), 11: .deleted(on: "2026-04-01"),
        12: .new(from: "2026-05-25"),
      ]),
    departments: DemoDepartments(
      names: ["Ocean", "Road", "Customs", "Warehousing"], moves: [(2, "2026-05-18", "Road")]),
    methods: [.card(brand: "visa", last4: "0341", expires: (10, 2028))],
    controls: DemoControls(
      budgets: [
        DemoBudget(
          name: "Messaging 2026", amount: "30000.00", period: .annual, thresholds: [])
      ],
      reports: [
        DemoReport(
          id: "rep_quarter", type: "partner_utilization", days: ("2026-01-01", "2026-03-31"),
          groups: ["month"], metrics: ["message_count", "average_size", "failed_messages", "cost"])
      ]),
    notice: DemoNotice(
      id: "notice_account_manager",
      body: "Your account manager from July on is **Ada Brandt**. Your terms stay as they are.",
      from: "2026-06-08T08:00:00Z"),
    habit: DemoHabit(
      usual: [.failed(reason: "insufficient_funds", day: 2, retry: 6), .paid(day: 6)],
      exceptions: [
        "2026-02": [
          .failed(reason: "insufficient_funds", day: 2, retry: 6), .paid(day: 6),
          .refunded(percent: 5, day: 20, reason: "Service credit for the outage of 11 February"),
        ],
        "2026-03": [
          .credited(percent: 4, day: 1, reason: "Messages of 17 March were delivered twice by the platform"),
          .failed(reason: "insufficient_funds", day: 2, retry: 6), .paid(day: 6),
        ],
        "2026-05": [.failed(reason: "insufficient_funds", day: 2, retry: 23)],
      ]))

  /// Exempt from tax, pays by bank transfer, changed to packages when a month ended, has no departments.
  static let charity = DemoCompany(
    name: "Harbour Light Charity", address: ["1 Pier Road", "Portland, ME 04101"], country: "US",
    currency: "usd", tax: DemoTax(category: .exempt, reason: "Exempt organisation"),
    since: "2025-11-01T00:00:00Z",
    contract: DemoContract(plan: "plan_enterprise", change: ("plan_packages", "2026-03-20T15:00:00Z", false)),
    traffic: DemoTraffic(partnerCount: 3, dailyMessages: 90, daysToDouble: nil),
    habit: DemoHabit(
      usual: [.paid(day: 10)],
      exceptions: ["2025-12": [.writtenOff(day: 75, reason: "Waived as a donation in kind")]]))

  /// In its first month, which is a trial.
  static let brandNew = DemoCompany(
    name: "Brand New Trading Co", address: ["88 Market St", "San Francisco, CA 94105"], country: "US",
    currency: "usd", tax: .standard("0.08"), since: "2026-06-01T00:00:00Z",
    contract: DemoContract(plan: "plan_enterprise", trialEnds: "2026-06-29T00:00:00Z"),
    traffic: DemoTraffic(partnerCount: 2, dailyMessages: 150),
    departments: DemoDepartments(names: ["Purchasing"]),
    methods: [.card(brand: "visa", last4: "1111", expires: (4, 2029))])
}

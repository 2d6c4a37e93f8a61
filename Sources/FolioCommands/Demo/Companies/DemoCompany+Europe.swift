import FolioBilling

extension DemoCompany {
  /// A long name; a report of April that was corrected downwards; a budget at which the service stops.
  static let munich = DemoCompany(
    name: "Münchner Großhandels- und Verbrauchsgütervertriebsgesellschaft mbH & Co. KG",
    address: ["Lindwurmstraße 42", "80337 München"], country: "DE", language: "de", currency: "eur",
    tax: .standard("0.19"),
    taxID: TaxID(type: "eu_vat", value: "DE811234567"), since: "2025-05-01T00:00:00Z",
    contract: DemoContract(plan: "plan_hybrid_eur"),
    traffic: DemoTraffic(
      partnerCount: 9, dailyMessages: 420, roles: [3: .failing, 7: .new(from: "2026-05-27")],
      lateReadings: [
        DemoLateReading(partner: 1, hour: "2026-04-22T21:00:00Z", messages: 900),
        DemoLateReading(
          partner: 1, hour: "2026-04-22T21:00:00Z", messages: 60, arrives: "2026-05-18T13:05:00Z"),
      ]),
    departments: DemoDepartments(
      names: ["Einkauf", "Vertrieb"], moves: [(2, "2026-05-12", "Vertrieb")]),
    methods: [.debit, .card(brand: "mastercard", last4: "5100", expires: (11, 2027))],
    controls: DemoControls(
      budgets: [
        DemoBudget(
          name: "EDI-Budget", amount: "520.00", period: .monthly, thresholds: [75, 90], isHard: true)
      ], isWatched: true),
    habit: DemoHabit(
      usual: [.paid(day: 3)],
      exceptions: [
        "2025-10": [
          .credited(percent: 3, day: 1, reason: "Test messages of October are free of charge"), .paid(day: 3),
        ]
      ]))

  /// Changed its plan in mid-month, and the last two invoices are overdue, because its card has expired.
  static let obrien = DemoCompany(
    name: "O'Brien & Sons \"Freight\" Ltd", address: ["7 Custom House Quay", "Dublin 1"], country: "IE",
    currency: "eur", tax: .reverseCharge, taxID: TaxID(type: "eu_vat", value: "IE6388047V"),
    since: "2025-05-01T00:00:00Z",
    contract: DemoContract(
      plan: "plan_enterprise_eur", change: ("plan_volume_eur", "2026-03-12T00:00:00Z", true)),
    traffic: DemoTraffic(
      partnerCount: 11, dailyMessages: 510, roles: [3: .failing, 9: .new(from: "2026-05-21")]),
    departments: DemoDepartments(
      names: ["Air", "Sea", "Road"], moves: [(0, "2026-02-17", "Sea"), (5, "2026-05-01", nil)]),
    methods: [
      .card(brand: "visa", last4: "1881", expires: (3, 2026)),
      .card(brand: "mastercard", last4: "4444", expires: (9, 2028)),
    ],
    controls: DemoControls(
      budgets: [DemoBudget(name: "AS2 each month", amount: "380.00", period: .monthly)], isWatched: true),
    habit: DemoHabit(
      usual: [.paid(day: 2)],
      exceptions: [
        "2026-04": [
          .failed(reason: "expired_card", day: 3, retry: 10),
          .failed(reason: "expired_card", day: 10, retry: 49),
        ],
        "2026-05": [.failed(reason: "expired_card", day: 3, retry: 18)],
      ]))

  /// On a plan that is not offered any more, and its usage is a day behind.
  static let sokrates = DemoCompany(
    name: "Σωκράτης Εμπορική Α.Ε.", address: ["Ερμού 15", "105 63 Αθήνα"], country: "GR", currency: "eur",
    tax: .reverseCharge, taxID: TaxID(type: "eu_vat", value: "EL094259216"), since: "2025-10-01T00:00:00Z",
    contract: DemoContract(plan: "plan_per_partner_eur"),
    traffic: DemoTraffic(
      partnerCount: 6, dailyMessages: 900, roles: [4: .failing],
      completeThrough: DemoCalendar.instant("2026-06-15T16:00:00Z")),
    departments: DemoDepartments(names: ["Προμήθειες", "Πωλήσεις"]),
    methods: [.card(brand: "mastercard", last4: "4444", expires: (12, 2027))],
    habit: DemoHabit(
      usual: [.paid(day: 2)],
      exceptions: [
        "2026-02": [
          .credited(percent: 10, day: 1, reason: "Messages of 3 February were sent twice by the platform"),
          .paid(day: 2),
        ]
      ]))

  /// Began with a trial, and leaves at the end of the month; its readings do not say how large messages are.
  static let lodz = DemoCompany(
    name: "Żółta Łódź Logistyka S.A.", address: ["ul. Piotrkowska 100", "90-004 Łódź"], country: "PL",
    currency: "eur", tax: .reverseCharge, taxID: TaxID(type: "eu_vat", value: "PL5252248481"),
    since: "2026-01-12T00:00:00Z",
    contract: DemoContract(
      plan: "plan_enterprise_eur", trialEnds: "2026-01-26T00:00:00Z", canceled: "2026-06-10T09:30:00Z"),
    traffic: DemoTraffic(partnerCount: 4, dailyMessages: 120, daysToDouble: nil, hasSizes: false),
    departments: DemoDepartments(names: ["Transport"]),
    methods: [.debit],
    controls: DemoControls(
      budgets: [
        DemoBudget(name: "Budżet kwartalny", amount: "1200.00", period: .quarterly, thresholds: [100])
      ]), habit: DemoHabit(usual: [.paid(day: 4)]))
}

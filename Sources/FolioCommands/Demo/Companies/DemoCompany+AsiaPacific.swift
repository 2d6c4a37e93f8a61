import FolioBilling

extension DemoCompany {
  /// Yen, which have no cents; its last invoice bore a wrong order number and was issued anew.
  static let tokyo = DemoCompany(
    name: "株式会社東京電子部品サービス", address: ["東京都千代田区丸の内1-1"], country: "JP", currency: "jpy",
    tax: .standard("0.1"), taxID: TaxID(type: "jp_trn", value: "T1234567890123"),
    since: "2025-05-01T00:00:00Z", contract: DemoContract(plan: "plan_enterprise_jpy"),
    traffic: DemoTraffic(
      partnerCount: 7, dailyMessages: 380, hoursAhead: 8,
      roles: [3: .failing, 5: .fading(since: "2026-02-16")]),
    departments: DemoDepartments(names: ["調達部", "営業部"], moves: [(1, "2026-04-09", "調達部")]),
    methods: [.invoice],
    controls: DemoControls(
      budgets: [DemoBudget(name: "月次予算", amount: "90000", period: .monthly, thresholds: [90, 100])]),
    habit: DemoHabit(
      usual: [.paid(day: 8)],
      exceptions: [
        "2026-05": [
          .voided(day: 2, reason: "Wrong purchase order", purchaseOrder: "PO-2026-0619")
        ]
      ]))

  /// Dinars of a thousand fils, a weekend of Friday and Saturday, and payments in parts.
  static let gulf = DemoCompany(
    name: "شركة الخليج للتجارة", address: ["شارع فهد السالم", "الكويت"], country: "KW", language: "ar",
    currency: "kwd",
    tax: DemoTax(category: .outsideScope), since: "2025-08-01T00:00:00Z",
    contract: DemoContract(plan: "plan_enterprise_kwd"),
    traffic: DemoTraffic(
      partnerCount: 5, dailyMessages: 330, hoursAhead: 2, weekend: [5, 6], roles: [3: .failing]),
    departments: DemoDepartments(names: ["المشتريات", "المبيعات"]),
    methods: [.card(brand: "amex", last4: "0005", expires: (5, 2026))],
    controls: DemoControls(
      budgets: [DemoBudget(name: "الميزانية الشهرية", amount: "250.000", period: .monthly, thresholds: [])]),
    habit: DemoHabit(
      usual: [.paid(day: 9)],
      exceptions: [
        "2026-03": [.paidPart(percent: 50, day: 9), .paid(day: 30)],
        "2026-04": [.paidPart(percent: 50, day: 9)], "2026-05": [.paidPart(percent: 25, day: 9)],
      ]))

  /// Two hundred partners, whose fees fall with their number, and prices that contain the tax.
  static let retailHub = DemoCompany(
    name: "Southern Cross Retail Hub Pty Ltd", address: ["1 Macquarie Place", "Sydney NSW 2000"],
    country: "AU", currency: "aud", tax: .standard("0.1"),
    taxID: TaxID(type: "au_abn", value: "51824753556"), since: "2026-02-01T00:00:00Z",
    contract: DemoContract(plan: "plan_network_aud"),
    traffic: DemoTraffic(
      partnerCount: 200, dailyMessages: 1_600, hoursAhead: 9, daysToDouble: nil, roles: retailers),
    departments: DemoDepartments(
      names: ["Grocery", "Apparel", "Homewares", "Garden", "Electronics"],
      moves: [(0, "2026-05-11", "Homewares")]),
    methods: [.card(brand: "mastercard", last4: "8210", expires: (2, 2028))],
    controls: DemoControls(
      budgets: [
        DemoBudget(name: "EDI by quarter", amount: "9000.00", period: .quarterly, thresholds: [90, 100])
      ]), habit: DemoHabit(usual: [.paid(day: 10)]))

  /// The last forty came one by one, in the order of their places.
  private static let retailers: [Int: DemoPartnerRole] = {
    let first = DemoCalendar.day("2026-03-02")
    let late = (160..<200).map { place in
      (place, DemoPartnerRole.new(from: first.adding(days: (place - 160) * 5 / 2).text))
    }
    let others: [(Int, DemoPartnerRole)] = [
      (4, .failing), (20, .fading(since: "2026-02-20")), (150, .deleted(on: "2026-05-01")),
    ]
    return Dictionary(uniqueKeysWithValues: late + others)
  }()

  /// Known for some hours.
  static let oneDay = DemoCompany(
    name: "สยามโลจิสติกส์ จำกัด", address: ["99 ถนนสีลม", "กรุงเทพมหานคร 10500"], country: "TH", currency: "usd",
    tax: DemoTax(category: .outsideScope), since: "2026-06-16T06:00:00Z",
    contract: DemoContract(plan: "plan_hybrid"),
    traffic: DemoTraffic(partnerCount: 2, dailyMessages: 180, hoursAhead: 4))
}

import FolioBilling

/// One kind of customer of the demo.
struct DemoCompany {
  let name: String
  let address: [String]
  let country: String
  let currency: String
  let plan: String
  let tax: TaxTreatment
  let taxID: TaxID?
  let partnerCount: Int
  /// Messages of an ordinary working day.
  let dailyMessages: Int
  let firstMonth: String

  static let all = [
    DemoCompany(
      name: "Corporation Inc", address: ["123 Business St", "Business City, CA 12345"], country: "US",
      currency: "USD", plan: "plan_enterprise", tax: .standard(8, 2), taxID: nil, partnerCount: 12,
      dailyMessages: 640, firstMonth: "2025-05"),
    DemoCompany(
      name: "Münchner Großhandels- und Verbrauchsgütervertriebsgesellschaft mbH & Co. KG",
      address: ["Lindwurmstraße 42", "80337 München"], country: "DE", currency: "EUR",
      plan: "plan_hybrid_eur",
      tax: .standard(19, 2), taxID: TaxID(type: "eu_vat", value: "DE811234567"), partnerCount: 9,
      dailyMessages: 420, firstMonth: "2025-05"),
    DemoCompany(
      name: "株式会社東京電子部品サービス", address: ["東京都千代田区丸の内1-1"], country: "JP", currency: "JPY",
      plan: "plan_enterprise_jpy", tax: .standard(1, 1),
      taxID: TaxID(type: "jp_trn", value: "T1234567890123"),
      partnerCount: 7, dailyMessages: 380, firstMonth: "2025-05"),
    DemoCompany(
      name: "شركة الخليج للتجارة", address: ["شارع فهد السالم", "الكويت"], country: "KW", currency: "KWD",
      plan: "plan_enterprise_kwd", tax: TaxTreatment(category: .outsideScope, rate: .zero), taxID: nil,
      partnerCount: 5, dailyMessages: 260, firstMonth: "2025-08"),
    DemoCompany(
      name: "O'Brien & Sons \"Freight\" Ltd", address: ["7 Custom House Quay", "Dublin 1"], country: "IE",
      currency: "EUR", plan: "plan_enterprise_eur",
      tax: TaxTreatment(
        category: .reverseCharge, rate: .zero, reason: "Reverse charge, Article 196 of Directive 2006/112/EC"),
      taxID: TaxID(type: "eu_vat", value: "IE6388047V"), partnerCount: 11, dailyMessages: 510,
      firstMonth: "2025-05"),
    DemoCompany(
      name: "Σωκράτης Εμπορική Α.Ε.", address: ["Ερμού 15", "105 63 Αθήνα"], country: "GR", currency: "EUR",
      plan: "plan_per_partner_eur",
      tax: TaxTreatment(
        category: .reverseCharge, rate: .zero, reason: "Reverse charge, Article 196 of Directive 2006/112/EC"),
      taxID: TaxID(type: "eu_vat", value: "EL094259216"), partnerCount: 6, dailyMessages: 900,
      firstMonth: "2025-10"),
    DemoCompany(
      name: "Maple Freight Exchange", address: ["200 King St W", "Toronto, ON M5H 3T4"], country: "CA",
      currency: "USD", plan: "plan_custom", tax: TaxTreatment(category: .zeroRated, rate: .zero), taxID: nil,
      partnerCount: 14, dailyMessages: 2_600, firstMonth: "2025-05"),
    DemoCompany(
      name: "Żółta Łódź Logistyka S.A.", address: ["ul. Piotrkowska 100", "90-004 Łódź"], country: "PL",
      currency: "EUR", plan: "plan_enterprise_eur",
      tax: TaxTreatment(
        category: .reverseCharge, rate: .zero, reason: "Reverse charge, Article 196 of Directive 2006/112/EC"),
      taxID: TaxID(type: "eu_vat", value: "PL5252248481"), partnerCount: 4, dailyMessages: 120,
      firstMonth: "2026-01"),
    DemoCompany(
      name: "Harbour Light Charity", address: ["1 Pier Road", "Portland, ME 04101"], country: "US",
      currency: "USD", plan: "plan_enterprise",
      tax: TaxTreatment(category: .exempt, rate: .zero, reason: "Exempt organisation"), taxID: nil,
      partnerCount: 3,
      dailyMessages: 90, firstMonth: "2025-11"),
    DemoCompany(
      name: "Brand New Trading Co", address: ["88 Market St", "San Francisco, CA 94105"], country: "US",
      currency: "USD", plan: "plan_enterprise", tax: .standard(8, 2), taxID: nil, partnerCount: 2,
      dailyMessages: 150, firstMonth: "2026-06"),
  ]

  /// Names of trading partners, in several scripts.
  static let partnerNames = [
    "Enterprise Partner Corp", "Globex Supply", "Initech Components", "Nürnberger Teile AG", "株式会社大阪商会",
    "الشرق للتوريدات", "Société Générale d'Emballage", "Åström Papper AB", "Acme 🚚 Fulfilment",
    "ООО «Северный Груз»",
    "Vega Retail Group", "Kowalski i Synowie", "Blue Harbor Foods", "Delta Pharma Distribution",
  ]

  static let departments = ["Procurement", "Sales", "Logistics"]
}

extension TaxTreatment {
  /// A standard rate of `coefficient` × 10^−`scale`.
  fileprivate static func standard(_ coefficient: Int64, _ scale: Int) -> TaxTreatment {
    TaxTreatment(category: .standard, rate: ExactDecimal(coefficient: coefficient, scale: scale))
  }
}

extension ExactDecimal {
  fileprivate static var zero: ExactDecimal { ExactDecimal(coefficient: 0, scale: 0) }
}

/// Who sells or buys, as a document prints it.
package struct Party: Hashable, Sendable {
  package let name: String
  /// Postal address, one printed line each, without the country.
  package let addressLines: [String]
  /// ISO 3166-1 alpha-2 in capitals, or nil when not known.
  package let country: String?
  package let taxIDs: [TaxID]
  package let email: String?

  package init(
    name: String, addressLines: [String] = [], country: String? = nil, taxIDs: [TaxID] = [],
    email: String? = nil
  ) {
    self.name = name
    self.addressLines = addressLines
    self.country = country
    self.taxIDs = taxIDs
    self.email = email
  }
}

/// A number under which a tax office knows a party.
package struct TaxID: Hashable, Sendable {
  /// The kind of number: `eu_vat`, `us_ein`, `gb_vat`.
  package let type: String
  package let value: String

  package init(type: String, value: String) {
    self.type = type
    self.value = value
  }
}

/// Why a supply is taxed as it is; several are 0 % and yet differ in law.
package enum TaxCategory: String, Sendable, CaseIterable {
  case standard
  case reduced
  case reverseCharge = "reverse_charge"
  case exempt
  case zeroRated = "zero_rated"
  case outsideScope = "outside_scope"
}

/// How a customer's charges are taxed.
package struct TaxTreatment: Hashable, Sendable {
  package let category: TaxCategory
  /// The rate as a fraction: 0.08 is 8 %.
  package let rate: ExactDecimal
  /// The wording that the law asks for, where it asks for one.
  package let reason: String?

  package init(category: TaxCategory, rate: ExactDecimal, reason: String? = nil) {
    self.category = category
    self.rate = rate
    self.reason = reason
  }
}

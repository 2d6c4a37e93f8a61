/// A customer of the service: whose portal it is.
package struct Customer: Hashable, Sendable {
  package let id: CustomerID
  /// The name as the customer writes it, at most `nameBytesLimit` bytes; nil when only the id is known.
  package let name: String?
  package let currency: Currency
  package let addressLines: [String]
  /// ISO 3166-1 alpha-2 in capitals.
  package let country: String?
  package let taxIDs: [TaxID]
  package let tax: TaxTreatment?
  /// The customer's own order number, printed on its invoices.
  package let purchaseOrder: String?
  package let email: String?
  /// BCP 47 tag of the language that the customer reads; nil for the site's first.
  package let language: String?

  package init(
    id: CustomerID, name: String?, currency: Currency, addressLines: [String] = [], country: String? = nil,
    taxIDs: [TaxID] = [], tax: TaxTreatment? = nil, purchaseOrder: String? = nil, email: String? = nil,
    language: String? = nil
  ) {
    self.id = id
    self.name = name
    self.currency = currency
    self.addressLines = addressLines
    self.country = country
    self.taxIDs = taxIDs
    self.tax = tax
    self.purchaseOrder = purchaseOrder
    self.email = email
    self.language = language
  }

  /// The name, or the id where no name is known.
  package var displayName: String { name ?? id.text }
}

/// The longest name of a customer or a partner, in UTF-8 bytes.
package let nameBytesLimit = 1_024

/// A trading partner of a customer.
package struct Partner: Hashable, Sendable {
  package let id: PartnerID
  /// The partner's name; nil when only its id has been seen, in usage.
  package let name: String?
  /// GS1 Global Location Number, or nil.
  package let gln: String?
  /// When the partner was first heard of; nil when only usage names it, or nothing dates it.
  package let knownSince: Timestamp?
  /// When the partner was deleted; nil where it was not, or nothing dates it.
  package let deletedAt: Timestamp?
  package let isDeleted: Bool
  /// To which department the partner's cost goes, by the day from which it holds, in order of days.
  package let departments: [DepartmentTag]

  package init(
    id: PartnerID, name: String?, gln: String? = nil, knownSince: Timestamp? = nil,
    deletedAt: Timestamp? = nil, isDeleted: Bool = false,
    departments: [DepartmentTag] = []
  ) {
    self.id = id
    self.name = name
    self.gln = gln
    self.knownSince = knownSince
    self.deletedAt = deletedAt
    self.isDeleted = isDeleted
    self.departments = departments
  }

  /// The department on a day, or nil when the partner is in none.
  package func department(on day: CalendarDate) -> String? {
    departments.last { $0.from <= day }?.department
  }

  /// Whether the partner goes from one department to another within a month.
  package func changesDepartment(in month: CalendarMonth) -> Bool {
    let first = department(on: month.firstDay)
    return departments.contains { tag in
      tag.from > month.firstDay && tag.from.month == month
        && !sameBytes(tag.department, first)
    }
  }
}

private func sameBytes(_ left: String?, _ right: String?) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return left.utf8.elementsEqual(right.utf8)
}

/// The department of a partner from a day on.
package struct DepartmentTag: Hashable, Sendable {
  package let from: CalendarDate
  /// The department's name; nil takes the partner out of its department.
  package let department: String?

  package init(from: CalendarDate, department: String?) {
    self.from = from
    self.department = department
  }
}

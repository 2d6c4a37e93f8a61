package import FolioBilling
import JSON
import SQLite

/// `billing.customer.updated`: the customer as it is from now on, whole.
struct CustomerUpdated: BillingFact {
  let customer: Customer

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    customer = Customer(
      id: customerID, name: try fields.optionalText("name", mostBytes: nameBytesLimit),
      currency: try fields.currency("currency"),
      addressLines: try fields.texts("address_lines", most: 8), country: try fields.country("country"),
      taxIDs: try fields.taxIDs("tax_ids"), tax: try fields.taxTreatment("tax"),
      purchaseOrder: try fields.optionalText("purchase_order", mostBytes: 128),
      email: try fields.optionalText("email", mostBytes: 254),
      language: try fields.languageTag("language"))
  }

  var requires: [EventSubject] { [] }
  var introduces: [EventSubject] { [.customer(customer.id)] }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "customers", key: [("customer_id", .text(customer.id.text))],
      [
        ("name", .optional(customer.name)), ("currency", .text(customer.currency.code)),
        ("address_lines", .text(encodedTexts(customer.addressLines))),
        ("country", .optional(customer.country)), ("tax_ids", .text(encodedTaxIDs(customer.taxIDs))),
        ("tax_category", .optional(customer.tax?.category.rawValue)),
        ("tax_rate", .optional(customer.tax?.rate.text)), ("tax_reason", .optional(customer.tax?.reason)),
        ("purchase_order", .optional(customer.purchaseOrder)), ("email", .optional(customer.email)),
        ("language", .optional(customer.language)),
      ])
  }
}

/// `billing.customer.deleted`: the portal goes, whatever else is said of the customer.
struct CustomerDeleted: BillingFact {
  let customerID: CustomerID

  var requires: [EventSubject] { [.customer(customerID)] }

  func write(_ writer: FactWriter) throws {
    try writer.connection.statement(
      """
      UPDATE customers SET is_deleted = 1, deleted_at = min(coalesce(deleted_at, ?1), ?1) WHERE customer_id = ?2
      """
    ).run([.integer(writer.key.time), .text(customerID.text)])
  }
}

extension FieldReader {
  /// ISO 3166-1 alpha-2 in capitals.
  func country(_ name: String) throws(FieldError) -> String? {
    guard let text = try optionalText(name, mostBytes: 2) else { return nil }
    let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard text.utf8.count == 2, text.utf8.allSatisfy(letters.contains) else { throw fail(name, .country) }
    return text
  }

  /// A BCP 47 tag by its alphabet: it becomes a part of paths.
  func languageTag(_ name: String) throws(FieldError) -> String? {
    guard let text = try optionalText(name, mostBytes: 35) else { return nil }
    guard isLanguageTag(text) else { throw fail(name, .languageTags) }
    return text
  }

  func taxIDs(_ name: String) throws(FieldError) -> [TaxID] {
    var ids: [TaxID] = []
    for fields in try objects(name, most: 10) {
      ids.append(
        TaxID(type: try fields.text("type", mostBytes: 32), value: try fields.text("value", mostBytes: 64)))
    }
    return ids
  }

  func taxTreatment(_ name: String) throws(FieldError) -> TaxTreatment? {
    guard let fields = try optionalObject(name) else { return nil }
    return TaxTreatment(
      category: try fields.choice("category", TaxCategory.self), rate: try fields.rate("rate"),
      reason: try fields.optionalText("reason"))
  }

  /// A fraction from 0 to 1 of at most six digits: 0.08 is 8 %.
  func rate(_ name: String) throws(FieldError) -> ExactDecimal {
    let rate = try decimal(name)
    guard rate.coefficient >= 0, rate.scale <= 6, rate.coefficient <= powerOfTen(rate.scale) else {
      throw fail(name, .plainDecimal)
    }
    return rate
  }

  package func party(_ name: String) throws(FieldError) -> Party? {
    guard let fields = try optionalObject(name) else { return nil }
    return Party(
      name: try fields.text("name", mostBytes: nameBytesLimit),
      addressLines: try fields.texts("address_lines", most: 8), country: try fields.country("country"),
      taxIDs: try fields.taxIDs("tax_ids"), email: try fields.optionalText("email", mostBytes: 254))
  }
}

/// Whether a text is made of subtags of 1 to 8 ASCII letters and digits with dashes between (RFC 5646 §2.1).
package func isLanguageTag(_ text: String) -> Bool {
  text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).allSatisfy { part in
    (1...8).contains(part.count)
      && part.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) }
  }
}

/// A list of texts as the store keeps it: a JSON array.
func encodedTexts(_ texts: [String]) -> String { encoded(.array(texts.map { .string($0) })) }

private func encodedTaxIDs(_ ids: [TaxID]) -> String {
  encoded(
    .array(ids.map { .object(JSONObject([("type", .string($0.type)), ("value", .string($0.value))])) }))
}

/// A value as compact JSON text.
func encoded(_ value: JSONValue) -> String { String(decoding: value.canonicalBytes, as: UTF8.self) }

extension CustomerUpdated {
  /// The customer as the store keeps it, or nil when it is unknown or was deleted.
  static func load(_ id: CustomerID, from connection: Connection) throws -> Customer? {
    try connection.statement(
      """
      SELECT name, currency, address_lines, country, tax_ids, tax_category, tax_rate, tax_reason,
        purchase_order, email, language
      FROM customers WHERE customer_id = ? AND NOT is_deleted
      """
    ).first([.text(id.text)]) { row in
      Customer(
        id: id, name: try row.optionalText(0).map(storedName), currency: try storedCurrency(row.text(1)),
        addressLines: try storedFields("address_lines", row.text(2)).texts("list", most: 8),
        country: try row.optionalText(3), taxIDs: try storedFields("tax_ids", row.text(4)).taxIDs("list"),
        tax: try storedTax(row.optionalText(5), row.optionalText(6), row.optionalText(7)),
        purchaseOrder: try row.optionalText(8), email: try row.optionalText(9),
        language: try storedLanguage(row.optionalText(10)))
    }
  }
}

private func storedLanguage(_ tag: String?) throws -> String? {
  guard let tag else { return nil }
  guard isLanguageTag(tag) else { throw StoredValueError(column: "customers.language") }
  return tag
}

private func storedTax(_ category: String?, _ rate: String?, _ reason: String?) throws -> TaxTreatment? {
  guard let category, let rate else { return nil }
  return TaxTreatment(
    category: try storedChoice(category, "customers.tax_category"),
    rate: try storedDecimal(rate, "customers.tax_rate"), reason: reason)
}

import FolioBilling
import SQLite

/// `billing.payment_method.added`: how a customer can pay; brand, last four digits and expiry at most.
struct PaymentMethodAdded: BillingFact {
  let customerID: CustomerID
  let method: PaymentMethod
  let isDefault: Bool

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    method = PaymentMethod(
      id: try fields.identifier("payment_method_id"), type: try fields.text("type", mostBytes: 32),
      brand: try fields.optionalText("brand", mostBytes: 32), last4: try fields.lastFour("last4"),
      expiryMonth: try fields.optionalInteger("exp_month", least: 1, most: 12).map(Int.init),
      expiryYear: try fields.optionalInteger("exp_year", least: 2_000, most: 2_261).map(Int.init))
    isDefault = try fields.optionalBool("default") ?? false
  }

  var requires: [EventSubject] { [.customer(customerID)] }
  var introduces: [EventSubject] { [.paymentMethod(customerID, method.id)] }

  func write(_ writer: FactWriter) throws {
    try writer.keepLatest(
      in: "payment_methods",
      key: [("customer_id", .text(customerID.text)), ("payment_method_id", .text(method.id.text))],
      [
        ("type", .text(method.type)), ("brand", .optional(method.brand)), ("last4", .optional(method.last4)),
        ("expiry_month", .optional(method.expiryMonth.map(Int64.init))),
        ("expiry_year", .optional(method.expiryYear.map(Int64.init))),
      ])
    if isDefault { try writeDefault(writer, customerID, method.id) }
  }
}

/// `billing.payment_method.default_changed`: which method pays from now on.
struct PaymentMethodDefaultChanged: BillingFact {
  let customerID: CustomerID
  let methodID: PaymentMethodID

  init(_ fields: FieldReader, customerID: CustomerID) throws(FieldError) {
    self.customerID = customerID
    methodID = try fields.identifier("payment_method_id")
  }

  var requires: [EventSubject] { [.customer(customerID), .paymentMethod(customerID, methodID)] }

  func write(_ writer: FactWriter) throws { try writeDefault(writer, customerID, methodID) }
}

private func writeDefault(_ writer: FactWriter, _ customer: CustomerID, _ method: PaymentMethodID) throws {
  try writer.keepLatest(
    in: "default_payment_methods", key: [("customer_id", .text(customer.text))],
    [("payment_method_id", .text(method.text))])
}

extension FieldReader {
  fileprivate func lastFour(_ name: String) throws(FieldError) -> String? {
    guard let text = try optionalText(name, mostBytes: 4) else { return nil }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard text.utf8.count == 4, text.utf8.allSatisfy(digits.contains) else {
      throw fail(name, .text(mostBytes: 4))
    }
    return text
  }
}

extension PaymentMethodAdded {
  /// A customer's payment methods in order of identifiers.
  static func load(of customer: CustomerID, from connection: Connection) throws -> [PaymentMethod] {
    try connection.statement(
      """
      SELECT payment_method_id, type, brand, last4, expiry_month, expiry_year FROM payment_methods
      WHERE customer_id = ? ORDER BY payment_method_id
      """
    ).rows([.text(customer.text)]) { row in
      PaymentMethod(
        id: try storedIdentifier(row.text(0), "payment_methods.payment_method_id"), type: try row.text(1),
        brand: try row.optionalText(2), last4: try row.optionalText(3),
        expiryMonth: try row.optionalInteger(4).map(Int.init),
        expiryYear: try row.optionalInteger(5).map(Int.init))
    }
  }

  /// The method that pays, or nil when none was chosen.
  static func loadDefault(of customer: CustomerID, from connection: Connection) throws -> PaymentMethodID? {
    try connection.statement("SELECT payment_method_id FROM default_payment_methods WHERE customer_id = ?")
      .first([.text(customer.text)]) { row in
        try storedIdentifier(row.text(0), "default_payment_methods.payment_method_id")
      }
  }
}

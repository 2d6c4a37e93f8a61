package import FolioBilling
package import JSON

extension InvoiceDocument {
  /// The data of the `billing.invoice.finalized` event that freezes the document.
  package func eventData(id: InvoiceID) -> JSONObject {
    JSONObject([
      ("invoice_id", .string(id.text)), ("number", .string(number)),
      ("currency", .string(currency.lowercaseCode)),
      ("amount_due", amountDue.json), ("period_start", period.start.json),
      ("period_end", period.writtenEnd), ("created", created.json), ("due_date", dueDate.json),
      ("seller", seller.json), ("buyer", buyer.json), ("purchase_order", purchaseOrder.json),
      ("lines", .array(lines.map(\.json))), ("taxes", .array(taxes.map(\.json))),
      ("subtotal", subtotal.map(\.json) ?? .null), ("payment_terms", paymentTerms.json),
      ("plans", .array(plans.map(\.json))), ("partners", .array(partners.map(\.json))),
    ])
  }
}

extension Money {
  /// The amount as the API prints it, exactly.
  package var json: JSONValue { number(decimalText) }
}

extension BillingPeriod {
  /// The end as it is read back: the last second of a day, or within a day the end itself.
  fileprivate var writtenEnd: JSONValue { (end.date.start == end ? inclusiveEnd : end).json }
}

extension Timestamp {
  fileprivate var json: JSONValue { .string(text) }
}

extension String? {
  fileprivate var json: JSONValue { map { .string($0) } ?? .null }
}

extension Party? {
  fileprivate var json: JSONValue {
    guard let party = self else { return .null }
    return .object(
      JSONObject([
        ("name", .string(party.name)), ("address_lines", .array(party.addressLines.map { .string($0) })),
        ("country", party.country.json), ("tax_ids", .array(party.taxIDs.map(\.json))),
        ("email", party.email.json),
      ]))
  }
}

extension TaxID {
  /// As events and configurations hold it.
  package var json: JSONValue { .object(JSONObject([("type", .string(type)), ("value", .string(value))])) }
}

extension ChargeLine {
  fileprivate var json: JSONValue {
    .object(
      JSONObject([
        ("kind", .string(kind.rawValue)), ("plan_name", planName.json),
        ("service_start", servicePeriod.start.json), ("service_end", servicePeriod.writtenEnd),
        ("quantity", quantity.map { .number(JSONNumber($0)) } ?? .null),
        ("unit_price", unitPrice.map { number($0.decimalText) } ?? .null), ("proration", proration.json),
        ("gross", gross.json), ("covered", covered.json), ("amount", amount.json), ("label", label.json),
        ("rate", rate.map { number($0.text) } ?? .null), ("basis", basis.map(\.json) ?? .null),
      ]))
  }
}

extension Proration? {
  fileprivate var json: JSONValue {
    guard let self else { return .null }
    return .object(
      JSONObject([
        ("seconds", .number(JSONNumber(self.seconds))), ("of_seconds", .number(JSONNumber(self.ofSeconds))),
      ]))
  }
}

extension TaxLine {
  fileprivate var json: JSONValue {
    .object(
      JSONObject([
        ("category", .string(treatment.category.rawValue)), ("rate", number(treatment.rate.text)),
        ("reason", treatment.reason.json), ("taxable", taxable.json), ("amount", amount.json),
      ]))
  }
}

extension InvoicedPlan {
  fileprivate var json: JSONValue {
    .object(
      JSONObject([
        ("plan_id", .string(planID.text)), ("name", .string(name)), ("model", .string(model.rawValue)),
        ("base_fee_applies", .string(baseFeeApplies.rawValue)),
      ]))
  }
}

extension InvoicedPartner {
  fileprivate var json: JSONValue {
    .object(
      JSONObject([
        ("partner_id", (partnerID?.text).json), ("name", name.json),
        ("messages", .number(JSONNumber(messages))), ("message_charges", messageCharges.json),
        ("partner_fees", partnerFees.json),
      ]))
  }
}

private func number(_ text: String) -> JSONValue {
  guard let number = JSONNumber(text) else { preconditionFailure("a decimal is a JSON number") }
  return .number(number)
}

package import FolioBilling
package import JSON

/// The answers of the API that hold facts, and how each becomes events.
package enum APIAnswer: String, Sendable, CaseIterable {
  case billing
  case usage
  case invoices

  /// The kind of answer that a document is by its shape; nil for a derived figure or something else.
  package init?(recognising document: JSONObject) {
    if document["subscription"] != nil, document["billing_plan"] != nil {
      self = .billing
    } else if document["usage_summary"] != nil, document["period"] != nil {
      self = .usage
    } else if case .array? = document["data"] {
      self = .invoices
    } else {
      return nil
    }
  }

  /// The events that an answer stands for.
  ///
  /// - Parameters:
  ///   - customer: whom the answer is about, where it does not say so itself.
  ///   - currency: of amounts that the answer gives without one.
  /// - Throws: `FieldError`.
  package func events(
    in document: JSONObject, customer: CustomerID?, currency: Currency, source: String
  ) throws(FieldError) -> [ReceivedEvent] {
    if let place = CardDataScan.firstFinding(in: .object(document), allowsDocumentNumber: self == .invoices) {
      throw FieldError(path: place, expected: .noCardData, found: nil)
    }
    let fields = FieldReader(document, path: "")
    guard let customer = try fields.optionalIdentifier("customer_id") ?? customer else {
      throw FieldError(path: "customer_id", expected: .customerNamed, found: nil)
    }
    let maker = AnswerEventMaker(customer: customer, currency: currency, source: source)
    switch self {
    case .billing: return try maker.billing(fields)
    case .usage: return [try maker.event(.usageStated, document)]
    case .invoices: return try maker.invoices(fields)
    }
  }
}

/// Writes the events that an answer stands for.
private struct AnswerEventMaker {
  let customer: CustomerID
  let currency: Currency
  let source: String

  func event(_ type: EventType, _ data: JSONObject) throws(FieldError) -> ReceivedEvent {
    let document = JSONObject([
      ("type", .string(type.rawValue)), ("customer_id", .string(customer.text)), ("data", .object(data)),
    ])
    return try ReceivedEvent(.object(document), source: source)
  }

  /// A customer without a name (undated, so that any other word on the customer wins), its plan, its
  /// subscription and its payment method.
  func billing(_ fields: FieldReader) throws(FieldError) -> [ReceivedEvent] {
    let subscription = try fields.object("subscription")
    let start = try subscription.timestamp("current_period_start")
    let plan = try fields.object("billing_plan")
    let (planID, planData) = try planDefinition(plan, from: start)
    let created = JSONObject([
      ("subscription_id", .string(try subscription.text("id", mostBytes: identifierBytesLimit))),
      ("plan_id", .string(planID)),
      ("status", subscription.value("status") ?? .null),
      ("current_period_start", .string(start.text)),
      ("current_period_end", subscription.value("current_period_end") ?? .null),
      ("trial_ends_at", subscription.value("trial_ends_at") ?? .null),
      ("cancel_at_period_end", subscription.value("cancel_at_period_end") ?? .bool(false)),
    ])
    var events = [
      try event(.customerUpdated, JSONObject([("currency", .string(currency.lowercaseCode))])),
      try event(.planDefined, planData), try event(.subscriptionCreated, created),
    ]
    if let method = try fields.optionalObject("payment_method") {
      events.append(try event(.paymentMethodAdded, paymentMethod(method)))
    }
    return events
  }

  /// The plan's terms, under an id made from its name and its terms: the answer has none.
  private func planDefinition(
    _ plan: FieldReader, from start: Timestamp
  ) throws(FieldError) -> (id: String, data: JSONObject) {
    let name = try plan.text("name", mostBytes: nameBytesLimit)
    var members: [(name: String, value: JSONValue)] = [
      ("name", .string(name)), ("currency", .string(currency.lowercaseCode)),
      ("effective_at", .string(start.text)),
    ]
    let prices = [
      "model", "base_fee", "base_fee_applies", "message_rate", "message_tiers", "included_messages",
      "partner_fee", "partner_fee_tiers", "minimum_commitment", "maximum_commitment", "discounts",
    ]
    for price in prices { if let value = plan.value(price) { members.append((price, value)) } }
    let id = makeEventID("plan", JSONValue.object(JSONObject(members)).canonicalBytes).text
    return (id, JSONObject([("plan_id", .string(id))] + members))
  }

  private func paymentMethod(_ method: FieldReader) throws(FieldError) -> JSONObject {
    let type = try method.text("type", mostBytes: 32)
    let last4 = try method.optionalText("last4", mostBytes: 4)
    let name = makeEventID("pm", Array((type + "\n" + (last4 ?? "")).utf8)).text
    var members: [(name: String, value: JSONValue)] = [
      ("payment_method_id", .string(name)), ("type", .string(type)), ("default", .bool(true)),
    ]
    for field in ["brand", "last4", "exp_month", "exp_year"] {
      if let value = method.value(field) { members.append((field, value)) }
    }
    return JSONObject(members)
  }

  func invoices(_ fields: FieldReader) throws(FieldError) -> [ReceivedEvent] {
    var events: [ReceivedEvent] = []
    for row in try fields.objects("data", most: readingsLimit) { events += try invoice(row) }
    return events
  }

  /// The invoice without what changes later, and an event for each thing that its row says has happened.
  private func invoice(_ row: FieldReader) throws(FieldError) -> [ReceivedEvent] {
    let id = try row.text("id", mostBytes: identifierBytesLimit)
    let status = try row.choice("status", StatedInvoiceStatus.self)
    let frozen = ["number", "currency", "amount_due", "period_start", "period_end", "created", "due_date"]
    let data = JSONObject([("invoice_id", .string(id))] + frozen.map { ($0, row.value($0) ?? .null) })
    var events = [try event(.invoiceFinalized, data)]
    let created = try row.timestamp("created")
    // Where a paid invoice does not say what was paid, it was all.
    let amountName = row.value("amount_paid") == nil && status == .paid ? "amount_due" : "amount_paid"
    if let paid = try row.optionalDecimal(amountName), paid.coefficient > 0 {
      let payment = JSONObject([
        ("invoice_id", .string(id)), ("amount_paid", row.value(amountName) ?? .null),
        ("paid_at", row.value("paid_at") ?? .null), ("is_total", .bool(true)),
      ])
      events.append(try event(.paymentSucceeded, payment))
    }
    let closing: (EventType, String)? =
      switch status {
      case .void: (.invoiceVoided, "voided_at")
      case .uncollectible: (.invoiceWrittenOff, "written_off_at")
      case .paid, .open: nil
      }
    if let (type, time) = closing {
      events.append(
        try event(type, JSONObject([("invoice_id", .string(id)), (time, .string(created.text))])))
    }
    return events
  }
}

/// The statuses of an invoice that is a fact; a draft is none.
private enum StatedInvoiceStatus: String, CaseIterable {
  case open
  case paid
  case void
  case uncollectible
}

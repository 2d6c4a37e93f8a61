package import FolioBilling
import Hashing
package import JSON

/// A billing event as it was received: checked in its outer form, and ready to be applied.
package struct ReceivedEvent: Sendable {
  /// Who sent it: identity is (source, id).
  package let source: String
  package let id: EventID
  package let type: EventType
  /// The event's own time, else the instant of its fact; nil where nothing dates it.
  package let time: Timestamp?
  /// As the event names it; nil where its subject leads to the customer.
  package let customerID: CustomerID?
  let fact: any BillingFact
  /// The data as they are kept, without readings.
  let data: JSONObject
  /// The readings of recorded usage, packed; nil for other types.
  let readings: [UInt8]?

  /// A digest of type, customer and data, which tells a repetition from a conflict.
  ///
  /// Of what an invoice leads to, the customer is no part: the same payment may come with it or without.
  var digest: [UInt8] {
    var hash = SHA256()
    let owner = fact is any FactOfInvoice ? "" : customerID?.text ?? ""
    hash.update(Array((type.rawValue + "\n" + owner).utf8) + [0])
    hash.update(JSONValue.object(data).canonicalBytes)
    if let readings { hash.update([0] + readings) }
    return hash.finalize()
  }

  var key: EventKey { EventKey(time: time?.nanosecondsSinceEpoch ?? 0, text: id.text + " " + source) }
}

extension ReceivedEvent {
  /// Reads `{"id", "type", "timestamp", "customer_id", "data"}`.
  ///
  /// The documented events lack id, time and customer: their natural key makes the id, their fact the time, and
  /// `customerID`, where the caller knows it, stands in for the customer.
  ///
  /// - Throws: `FieldError`, also for card data, whose value no error repeats.
  package init(_ value: JSONValue, source: String, customerID known: CustomerID? = nil) throws(FieldError) {
    if let place = CardDataScan.firstFinding(inEvent: value) {
      throw FieldError(path: place, expected: .noCardData, found: nil)
    }
    let outer = try FieldReader(value, path: "")
    let type = try outer.choice("type", EventType.self)
    guard case .object(let data)? = outer.value("data") else { throw outer.fail("data", .object) }
    let stated = try outer.optionalTimestamp("timestamp")
    let customer: CustomerID? = try outer.optionalIdentifier("customer_id") ?? known
    let fact = try decodedFact(type, data, customer: customer, time: stated)
    let id: EventID? = try outer.optionalIdentifier("id")
    self.init(type, id, stated, customer, data, fact, source: source)
  }

  /// Reads the `data` of an event whose envelope has been read already, and searched for card data.
  ///
  /// - Throws: `FieldError`, with paths that open with `data`.
  package init(
    _ type: EventType, id: EventID, at time: Timestamp?, of customer: CustomerID?, data: JSONObject,
    source: String
  ) throws(FieldError) {
    let fact = try decodedFact(type, data, customer: customer, time: time)
    self.init(type, id, time, customer, data, fact, source: source)
  }

  private init(
    _ type: EventType, _ id: EventID?, _ time: Timestamp?, _ customer: CustomerID?, _ data: JSONObject,
    _ fact: any BillingFact, source: String
  ) {
    self.source = source
    self.type = type
    self.time = time ?? fact.factTime
    self.fact = fact
    customerID = customer
    if let usage = fact as? UsageRecorded {
      self.data = JSONObject(data.members.filter { !$0.name.utf8.elementsEqual("readings".utf8) })
      readings = PackedReadings.pack(usage.readings)
    } else {
      self.data = data
      readings = nil
    }
    self.id = id ?? naturalID(type, time, customer, fact, data, readings)
  }

  /// An event that the log kept, decoded as it was when it arrived.
  init(
    stored type: EventType, _ id: EventID, _ time: Timestamp?, _ customer: CustomerID?, _ data: JSONObject,
    readings packed: [UInt8]?, source: String
  ) throws {
    let fact: any BillingFact
    if let packed, let customer {
      guard let readings = PackedReadings.unpack(packed) else {
        throw StoredValueError(column: "events.readings")
      }
      let isDelta = try FieldReader(data, path: "data").optionalBool("delta") ?? false
      fact = UsageRecorded(customerID: customer, readings: readings, isDelta: isDelta)
    } else {
      fact = try decodedFact(type, data, customer: customer, time: time)
    }
    self.init(type, id, time, customer, data, fact, source: source)
  }

  /// Recorded usage of one customer, made from rows.
  package init(
    usage readings: [UsageReading], of customer: CustomerID, id: EventID, time: Timestamp?, source: String
  ) {
    let fact = UsageRecorded(customerID: customer, readings: readings, isDelta: false)
    self.init(.usageRecorded, id, time, customer, JSONObject([]), fact, source: source)
  }
}

extension ReceivedEvent {
  /// The part of recorded usage that lies before an instant, as if the later hours had not been read yet.
  ///
  /// nil for anything else: for usage whose event bears a time of its own, and where no hour is over by then.
  func usage(until instant: Timestamp) -> ReceivedEvent? {
    guard let usage = fact as? UsageRecorded, time == usage.factTime else { return nil }
    let readings = usage.readings.filter { $0.hour.end <= instant }
    if readings.isEmpty { return nil }
    let part = UsageRecorded(customerID: usage.customerID, readings: readings, isDelta: usage.isDelta)
    return ReceivedEvent(type, id, nil, customerID, data, part, source: source)
  }
}

/// Names an event that came without an id: the same words, the same name.
///
/// Two reports of one payment that differ in a word are two events; its natural key makes them one effect. Were
/// they one event, the words of whichever came first would stand.
private func naturalID(
  _ type: EventType, _ time: Timestamp?, _ customer: CustomerID?, _ fact: any BillingFact, _ data: JSONObject,
  _ readings: [UInt8]?
) -> EventID {
  let owner = fact is any FactOfInvoice ? "" : customer?.text ?? ""
  let name = Array([type.rawValue, owner, time?.text ?? "", ""].joined(separator: "\n").utf8)
  return makeEventID("natural", name + JSONValue.object(data).canonicalBytes + (readings ?? []))
}

/// An id made from the hash of what it names: `prefix_` and 40 hexadecimal digits.
package func makeEventID(_ prefix: String, _ bytes: [UInt8]) -> EventID {
  let text = prefix + "_" + Hexadecimal.encode(Array(SHA256.hash(bytes).prefix(20)))
  do { return try EventID(text) } catch { preconditionFailure("a hash makes a valid id") }
}

private func decodedFact(
  _ type: EventType, _ data: JSONObject, customer: CustomerID?, time: Timestamp?
) throws(FieldError) -> any BillingFact {
  let fields = FieldReader(data, path: "data")
  switch type {
  case .planDefined: return try PlanDefined(fields)
  case .noticePosted: return try NoticePosted(fields, customerID: customer)
  case .invoiceVoided: return try InvoiceClosed(fields, kind: "void", timeName: "voided_at", time: time)
  case .invoiceWrittenOff:
    return try InvoiceClosed(fields, kind: "write_off", timeName: "written_off_at", time: time)
  case .creditNoteIssued: return try CreditNoteIssued(fields, time: time)
  case .paymentSucceeded: return try PaymentAttempted(succeeded: fields, time: time)
  case .paymentFailed: return try PaymentAttempted(failed: fields, time: time)
  case .paymentRefunded: return try PaymentRefunded(fields, time: time)
  default:
    guard let customer else { throw FieldError(path: "customer_id", expected: .customerNamed, found: nil) }
    return try decodedCustomerFact(type, data, fields, customer, time)
  }
}

private func decodedCustomerFact(
  _ type: EventType, _ data: JSONObject, _ fields: FieldReader, _ customer: CustomerID, _ time: Timestamp?
) throws(FieldError) -> any BillingFact {
  switch type {
  case .customerUpdated: return try CustomerUpdated(fields, customerID: customer)
  case .customerDeleted: return CustomerDeleted(customerID: customer)
  case .subscriptionCreated: return try SubscriptionCreated(fields, customerID: customer)
  case .subscriptionUpdated: return try SubscriptionUpdated(fields, customerID: customer, time: time)
  case .subscriptionCanceled: return try SubscriptionCanceled(fields, customerID: customer, time: time)
  case .paymentMethodAdded: return try PaymentMethodAdded(fields, customerID: customer)
  case .paymentMethodDefaultChanged: return try PaymentMethodDefaultChanged(fields, customerID: customer)
  case .partnerUpdated: return try PartnerUpdated(fields, customerID: customer, time: time)
  case .partnerDeleted: return try PartnerDeleted(fields, customerID: customer)
  case .usageRecorded: return try UsageRecorded(fields, customerID: customer)
  case .usageStated: return try UsageStated(data, fields, customerID: customer)
  case .usageWatermark: return try UsageWatermark(fields, customerID: customer)
  case .usageThresholdReached: return try AlertOccurred(threshold: fields, customerID: customer, time: time)
  case .budgetAlert: return try AlertOccurred(budget: fields, customerID: customer, time: time)
  case .budgetSet: return try BudgetSet(fields, customerID: customer)
  case .alertSet: return try AlertSet(fields, customerID: customer)
  case .reportDefined: return try ReportDefined(fields, customerID: customer)
  case .invoiceFinalized: return try InvoiceFinalized(data, fields, customerID: customer)
  case .planDefined, .noticePosted, .invoiceVoided, .invoiceWrittenOff, .creditNoteIssued, .paymentSucceeded,
    .paymentFailed, .paymentRefunded:
    preconditionFailure("decoded without a customer")
  }
}

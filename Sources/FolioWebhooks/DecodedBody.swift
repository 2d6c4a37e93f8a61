import FolioBilling
import FolioStore
import Hashing
import JSON

/// A signed body, read as a billing event within what its source may say.
struct DecodedBody {
  private(set) var id: String
  private(set) var customer: CustomerID?
  private(set) var type: String?
  /// Of type and data; empty where nothing of the body may be kept.
  private(set) var digest: [UInt8] = []
  private(set) var verdict: DeliveryVerdict = .unknownType

  /// Reads a body.
  ///
  /// - Parameters:
  ///   - id: the sender's id for the message, where the headers have it.
  ///   - customer: the one in the request's path, or the one that the delivery named when it arrived.
  init(_ body: [UInt8], of source: WebhookSource, id: String?, customer: CustomerID?) {
    self.id = id ?? ""
    self.customer = customer ?? source.customers.soleCustomer
    do throws(FieldError) {
      let fields = try Self.envelope(body)
      if id == nil { self.id = try Self.id(fields) }
      try read(fields, source, pathCustomer: customer)
    } catch {
      verdict = .refused(error)
    }
    if self.id.isEmpty { self.id = Self.keyedID(body, source) }
  }

  /// The outer object, when nothing in it is card data.
  private static func envelope(_ body: [UInt8]) throws(FieldError) -> FieldReader {
    let value: JSONValue
    do throws(JSONSyntaxError) { value = try JSONParser.parse(body) } catch {
      // What cannot be searched for card data cannot be kept either.
      throw FieldError(path: "", expected: .json(line: error.line, column: error.column), found: nil)
    }
    if let place = CardDataScan.firstFinding(inEvent: value) {
      throw FieldError(path: place, expected: .noCardData, found: nil)
    }
    return try FieldReader(value, path: "")
  }

  private mutating func read(
    _ fields: FieldReader, _ source: WebhookSource, pathCustomer: CustomerID?
  ) throws(FieldError) {
    digest = Self.digest(fields)
    type = try fields.text("type", mostBytes: Delivery.nameBytesLimit)
    try readCustomer(fields, source, pathCustomer)
    guard let known = EventType.allCases.first(where: { $0.rawValue.utf8.elementsEqual((type ?? "").utf8) })
    else { return }
    try checkScope(of: known, source)
    guard case .object(let data)? = fields.value("data") else { throw fields.fail("data", .object) }
    let event = try ReceivedEvent(
      known, id: Delivery.eventID(of: id), at: try Self.time(fields), of: customer, data: data,
      source: source.name)
    verdict = .event(event)
  }

  private mutating func readCustomer(
    _ fields: FieldReader, _ source: WebhookSource, _ pathCustomer: CustomerID?
  ) throws(FieldError) {
    let named: CustomerID? = try fields.optionalIdentifier("customer_id")
    if let named, let pathCustomer, named != pathCustomer {
      throw fields.fail("customer_id", .customerOfPath)
    }
    customer = named ?? customer
    if let customer, !source.customers.includes(customer) {
      let found = JSONValue.string(customer.text).glimpse
      throw FieldError(path: "customer_id", expected: .customerOfSource, found: found)
    }
  }

  /// A source that speaks for some customers only says of each event whose it is, and nothing about all.
  ///
  /// Else an invoice's id alone would lead to whomever it belongs to, perhaps much later.
  private func checkScope(of type: EventType, _ source: WebhookSource) throws(FieldError) {
    if source.customers == .all { return }
    if type == .planDefined {
      throw FieldError(path: "type", expected: .typeOfOneCustomer, found: type.rawValue)
    }
    if customer == nil { throw FieldError(path: "customer_id", expected: .customerNamed, found: nil) }
  }

  /// The id in a body of Stripe's scheme.
  private static func id(_ fields: FieldReader) throws(FieldError) -> String {
    let text = try fields.text("id", mostBytes: Delivery.nameBytesLimit)
    guard isDeliveryID(text.utf8) else { throw fields.fail("id", .text(mostBytes: Delivery.nameBytesLimit)) }
    return text
  }

  private static func time(_ fields: FieldReader) throws(FieldError) -> Timestamp? {
    if let stated = try fields.optionalTimestamp("timestamp") { return stated }
    return try fields.optionalInteger("created", least: 1, most: secondsLimit)
      .map { Timestamp(secondsSinceEpoch: $0) }
  }

  /// The start of 2262, beyond which a `Timestamp` does not reach.
  private static let secondsLimit: Int64 = 9_214_646_399

  /// The envelope around the data is no part: a sender may word it anew at each attempt.
  private static func digest(_ fields: FieldReader) -> [UInt8] {
    var hash = SHA256()
    for name in ["type", "data"] {
      hash.update((fields.value(name) ?? .null).canonicalBytes)
      hash.update([0])
    }
    return hash.finalize()
  }

  /// Names a body that does not name itself; keyed, so that nobody can try out what a card's number in it was.
  private static func keyedID(_ body: [UInt8], _ source: WebhookSource) -> String {
    let code = source.keys.first.map { key in key.authenticationCode { $0.update(body) } } ?? []
    return "body_" + Hexadecimal.encode(Array(code.prefix(20)))
  }
}

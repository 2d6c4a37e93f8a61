import FolioBilling
import FolioWebhooks
import OperatingSystem

/// Requests as a sender makes them: a partner's new name in 300 bytes of JSON, signed.
struct SignedRequests {
  /// How long the bodies are.
  static let bodyBytes = 300

  /// The header lines that sign a body which has an id, each with its line end.
  typealias Signature = (_ body: [UInt8], _ id: String) -> String

  private let path: String
  private let customers: Int
  private let sign: Signature
  private var count = 0
  /// Tells one run's ids from another's, and sorts later ones last, so that each change wins.
  private let run = String(Clock.now())

  init(to path: String, customers: Int, signedBy sign: @escaping Signature) {
    (self.path, self.customers, self.sign) = (path, customers, sign)
  }

  /// Requests to a listener of folio, signed by Standard Webhooks.
  init(_ source: WebhookSource, customers: Int) {
    self.init(to: "/webhooks/billing", customers: customers) { body, id in
      let now = Timestamp(nanosecondsSinceEpoch: Clock.now())
      return source.sign(body, id: id, at: now).map { "\($0.name): \($0.value)\r\n" }.joined()
    }
  }

  /// The next request, for one customer after another unless one is named.
  mutating func next(for index: Int? = nil) -> [UInt8] {
    count += 1
    let id = "evt_\(run)_\(paddedNumber(count, 9))"
    let customer = StoreShape.customer(index ?? count % customers)
    let body = Self.body(customer, name: "Renamed \(id)")
    let head =
      "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      + sign(body, id) + "Content-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  /// Made of bytes, and filled up from one text: whoever sends shares the processors with the listener.
  private static func body(_ customer: CustomerID, name: String) -> [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(bodyBytes)
    for part in [opening, customer.text, middle, name, #""},"padding":""#] { body += part.utf8 }
    body += filler.prefix(max(0, bodyBytes - body.count - end.utf8.count))
    return body + end.utf8
  }

  private static let opening =
    #"{"type":"billing.partner.updated","timestamp":"\#(StoreShape.asOf.text)","customer_id":""#
  private static let middle = #"","data":{"partner_id":"\#(StoreShape.partner(0).text)","name":""#
  private static let end = #""}"#
  private static let filler = [UInt8](repeating: UInt8(ascii: "x"), count: bodyBytes)
}

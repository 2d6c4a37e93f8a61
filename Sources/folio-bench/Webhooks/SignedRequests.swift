import FolioBilling
import FolioWebhooks
import OperatingSystem

/// Requests as a sender makes them: a partner's new name, about 300 bytes, signed by Standard Webhooks.
struct SignedRequests {
  /// How long the bodies are.
  static let bodyBytes = 300

  private let source: WebhookSource
  private let customers: Int
  private var count = 0
  /// Tells one run's ids from another's, and sorts later ones last, so that each change wins.
  private let run = String(Clock.now())

  init(_ source: WebhookSource, customers: Int) { (self.source, self.customers) = (source, customers) }

  /// The next request, for one customer after another unless one is named.
  mutating func next(for index: Int? = nil) -> [UInt8] {
    count += 1
    let id = "evt_\(run)_\(paddedNumber(count, 9))"
    let customer = StoreShape.customer(index ?? count % customers)
    let body = Self.body(customer, name: "Renamed \(id)")
    let now = Timestamp(nanosecondsSinceEpoch: Clock.now())
    let fields = source.sign(body, id: id, at: now).map { "\($0.name): \($0.value)\r\n" }.joined()
    let head =
      "POST /webhooks/billing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      + fields + "Content-Length: \(body.count)\r\n\r\n"
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

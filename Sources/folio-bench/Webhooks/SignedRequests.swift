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
    let body = Array(Self.body(customer, name: "Renamed \(id)").utf8)
    let now = Timestamp(nanosecondsSinceEpoch: Clock.now())
    let fields = source.sign(body, id: id, at: now).map { "\($0.name): \($0.value)\r\n" }.joined()
    let head =
      "POST /webhooks/billing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      + fields + "Content-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  private static func body(_ customer: CustomerID, name: String) -> String {
    let start =
      #"{"type":"billing.partner.updated","timestamp":"\#(StoreShape.asOf.text)","customer_id":"\#(customer.text)","#
      + #""data":{"partner_id":"\#(StoreShape.partner(0).text)","name":"\#(name)"}"#
    let end = "}"
    let room = max(0, bodyBytes - start.utf8.count - end.utf8.count - 13)
    return start + #","padding":""# + String(repeating: "x", count: room) + #"""# + end
  }
}

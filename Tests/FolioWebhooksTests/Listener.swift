import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import Foundation
import Testing

let now = Timestamp(secondsSinceEpoch: 1_700_000_000)

/// What the listener does with requests, without its sockets: an inbox, a store and secrets in a folder.
final class Listener {
  let folder: TemporaryFolder
  var secrets: WebhookSecrets
  var inbox: Inbox

  init(_ customers: String = #""all""#, limits: InboxLimits = InboxLimits()) throws {
    folder = try TemporaryFolder()
    secrets = try WebhookSecrets(customers: customers)
    inbox = try Inbox(path: folder.path("billing.db.inbox"), limits: limits)
  }

  var storePath: String { folder.path("billing.db") }

  func store() throws -> BillingStore { try BillingStore(path: storePath, isCreating: true) }

  func reader() throws -> StatementReader { try StatementReader(path: storePath) }

  /// A signed body, verified and read.
  func delivery(_ body: String, id: String, customer: String? = nil) throws -> Delivery {
    let bytes = Array(body.utf8)
    let path = try customer.map { try CustomerID($0) }
    let headers = try #require(secrets.sources.first).headers(for: bytes, id: id, at: now)
    let sender = try secrets.sender(of: bytes, headers, customer: path, at: now)
    return secrets.delivery(from: sender, body: bytes, customer: path)
  }

  /// Takes bodies in one batch, each under its id.
  @discardableResult
  func take(_ bodies: (id: String, body: String)..., customer: String? = nil) throws -> [Acceptance] {
    try take(bodies, customer: customer)
  }

  @discardableResult
  func take(_ bodies: [(id: String, body: String)], customer: String? = nil) throws -> [Acceptance] {
    let deliveries = try bodies.map { try delivery($0.body, id: $0.id, customer: customer) }
    return try inbox.accept(deliveries, receivedAt: now)
  }

  /// Applies everything that is pending and gives the states in order.
  @discardableResult
  func apply(limit: Int = 100) throws -> [DeliveryState] {
    let store = try store()
    var states: [DeliveryState] = []
    while true {
      let settled = try inbox.applyPending(limit: limit, to: store, receivedAt: now, decode: secrets.verdict)
      if settled.isEmpty { break }
      states += settled.map(\.state)
    }
    return states
  }

  /// The listed deliveries in a state.
  func entries(_ states: DeliveryState...) throws -> [InboxEntry] {
    _ = try store()
    var entries: [InboxEntry] = []
    try inbox.reader.forEachEntry(in: Set(states), store: reader()) { entries.append($0) }
    return entries
  }

  func statement(_ customer: String) throws -> Statement? {
    try reader().statement(of: CustomerID(customer), asOf: Timestamp(secondsSinceEpoch: 1_900_000_000))
  }

  /// The bytes of every file of the inbox and the store.
  func rawBytes() throws -> Data {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
      .reduce(into: Data()) { $0 += try Data(contentsOf: folder.url.appending(path: $1)) }
  }
}

extension WebhookSecrets {
  /// One source `billing` of Standard Webhooks, for these customers.
  init(customers: String) throws {
    let file =
      #"{"sources":[{"name":"billing","scheme":"standard-webhooks","secrets":["\#(testSecret)"],"customers":\#(customers)}]}"#
    self = try .parse(Array(file.utf8), path: "secrets.json")
  }
}

let testSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

extension WebhookSource {
  /// What a sender puts into the head of its request.
  func headers(for body: [UInt8], id: String, at time: Timestamp) -> DeliveryHeaders {
    let fields = Dictionary(
      uniqueKeysWithValues: sign(body, id: id, at: time).map { ($0.name, Array($0.value.utf8)) })
    return DeliveryHeaders(
      id: fields["webhook-id"], timestamp: fields["webhook-timestamp"],
      signature: fields["webhook-signature"], stripeSignature: fields["Stripe-Signature"])
  }
}

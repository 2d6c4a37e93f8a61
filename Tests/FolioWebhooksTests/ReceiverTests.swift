import FolioBilling
import FolioStore
import FolioTestSupport
import FolioWebhooks
import HTTPServing
import Synchronization
import Testing

@Suite struct ReceiverTests {
  private let listener: Listener
  private let metrics = ListenerMetrics()
  private let lines = LineStore()
  private let receiver: WebhookReceiver

  init() throws {
    listener = try Listener()
    receiver = WebhookReceiver(
      secrets: listener.secrets, inbox: listener.inbox, metrics: metrics, log: lines.log, clocks: .stopped)
  }

  /// Requests as they arrive on one connection.
  private func requests(_ text: String) -> [Request] {
    var parser = RequestParser()
    parser.append(Array(text.utf8)[...])
    var requests: [Request] = []
    while case .request(let request) = parser.next() { requests.append(request) }
    return requests
  }

  private func post(_ body: String, id: String, to path: String = "/webhooks/billing") throws -> String {
    let fields = try #require(listener.secrets.sources.first).sign(Array(body.utf8), id: id, at: now)
      .map { "\($0.name): \($0.value)\r\n" }.joined()
    return "POST \(path) HTTP/1.1\r\nHost: a\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private func answers(_ text: String) -> [(status: Status, body: String)] {
    receiver.responses(to: requests(text)).map { response in
      guard case .bytes(let bytes) = response.body else { return (response.status, "") }
      return (response.status, String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func `deliveries of one turn are answered in their order, each with id and state`() throws {
    let (good, other) = (Bodies.customer, EventLines.customer("cus_b"))
    let text = try post(good, id: "m1") + post(other, id: "m2") + post(good, id: "m1") + post(other, id: "m1")
    let answers = answers(text)
    #expect(answers.map(\.status) == [.accepted, .accepted, .accepted, .accepted])
    #expect(
      answers.map(\.body) == [
        #"{"id":"m1","state":"accepted"}"# + "\n", #"{"id":"m2","state":"accepted"}"# + "\n",
        #"{"id":"m1","state":"pending"}"# + "\n", #"{"id":"m1","state":"conflict"}"# + "\n",
      ])
    #expect(metrics.current.acknowledged == ["accepted": 2, "duplicate": 1, "conflict": 1])
    #expect(try listener.inbox.reader.gauges().counts == [.pending: 2, .conflict: 1])
  }

  @Test func `what is signed and invalid is acknowledged as refused, with the field at fault`() throws {
    let answers = try answers(post(#"{"type":"billing.customer.updated","data":5}"#, id: "m1"))
    #expect(answers.map(\.body) == [#"{"id":"m1","state":"refused","field":"data"}"# + "\n"])
  }

  @Test func `what is not signed as it should be is 400 with a reason, and nothing is kept`() throws {
    var forged = try post(Bodies.customer, id: "m1")
    forged = forged.replacing("cus_a", with: "cus_b")
    let bare = "POST /webhooks/billing HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
    let answers = answers(forged + bare)
    #expect(answers.map(\.status) == [.badRequest, .badRequest])
    #expect(answers[0].body.contains(#""code":"no_matching_signature""#))
    #expect(answers[1].body.contains(#""code":"missing_header""#))
    #expect(metrics.current.rejected == ["no_matching_signature": 1, "missing_header": 1])
    #expect(try listener.inbox.reader.gauges().counts.values.allSatisfy { $0 == 0 })
  }

  @Test func `a header that comes twice signs nothing`() throws {
    let twice = try post(Bodies.customer, id: "m1").replacing(
      "webhook-id: m1\r\n", with: "webhook-id: m1\r\nwebhook-id: m1\r\n")
    #expect(answers(twice).map(\.status) == [.badRequest])
  }

  @Test func `only POST to the two paths takes deliveries`() throws {
    let get = "GET /webhooks/billing HTTP/1.1\r\nHost: a\r\n\r\n"
    let responses = receiver.responses(to: requests(get))
    #expect(responses[0].status == .methodNotAllowed)
    #expect(responses[0].fields.contains(.init("Allow", "POST")))
    for path in [
      "/", "/webhooks/billing/", "/webhooks/billing/a/b", "/webhooks/billingx", "/webhooks/billing/a%62",
    ] {
      #expect(try answers(post(Bodies.customer, id: "m1", to: path)).map(\.status) == [.notFound], "\(path)")
    }
    #expect(
      try answers(post(Bodies.customer, id: "m1", to: "/webhooks/billing/cus_a")).map(\.status) == [.accepted]
    )
  }

  @Test func `a source may not speak for a customer in the path that is not its own`() throws {
    receiver.secrets = try WebhookSecrets(customers: #"["cus_b"]"#)
    let answers = try answers(post(Bodies.customer, id: "m1", to: "/webhooks/billing/cus_a"))
    #expect(answers.map(\.status) == [.forbidden])
  }

  @Test func `a full inbox is 503 with Retry-After, and what it has is still answered`() throws {
    let small = try Listener(limits: InboxLimits(pendingCount: 1))
    let receiver = WebhookReceiver(
      secrets: small.secrets, inbox: small.inbox, metrics: metrics, log: lines.log, clocks: .stopped)
    let text =
      try post(Bodies.customer, id: "m1") + post(Bodies.customer, id: "m2") + post(Bodies.customer, id: "m1")
    let responses = receiver.responses(to: requests(text))
    #expect(responses.map(\.status) == [.accepted, .serviceUnavailable, .accepted])
    #expect(responses[1].fields.contains { $0.name == "Retry-After" })
    #expect(metrics.current.rejected == ["inbox_full": 1])
  }

  @Test func `log lines tell id, customer and outcome, and nothing of the body or the signature`() throws {
    _ = try answers(post(EventLines.customer("cus_a", more: #","purchase_order":"SECRET-PO""#), id: "m1"))
    let line = try #require(lines.all.first)
    for part in [#""event":"delivery""#, #""id":"m1""#, #""customer_id":"cus_a""#, #""outcome":"accepted""#] {
      #expect(line.contains(part), "\(line)")
    }
    #expect(!line.contains("SECRET") && !line.contains("v1,") && !line.contains("whsec"))
  }
}

/// Lines that a log has written.
final class LineStore: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  var log: ListenerLog {
    ListenerLog(clocks: .stopped, describe: { "\($0)" }) { [self] bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      lines.withLock { $0 += text.split(separator: "\n").map(String.init) }
    }
  }
}

extension ListenerClocks {
  /// Clocks that stand still.
  static var stopped: ListenerClocks { ListenerClocks(now: { FolioWebhooksTests.now }, elapsed: { .zero }) }
}

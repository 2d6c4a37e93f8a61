import FolioStore
import FolioWebhooks
import HTTPServing
import Testing

@Suite struct OperationsTests {
  private let listener: Listener
  private let metrics = ListenerMetrics()

  init() throws { listener = try Listener() }

  private func get(_ path: String, isReady: Bool = true, method: String = "GET") throws -> Response {
    let inbox = listener.inbox
    let handler = OperationsHandler(
      metrics: metrics, clocks: .stopped,
      gauges: { OperationsHandler.Gauges(inbox: try inbox.reader.gauges(), stalestWatermark: nil) },
      isReady: { isReady })
    var parser = RequestParser()
    parser.append(Array("\(method) \(path) HTTP/1.1\r\nHost: a\r\n\r\n".utf8)[...])
    guard case .request(let request) = parser.next() else { throw NoRequest() }
    return try #require(handler.responses(to: [request]).first)
  }

  private struct NoRequest: Error {}

  @Test func `a process that lives is healthy, and ready where it can apply`() throws {
    #expect(try get("/healthz", isReady: false).status == .ok)
    #expect(try get("/readyz").status == .ok)
    #expect(try get("/readyz", isReady: false).status == .serviceUnavailable)
    #expect(try get("/other").status == .notFound)
    #expect(try get("/metrics", method: "POST").status == .methodNotAllowed)
  }

  @Test func `metrics show what was counted and what the inbox holds`() throws {
    metrics.acknowledge("accepted", after: .milliseconds(2))
    try listener.take(("m1", Bodies.customer))
    guard case .bytes(let bytes) = try get("/metrics").body else {
      Issue.record("no text")
      return
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.contains(#"folio_webhook_deliveries_total{state="accepted"} 1"#))
    #expect(lines.contains(#"folio_webhook_acknowledgement_seconds_bucket{le="0.0025"} 1"#))
    #expect(lines.contains("folio_inbox_pending 1"))
    #expect(lines.contains("folio_inbox_oldest_pending_seconds 0"))
    #expect(lines.contains("folio_portals_unpublished_age_seconds 0"))
  }
}

package import FolioBilling
package import FolioStore
package import HTTPServing

/// Answers the operators' questions on an address of their own: is it alive, can it work, what has it counted.
package final class OperationsHandler: RequestHandler {
  /// What only the databases know.
  package struct Gauges {
    package let inbox: InboxGauges
    /// Up to when the usage of the customer is complete that is furthest behind; nil where none reports it.
    package let stalestWatermark: Timestamp?

    package init(inbox: InboxGauges, stalestWatermark: Timestamp?) {
      self.inbox = inbox
      self.stalestWatermark = stalestWatermark
    }
  }

  private let metrics: ListenerMetrics
  private let clocks: ListenerClocks
  private let gauges: () throws -> Gauges
  private let isReady: () -> Bool

  /// - Parameters:
  ///   - gauges: reads the databases.
  ///   - isReady: whether what arrives can be kept and applied.
  package init(
    metrics: ListenerMetrics, clocks: ListenerClocks, gauges: @escaping () throws -> Gauges,
    isReady: @escaping () -> Bool
  ) {
    self.metrics = metrics
    self.clocks = clocks
    self.gauges = gauges
    self.isReady = isReady
  }

  package func responses(to requests: [Request]) -> [Response] { requests.map(response) }

  private func response(to request: Request) -> Response {
    let path = request.target.pathText
    guard ["/healthz", "/readyz", "/metrics"].contains(path) else {
      return .failure(.notFound, code: "not_found", message: "There are /healthz, /readyz and /metrics.")
    }
    guard request.method == .get || request.method == .head else { return .methodNotAllowed([.get, .head]) }
    switch path {
    case "/healthz": return .json(.ok, Array("{\"status\":\"ok\"}\n".utf8))
    case "/readyz": return readiness()
    default: return page()
    }
  }

  private func readiness() -> Response {
    do {
      _ = try gauges()
      if isReady() { return .json(.ok, Array("{\"status\":\"ready\"}\n".utf8)) }
    } catch {
      // The log has the reason; here the answer alone counts.
    }
    return .unavailable(
      code: "not_ready", message: "The inbox or the store cannot be used; the log says why.",
      retryAfterSeconds: WebhookAnswers.retryAfterSeconds)
  }

  private func page() -> Response {
    do {
      let bytes = MetricsPage.bytes(metrics.current, try gauges(), clocks)
      return Response(.ok, [.init("Content-Type", PrometheusText.mediaType)], body: .bytes(bytes))
    } catch {
      return readiness()
    }
  }
}

import FolioBilling
package import FolioStore
package import HTTPServing
import JSON
import SQLite

/// Takes deliveries: verifies, keeps all of a loop's turn in one transaction, and answers when they are on disk.
///
/// One thread uses it, the loop's.
package final class WebhookReceiver: RequestHandler {
  /// The sources that may send, and their secrets; replaced when they are read again.
  package var secrets: WebhookSecrets
  private let inbox: Inbox
  private let metrics: ListenerMetrics
  private let log: ListenerLog
  private let clocks: ListenerClocks
  /// Called after deliveries were kept that the store has not seen yet.
  package var noteKept: () -> Void = {}
  /// Called when the device did not keep the inbox: the process should end, and begin anew with what is on the disk,
  /// because a later sync may succeed without what this one has lost.
  package var noteBroken: () -> Void = {}

  package init(
    secrets: WebhookSecrets, inbox: Inbox, metrics: ListenerMetrics, log: ListenerLog,
    clocks: ListenerClocks
  ) {
    self.secrets = secrets
    self.inbox = inbox
    self.metrics = metrics
    self.log = log
    self.clocks = clocks
  }

  /// What a request comes to before anything is kept.
  private enum Intake {
    case answer(Response)
    case delivery(Delivery)
  }

  package func responses(to requests: [Request]) -> [Response] {
    let start = clocks.elapsed()
    let intakes = requests.map(intake)
    let deliveries = intakes.compactMap { if case .delivery(let delivery) = $0 { delivery } else { nil } }
    var kept = keep(deliveries, since: start).makeIterator()
    return intakes.map { intake in
      switch intake {
      case .answer(let response): response
      case .delivery: kept.next() ?? WebhookAnswers.notKept
      }
    }
  }

  private func intake(_ request: Request) -> Intake {
    guard let route = WebhookRoute(request.target.path) else {
      return reject("not_found", WebhookAnswers.notFound)
    }
    guard request.method == .post else {
      return reject("method_not_allowed", WebhookAnswers.methodNotAllowed)
    }
    do throws(SignatureRefusal) {
      let sender = try secrets.sender(
        of: request.body, DeliveryHeaders(request.fields), customer: route.customer, at: clocks.now())
      return .delivery(secrets.delivery(from: sender, body: request.body, customer: route.customer))
    } catch {
      log.line("rejected") { $0.member("reason", error.code) }
      return reject(error.code, WebhookAnswers.refused(error))
    }
  }

  private func reject(_ reason: String, _ response: Response) -> Intake {
    metrics.reject(reason)
    return .answer(response)
  }

  /// Keeps deliveries and gives their answers, one each.
  private func keep(_ deliveries: [Delivery], since start: Duration) -> [Response] {
    if deliveries.isEmpty { return [] }
    do {
      let acceptances = try inbox.accept(deliveries, receivedAt: clocks.now())
      if acceptances.contains(where: { $0.outcome == .kept(.pending) }) { noteKept() }
      let duration = clocks.elapsed() - start
      log.write(zip(deliveries, acceptances).map { line($0, $1, duration) })
      return acceptances.map { answer($0, after: duration) }
    } catch {
      log.failure("not_kept", error) { $0.member("deliveries", deliveries.count) }
      if let error = error as? SQLiteError, error.isNotSynced { noteBroken() }
      return deliveries.map { _ in
        metrics.reject("not_kept")
        return WebhookAnswers.notKept
      }
    }
  }

  private func answer(_ acceptance: Acceptance, after duration: Duration) -> Response {
    if acceptance.outcome == .full {
      metrics.reject("inbox_full")
      return WebhookAnswers.full
    }
    metrics.acknowledge(acceptance.outcome.metricName, after: duration)
    return WebhookAnswers.accepted(acceptance)
  }

  private func line(_ delivery: Delivery, _ acceptance: Acceptance, _ duration: Duration) -> [UInt8] {
    log.bytes("delivery") { writer in
      writer.member("source", delivery.source)
      writer.member("id", acceptance.id)
      writer.member("type", delivery.type)
      writer.member("customer_id", delivery.customerID?.text)
      writer.member("outcome", acceptance.outcome.metricName)
      if let reason = acceptance.reason { writer.member("field", reason.path) }
      writer.member("microseconds", Int(duration.microseconds))
    }
  }
}

extension DeliveryHeaders {
  /// Takes the fields that sign a delivery. One that comes twice is one list (RFC 9110 §5.3), which no sender signs.
  fileprivate init(_ fields: HeaderFields) {
    func value(_ name: String) -> [UInt8]? {
      let values = fields.all(name)
      guard let first = values.first else { return nil }
      return values.dropFirst().reduce(into: Array(first)) { $0 += Array(", ".utf8) + $1 }
    }
    self.init(
      id: value("webhook-id"), timestamp: value("webhook-timestamp"), signature: value("webhook-signature"),
      stripeSignature: value("stripe-signature"))
  }
}

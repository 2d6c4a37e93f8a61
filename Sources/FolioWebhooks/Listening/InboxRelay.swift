import FolioBilling
package import FolioStore
import JSON

/// Keeps one batch of deliveries on its way from the inbox to the store, and writes down what became of it.
///
/// The loop's thread uses it: an inbox has one writer.
package final class InboxRelay {
  /// How many deliveries one transaction of the store applies.
  package static let batchLimit = 512

  /// The longest wait after a failure: an import that holds the store may end at any time.
  private static let longestWait = Duration.seconds(5)

  private let inbox: Inbox
  private let applier: StoreApplier
  private let metrics: ListenerMetrics
  private let log: ListenerLog
  private let clocks: ListenerClocks
  private let secrets: () -> WebhookSecrets
  /// Told with each batch whether it is full: whether deliveries arrive faster than they are applied.
  package var noteFlood: (Bool) -> Void = { _ in }
  private var isUnderWay = false
  private var startedAt = Duration.zero
  private var failures = 0
  private var retryAt: Duration?

  /// - Parameter secrets: the sources as they are configured by now.
  package init(
    inbox: Inbox, applier: StoreApplier, metrics: ListenerMetrics, log: ListenerLog, clocks: ListenerClocks,
    secrets: @escaping () -> WebhookSecrets
  ) {
    self.inbox = inbox
    self.applier = applier
    self.metrics = metrics
    self.log = log
    self.clocks = clocks
    self.secrets = secrets
  }

  /// Whether the latest batch could not be applied, and is tried again later.
  package var isFailing: Bool { retryAt != nil }

  /// Sends the next batch on its way where none is.
  package func advance() {
    if isUnderWay { return }
    if let retryAt, clocks.elapsed() < retryAt { return }
    do {
      let deliveries = try inbox.pending(limit: Self.batchLimit)
      noteFlood(deliveries.count == Self.batchLimit)
      if deliveries.isEmpty { return }
      isUnderWay = true
      startedAt = clocks.elapsed()
      applier.give(deliveries, secrets())
    } catch {
      fail(error)
    }
  }

  /// Takes back what the applier has finished, and sends the next batch.
  package func finishBatch() {
    guard let outcome = applier.take() else { return }
    isUnderWay = false
    do {
      let settled = try outcome.get()
      try inbox.settle(settled)
      (failures, retryAt) = (0, nil)
      report(settled)
    } catch {
      fail(error)
    }
    advance()
  }

  /// Applies all that is in the inbox on this thread: for a process that ends then.
  package func drain(into store: BillingStore) throws {
    var settled: [SettledDelivery] = []
    repeat {
      startedAt = clocks.elapsed()
      let sources = secrets()
      settled = try inbox.applyPending(
        limit: Self.batchLimit, to: store, receivedAt: clocks.now(), decode: { sources.verdict(on: $0) })
      report(settled)
    } while !settled.isEmpty
  }

  /// Writes down which waiting deliveries have found their subject in the store by another way.
  package func settleWaiting(by reader: StatementReader) {
    do {
      report(try inbox.settleWaiting(by: reader))
    } catch {
      log.failure("waiting_not_looked_at", error)
    }
  }

  private func report(_ settled: [SettledDelivery]) {
    let duration = clocks.elapsed() - startedAt
    for one in settled { metrics.apply(one.state.rawValue) }
    log.write(
      settled.map { one in
        log.bytes("applied") { writer in
          writer.member("source", one.delivery.source)
          writer.member("id", one.delivery.id)
          writer.member("customer_id", one.delivery.customerID?.text)
          writer.member("outcome", one.state.rawValue)
          if let waitingFor = one.waitingFor { writer.member("waiting_for", waitingFor) }
          if let reason = one.reason { writer.member("field", reason.path) }
          writer.member("milliseconds", Int(duration.milliseconds))
        }
      })
  }

  private func fail(_ error: any Error) {
    failures += 1
    retryAt = clocks.elapsed() + min(RebuildSchedule.wait(after: failures), Self.longestWait)
    log.failure("not_applied", error)
  }
}

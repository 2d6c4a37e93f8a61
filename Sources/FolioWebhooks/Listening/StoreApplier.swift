import FolioBilling
import FolioStore
package import OperatingSystem
import Synchronization

/// Brings deliveries into the store, a batch at a time, on a thread of its own: an import may hold the store for long,
/// and the loop goes on acknowledging meanwhile.
package final class StoreApplier: Sendable {
  private struct Work: Sendable {
    let deliveries: [StoredDelivery]
    let secrets: WebhookSecrets
  }

  private struct Shared {
    var work: Work?
    var outcome: Result<[SettledDelivery], any Error>?
    var isStopping = false
  }

  /// Rings when a batch is done; the loop watches it.
  package let finished: EventCounter
  private let wake: EventCounter
  private let shared = Mutex(Shared())
  private let clocks: ListenerClocks
  /// Called on the applier's thread after each batch that is in the store.
  private let noteApplied: @Sendable () -> Void

  package init(clocks: ListenerClocks, noteApplied: @escaping @Sendable () -> Void) throws(SystemError) {
    finished = try EventCounter()
    wake = try EventCounter()
    self.clocks = clocks
    self.noteApplied = noteApplied
  }

  /// Hands over a batch; the one before must have been taken back.
  func give(_ deliveries: [StoredDelivery], _ secrets: WebhookSecrets) {
    shared.withLock { $0.work = Work(deliveries: deliveries, secrets: secrets) }
    wake.ring()
  }

  /// Takes back what became of a batch; nil while it is being worked on.
  func take() -> Result<[SettledDelivery], any Error>? {
    finished.take()
    return shared.withLock { shared in
      defer { shared.outcome = nil }
      return shared.outcome
    }
  }

  /// Lets `run` return after the batch that it works on.
  package func stop() {
    shared.withLock { $0.isStopping = true }
    wake.ring()
  }

  /// Works until `stop`.
  ///
  /// - Parameter store: the path of a store that exists; opened anew after an error.
  package func run(store path: String) {
    var store: BillingStore?
    while let work = nextWork() {
      let outcome = Result {
        let open = try store ?? BillingStore(path: path, isCreating: false)
        store = open
        return try open.apply(work.deliveries, receivedAt: clocks.now()) { work.secrets.verdict(on: $0) }
      }
      if case .failure = outcome { store = nil } else { noteApplied() }
      finish(outcome)
    }
  }

  private func nextWork() -> Work? {
    while true {
      let (work, isStopping) = shared.withLock { shared in
        defer { shared.work = nil }
        return (shared.work, shared.isStopping)
      }
      if let work { return work }
      if isStopping { return nil }
      do throws(SystemError) { _ = try wake.wait(milliseconds: nil) } catch { return nil }
    }
  }

  private func finish(_ outcome: Result<[SettledDelivery], any Error>) {
    shared.withLock { $0.outcome = outcome }
    finished.ring()
  }
}

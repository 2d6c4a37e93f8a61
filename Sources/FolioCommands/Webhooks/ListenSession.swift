import FolioSite
import FolioStore
import FolioWebhooks
import HTTPServing
import JSON
import OperatingSystem

/// One run of the listener: the loop with its inbox on this thread, the store's applier and the site's publisher on
/// threads of their own.
final class ListenSession {
  /// How often the loop looks after what nothing rings for.
  private static let tick = Duration.seconds(1)

  private let options: ListenOptions
  private let arguments: ParsedArguments
  private let context: CommandContext
  private let clocks: ListenerClocks
  private let log: ListenerLog
  private let metrics = ListenerMetrics()
  private let versions: SiteVersions
  private let worker: RepublishingWorker
  private let applier: StoreApplier
  private let receiver: WebhookReceiver
  private let relay: InboxRelay
  private let inbox: Inbox
  /// Of the loop's thread.
  private let reader: StatementReader
  private var storeVersion: Int64 = 0
  private var status = ExitStatus.done

  init(_ options: ListenOptions, _ arguments: ParsedArguments, _ context: CommandContext) throws {
    (self.options, self.arguments, self.context) = (options, arguments, context)
    let (console, clocks) = (context.console, ListenerClocks(now: context.now, elapsed: context.elapsed))
    self.clocks = clocks
    log = ListenerLog(
      clocks: clocks, describe: { LogPresentation.text(for: $0) }, to: { console.say(lines: $0) })
    versions = try SiteVersions(SiteSetup(options, arguments, context))
    let worker = try RepublishingWorker(metrics: metrics, log: log, elapsed: clocks.elapsed)
    self.worker = worker
    applier = try StoreApplier(clocks: clocks) { worker.ring() }
    inbox = try Inbox(path: Inbox.path(forStoreAt: options.store))
    let receiver = WebhookReceiver(
      secrets: try options.loadSecrets(), inbox: inbox, metrics: metrics, log: log, clocks: clocks)
    self.receiver = receiver
    relay = InboxRelay(inbox: inbox, applier: applier, metrics: metrics, log: log, clocks: clocks) {
      receiver.secrets
    }
    reader = try StatementReader(path: options.store)
  }

  /// Applies and publishes what there is.
  func drain() throws -> ExitStatus {
    let store = try BillingStore(path: options.store, isCreating: false)
    try relay.drain(into: store)
    relay.settleWaiting(by: reader)
    return try worker.drain(PublishedSite(options, versions, clocks)) ? .done : .partlyDone
  }

  /// Serves until a signal says to end.
  func serve(_ signals: SignalDescriptor) throws -> ExitStatus {
    let loop = try makeLoop(signals)
    let threads = try startThreads()
    relay.advance()
    try notifyServiceManager("READY=1")
    try loop.run()
    try notifyServiceManager("STOPPING=1")
    applier.stop()
    worker.stop()
    for thread in threads { thread.join() }
    relay.finishBatch()
    log.line("stopped")
    return status
  }

  private func startThreads() throws(SystemError) -> [RunningThread] {
    let (options, applier, worker) = (options, applier, worker)
    let (versions, clocks) = (versions, clocks)
    return [
      // Acknowledgements come first, then the store: a flood of events leaves portals for the moment after it.
      try RunningThread(.second) { applier.run(store: options.store) },
      try RunningThread(.background) { worker.run { try PublishedSite(options, versions, clocks) } },
    ]
  }
}

// MARK: - The loop

extension ListenSession {
  private func makeLoop(_ signals: SignalDescriptor) throws -> EventLoop {
    let loop = try EventLoop(
      limits: try .fitting(reserving: options.reservedDescriptors), clocks: context.serverClocks)
    receiver.noteKept = { [relay] in relay.advance() }
    relay.noteFlood = { [worker] in worker.giveWay($0) }
    receiver.noteBroken = { [unowned self, unowned loop] in
      status = .failed
      loop.stopper.ring()
    }
    let address = try loop.listen(on: options.address, receiver)
    let operations = try loop.listen(on: options.operations, makeOperations())
    try loop.watch(applier.finished.number) { [relay] in relay.finishBatch() }
    try loop.watch(signals.number) { [unowned self, unowned loop] in
      while let signal = signals.next() { answer(signal, loop) }
    }
    loop.every(Self.tick) { [unowned self] in lookAround() }
    log.line("listening") { writer in
      writer.member("address", address.text)
      writer.member("operations", operations.text)
    }
    return loop
  }

  private func answer(_ signal: SignalDescriptor.Signal, _ loop: EventLoop) {
    if signal == .hangup { reload() } else { loop.stopper.ring() }
  }

  private func makeOperations() -> OperationsHandler {
    OperationsHandler(
      metrics: metrics, clocks: clocks,
      gauges: { [inbox, reader] in
        OperationsHandler.Gauges(
          inbox: try inbox.reader.gauges(), stalestWatermark: try reader.stalestWatermark())
      }, isReady: { [relay] in !relay.isFailing })
  }

  /// Sees to what waits for a time, and to subjects that an import beside the listener has brought.
  private func lookAround() {
    relay.advance()
    do {
      let version = try reader.dataVersion()
      if version == storeVersion { return }
      storeVersion = version
      relay.settleWaiting(by: reader)
    } catch {
      log.failure("not_looked_at", error)
    }
  }

  /// Reads secrets, configuration and templates again; what cannot be read leaves what there was.
  private func reload() {
    do {
      receiver.secrets = try options.loadSecrets()
      try versions.replace(with: SiteSetup(options, arguments, context))
      worker.ring()
      log.line("reloaded")
    } catch {
      log.failure("not_reloaded", error)
    }
  }

  private func notifyServiceManager(_ state: String) throws(SystemError) {
    guard let socket = context.environment("NOTIFY_SOCKET") else { return }
    try ServiceManager.notify(state, socket: socket)
  }
}

extension SiteSetup {
  fileprivate init(
    _ options: ListenOptions, _ arguments: ParsedArguments, _ context: CommandContext
  ) throws {
    try self.init(store: options.store, config: arguments.value("--config"), arguments, context)
  }
}

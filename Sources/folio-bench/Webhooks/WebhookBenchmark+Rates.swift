import Glibc
import OperatingSystem

extension WebhookBenchmark {
  /// How often the disk makes four kilobytes durable, one after another.
  func syncsPerSecond() throws -> Double {
    let path = work.path + "/sync"
    let file = unsafe open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError(operation: "open", path: path, code: errno) }
    defer { close(file) }
    let block = [UInt8](repeating: 1, count: 4_096)
    let start = Clock.monotonic()
    var count = 0
    while Clock.monotonic() - start < 1_000_000_000 {
      guard unsafe pwrite(file, block, block.count, 0) == block.count, fdatasync(file) == 0 else {
        throw SystemError(operation: "fdatasync", path: path, code: errno)
      }
      count += 1
    }
    return Double(count) * 1e9 / Double(Clock.monotonic() - start)
  }

  /// The rate of folio, what it applied meanwhile, and how long acknowledgements took.
  func measureRate(_ listener: Listener, beside other: DebianWebhook.Rates?) throws {
    var requests = SignedRequests(listener.source, customers: customers)
    let applied = try listener.applied()
    let load = LoadGenerator(to: listener.address, connections: Self.connections)
    let result = try load.run(until: Clock.monotonic() + Int64(seconds) * 1_000_000_000) { requests.next() }
    let rate = Double(try listener.applied() - applied) * 1e9 / Double(result.nanoseconds)
    try report.add("folio_requests_per_second", result.perSecond, "1/s")
    try report.add("folio_failed_requests", Double(result.failed), "", target: 0)
    try report.add("folio_applied_per_second", rate, "1/s")
    if let other {
      try report.add("debian_webhook_requests_per_second", other.answered, "1/s")
      try report.add(
        "folio_to_debian_webhook", result.perSecond / other.answered, "x", atLeast: least(5, sane: 0.1))
      try report.add("debian_webhook_started_per_second", other.started, "1/s")
      try report.add("debian_webhook_done_per_second", other.done, "1/s")
      try report.add("folio_to_debian_webhook_done", result.perSecond / other.done, "x")
    } else {
      say("webhook is not installed: no comparison")
    }
    try report.add("acknowledgement_p50_ms", result.percentile(0.5), "ms")
    try report.add("acknowledgement_p99_ms", result.percentile(0.99), "ms", target: target(25, sane: 5_000))
  }

  /// How long acknowledgements take while all portals are made anew beside the listener.
  func measureRateDuringBuild(_ listener: Listener, _ store: String) throws {
    let site = try work.freshSite("beside")
    let (folio, jobs) = (folio, Threads.processorCount)
    let build = try RunningThread {
      do { _ = try folio.build(store, to: site, jobs: jobs) } catch {
        say("folio-bench: the build beside failed")
      }
    }
    var requests = SignedRequests(listener.source, customers: customers)
    let load = LoadGenerator(to: listener.address, connections: Self.connections)
    let result = try load.run(until: Clock.monotonic() + Int64(seconds) * 1_000_000_000) { requests.next() }
    build.join()
    try report.add("requests_per_second_during_build", result.perSecond, "1/s")
    try report.add(
      "acknowledgement_p99_during_build_ms", result.percentile(0.99), "ms", target: target(250, sane: 10_000))
  }

  /// A target; a short run, whose times are noise, only asks for what any machine can do.
  func target(_ value: Double, sane: Double) -> Double { isShort ? sane : value }

  func least(_ value: Double, sane: Double) -> Double { isShort ? sane : value }
}

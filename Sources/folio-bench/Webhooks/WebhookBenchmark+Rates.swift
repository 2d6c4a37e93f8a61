import Glibc
import Hashing
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
  func measureRate(_ listener: Listener, beside other: Double?) throws {
    var requests = SignedRequests(listener.source, customers: customers)
    let applied = try listener.applied()
    let load = LoadGenerator(to: listener.address, connections: Self.connections)
    let result = try load.run(until: Clock.monotonic() + Int64(seconds) * 1_000_000_000) { requests.next() }
    let rate = Double(try listener.applied() - applied) * 1e9 / Double(result.nanoseconds)
    try report.add("folio_requests_per_second", result.perSecond, "1/s")
    try report.add("folio_failed_requests", Double(result.failed), "", target: 0)
    try report.add("folio_applied_per_second", rate, "1/s")
    if let other {
      try report.add("debian_webhook_requests_per_second", other, "1/s")
      try report.add("folio_to_debian_webhook", result.perSecond / other, "x", atLeast: least(5, sane: 0.1))
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

  /// The rate of Debian's `webhook` for bodies that its rule accepts; nil where it is not installed. It answers before
  /// the command that it starts has ended.
  func debianWebhookPerSecond() throws -> Double? {
    let program = "/usr/bin/webhook"
    guard try Files.exists(program) else { return nil }
    let hooks = work.path + "/hooks.json"
    try Files.create(hooks, Array(Self.hook.utf8), mode: 0o600)
    let port: UInt16 = 19_871
    let server = try ServerProcess(
      program, ["-hooks", hooks, "-ip", "127.0.0.1", "-port", String(port)], log: work.path + "/webhook.log")
    let address = SocketAddress(host: .version4([127, 0, 0, 1]), port: port)
    let load = LoadGenerator(to: address, connections: Self.connections)
    usleep(500_000)
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: SignedRequests.bodyBytes)
    let signature = Hexadecimal.encode(HMACSHA256.authenticationCode(for: body, key: Array("secret".utf8)))
    let head =
      "POST /hooks/bench HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
      + "X-Signature: \(signature)\r\nContent-Length: \(body.count)\r\n\r\n"
    let request = Array(head.utf8) + body
    let result = try load.run(until: Clock.monotonic() + Int64(seconds) * 1_000_000_000) { request }
    server.stop()
    return result.perSecond
  }

  private static let hook = #"""
    [{"id": "bench", "execute-command": "/bin/true", "trigger-rule": {"match": {"type": "payload-hmac-sha256",
      "secret": "secret", "parameter": {"source": "header", "name": "X-Signature"}}}}]

    """#

  /// A target; a short run, whose times are noise, only asks for what any machine can do.
  func target(_ value: Double, sane: Double) -> Double { isShort ? sane : value }

  func least(_ value: Double, sane: Double) -> Double { isShort ? sane : value }
}

import Hashing
import OperatingSystem

/// Debian's `webhook` with an HMAC rule, which starts a command for each body that its rule accepts.
struct DebianWebhook {
  private static let program = "/usr/bin/webhook"

  /// Requests in a second.
  struct Rates {
    /// As it answers by itself: before its command has been started.
    let answered: Double
    /// The commands that were started meanwhile, by the count of processes that the system started. The other
    /// deliveries are lost, though they were answered with 200: each command takes descriptors at once, and then there
    /// are too many open files.
    let started: Double
    /// When each answer waits for the end of its command, as a 202 of folio waits for the disk.
    let done: Double
  }

  private let work: WorkFolder
  private let customers: Int
  private let seconds: Int

  /// nil where it is not installed.
  init?(_ work: WorkFolder, customers: Int, seconds: Int) throws {
    guard try Files.exists(Self.program) else { return nil }
    (self.work, self.customers, self.seconds) = (work, customers, seconds)
  }

  func rates() throws -> Rates {
    let (answered, started) = try perSecond(waiting: false)
    return Rates(answered: answered, started: started, done: try perSecond(waiting: true).answered)
  }

  private func perSecond(waiting: Bool) throws -> (answered: Double, started: Double) {
    let hooks = work.path + "/hooks-\(waiting).json"
    try Files.create(hooks, Array(Self.hook(waiting: waiting).utf8), mode: 0o600)
    let port: UInt16 = waiting ? 19_872 : 19_871
    let server = try ServerProcess(
      Self.program, ["-hooks", hooks, "-ip", "127.0.0.1", "-port", String(port)],
      log: work.path + "/webhook-\(waiting).log")
    let address = SocketAddress(host: .version4([127, 0, 0, 1]), port: port)
    let load = LoadGenerator(to: address, connections: WebhookBenchmark.connections)
    try server.waitForConnection(to: address)
    var requests = requests()
    let before = try Self.processesStarted()
    let result = try load.run(until: Clock.monotonic() + Int64(seconds) * 1_000_000_000) { requests.next() }
    let started = try Self.processesStarted() - before
    server.stop()
    return (result.perSecond, Double(started) * 1e9 / Double(max(1, result.nanoseconds)))
  }

  /// How many processes and threads the system has started since it came up (proc_stat(5)).
  private static func processesStarted() throws -> Int {
    let text = String(decoding: try Files.read("/proc/stat", bytesLimit: 1 << 20), as: UTF8.self)
    guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("processes ") }),
      let count = Int(line.dropFirst("processes ".count))
    else { throw BenchmarkError.unexpectedOutput }
    return count
  }

  /// The requests that folio gets, signed as its rule reads.
  private func requests() -> SignedRequests {
    let key = HMACSHA256.Key(Array("secret".utf8))
    return SignedRequests(to: "/hooks/bench", customers: customers) { body, _ in
      "X-Signature: \(Hexadecimal.encode(key.authenticationCode { $0.update(body) }))\r\n"
    }
  }

  private static func hook(waiting: Bool) -> String {
    #"""
    [{"id": "bench", "execute-command": "/bin/true", "include-command-output-in-response": \#(waiting),
      "trigger-rule": {"match": {"type": "payload-hmac-sha256", "secret": "secret",
        "parameter": {"source": "header", "name": "X-Signature"}}}}]

    """#
  }
}

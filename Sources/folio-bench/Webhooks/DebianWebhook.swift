import Hashing
import OperatingSystem

/// Debian's `webhook` with an HMAC rule, which starts a command for each body that its rule accepts.
struct DebianWebhook {
  private static let program = "/usr/bin/webhook"

  /// Requests in a second.
  struct Rates {
    /// As it answers by itself: before its command has been started, so that most commands of a long load are still to
    /// be started when the load ends, and are lost with the process.
    let answered: Double
    /// When each answer waits for the end of its command, as a 202 of folio waits for the disk.
    let done: Double
  }

  private let work: WorkFolder
  private let seconds: Int

  /// nil where it is not installed.
  init?(_ work: WorkFolder, seconds: Int) throws {
    guard try Files.exists(Self.program) else { return nil }
    (self.work, self.seconds) = (work, seconds)
  }

  func rates() throws -> Rates {
    Rates(answered: try perSecond(waiting: false), done: try perSecond(waiting: true))
  }

  private func perSecond(waiting: Bool) throws -> Double {
    let hooks = work.path + "/hooks-\(waiting).json"
    try Files.create(hooks, Array(Self.hook(waiting: waiting).utf8), mode: 0o600)
    let port: UInt16 = waiting ? 19_872 : 19_871
    let server = try ServerProcess(
      Self.program, ["-hooks", hooks, "-ip", "127.0.0.1", "-port", String(port)],
      log: work.path + "/webhook-\(waiting).log")
    let address = SocketAddress(host: .version4([127, 0, 0, 1]), port: port)
    let load = LoadGenerator(to: address, connections: WebhookBenchmark.connections)
    try server.waitForConnection(to: address)
    let request = Self.request
    let result = try load.run(until: Clock.monotonic() + Int64(seconds) * 1_000_000_000) { request }
    server.stop()
    return result.perSecond
  }

  private static var request: [UInt8] {
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: SignedRequests.bodyBytes)
    let signature = Hexadecimal.encode(HMACSHA256.authenticationCode(for: body, key: Array("secret".utf8)))
    let head =
      "POST /hooks/bench HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
      + "X-Signature: \(signature)\r\nContent-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  private static func hook(waiting: Bool) -> String {
    #"""
    [{"id": "bench", "execute-command": "/bin/true", "include-command-output-in-response": \#(waiting),
      "trigger-rule": {"match": {"type": "payload-hmac-sha256", "secret": "secret",
        "parameter": {"source": "header", "name": "X-Signature"}}}}]

    """#
  }
}

import Glibc
import OperatingSystem

extension WebhookBenchmark {
  /// From an acknowledgement to the portal that shows the change, one event after another.
  func measureLatency(_ listener: Listener, _ site: String, _ store: String) throws {
    let portal = site + "/" + (try folio.portalName(of: StoreShape.customer(0), in: store, besides: site))
    var requests = SignedRequests(listener.source, customers: customers)
    var times: [Int64] = []
    for _ in 0..<(isShort ? 5 : 200) {
      let before = try Files.status(portal).inode
      let load = LoadGenerator(to: listener.address, connections: 1)
      var isSent = false
      let result = try load.run {
        defer { isSent = true }
        return isSent ? nil : requests.next(for: 0)
      }
      guard result.answered == 1 else { throw BenchmarkError.unexpectedOutput }
      times.append(try waitForExchange(of: portal, from: before))
    }
    let sorted = times.sorted().map { Double($0) / 1e6 }
    let (half, most) = (sorted[sorted.count / 2], sorted[min(sorted.count - 1, sorted.count * 99 / 100)])
    try report.add("published_p50_ms", half, "ms", target: target(20, sane: 10_000))
    try report.add("published_p99_ms", most, "ms", target: target(60, sane: 10_000))
  }

  /// Nanoseconds until another folder has the portal's name.
  private func waitForExchange(of portal: String, from inode: UInt64) throws -> Int64 {
    let start = Clock.monotonic()
    while try Files.status(portal).inode == inode {
      guard Clock.monotonic() - start < 30_000_000_000 else { throw BenchmarkError.unexpectedOutput }
      usleep(200)
    }
    return Clock.monotonic() - start
  }

  /// What a thousand peers cost that have sent half a head.
  func measureSlowClients(_ listener: Listener) throws {
    let idle = try listener.process.residentBytes()
    var peers: [StalledPeer] = []
    for _ in 0..<(isShort ? 50 : 1_000) { peers.append(try StalledPeer(listener.address)) }
    usleep(500_000)
    let busy = try listener.process.residentBytes()
    try report.add(
      "slow_clients_megabytes", Double(max(0, busy - idle)) / 1e6, "MB", target: target(64, sane: 64))
    extendLifetime(peers)
  }
}

/// A connection on which half a head was sent.
private final class StalledPeer {
  private let socket: StreamSocket

  init(_ address: SocketAddress) throws(SystemError) {
    socket = try StreamSocket.connected(to: address)
    let half = Array("POST /webhooks/billing HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".utf8)
    _ = try socket.send(half.span)
  }
}

extension Listener {
  /// How many deliveries the listener has applied since its start.
  func applied() throws -> Int {
    let request = Array("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    let text = try Self.exchange(request, with: operations)
    let line = text.split(separator: "\n").first {
      $0.hasPrefix(#"folio_events_applied_total{outcome="applied"}"#)
    }
    return line.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
  }

  private static func exchange(_ request: [UInt8], with address: SocketAddress) throws(SystemError) -> String
  {
    let socket = try StreamSocket.connected(to: address)
    var poll = try EventPoll()
    try poll.add(socket.number, .readable, token: 0)
    _ = try socket.send(request.span)
    var (answer, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
      _ = try poll.wait(milliseconds: 5_000)
      switch try socket.receive(into: &buffer) {
      case .nothing: continue
      case .end: return String(decoding: answer, as: UTF8.self)
      case .bytes(let count): answer += buffer[..<count]
      }
    }
  }
}

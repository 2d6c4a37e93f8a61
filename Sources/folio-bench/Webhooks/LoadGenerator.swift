import OperatingSystem

/// A closed loop of requests: each connection sends its next one when the answer to the one before is there.
final class LoadGenerator {
  /// What a run came to.
  struct Result {
    /// Answers of 2xx.
    var answered = 0
    /// Answers of another status, and requests whose connection broke.
    var failed = 0
    var nanoseconds: Int64 = 0
    /// From the first byte sent to the last byte read, of each answer of 2xx.
    var latencies: [Int64] = []

    var perSecond: Double { Double(answered) * 1e9 / Double(max(1, nanoseconds)) }

    /// The latency below which a share of the answers came, in milliseconds.
    func percentile(_ share: Double) -> Double {
      let sorted = latencies.sorted()
      guard !sorted.isEmpty else { return .infinity }
      return Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
    }
  }

  private let address: SocketAddress
  private let connections: Int
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  init(to address: SocketAddress, connections: Int) {
    (self.address, self.connections) = (address, connections)
  }

  /// Sends requests until they are used up, or until the time is over.
  ///
  /// - Parameter next: the bytes of the next request; nil when there are no more.
  /// - Throws: `SystemError` when nobody listens.
  func run(until end: Int64 = .max, next: () -> [UInt8]?) throws(SystemError) -> Result {
    var poll = try EventPoll()
    var peers: [Peer] = []
    for index in 0..<connections {
      let socket = try StreamSocket.connected(to: address)
      try poll.add(socket.number, .readable, token: UInt64(index))
      peers.append(Peer(socket))
    }
    var result = Result()
    let start = Clock.monotonic()
    var busy = 0
    for peer in peers { if try send(next(), on: peer) { busy += 1 } }
    while busy > 0 {
      for event in try poll.wait(milliseconds: 5_000) {
        let peer = peers[Int(event.token)]
        guard try take(from: peer, &result) else { continue }
        busy -= 1
        if Clock.monotonic() < end, try send(next(), on: peer) { busy += 1 }
      }
    }
    result.nanoseconds = Clock.monotonic() - start
    return result
  }

  private func send(_ request: [UInt8]?, on peer: Peer) throws(SystemError) -> Bool {
    guard let request else { return false }
    peer.sentAt = Clock.monotonic()
    peer.isBusy = true
    // A request is far smaller than a socket's buffer: it is taken whole.
    return try peer.socket.send(request.span) == request.count
  }

  /// Reads what has arrived; true when that ends the answer.
  private func take(from peer: Peer, _ result: inout Result) throws(SystemError) -> Bool {
    guard peer.isBusy else { return false }
    switch try peer.socket.receive(into: &buffer) {
    case .nothing: return false
    case .end:
      result.failed += 1
      peer.isBusy = false
      return true
    case .bytes(let count): peer.answer += buffer[..<count]
    }
    guard let answer = HTTPAnswer(peer.answer) else { return false }
    peer.answer.removeAll(keepingCapacity: true)
    peer.isBusy = false
    if answer.isSuccess {
      result.answered += 1
      result.latencies.append(Clock.monotonic() - peer.sentAt)
    } else {
      result.failed += 1
    }
    return true
  }
}

/// One connection of a load, with what has arrived of its answer.
private final class Peer {
  let socket: StreamSocket
  var answer: [UInt8] = []
  var sentAt: Int64 = 0
  var isBusy = false

  init(_ socket: consuming StreamSocket) { self.socket = socket }
}

/// A whole answer, as far as a load needs to know it.
private struct HTTPAnswer {
  let isSuccess: Bool

  /// nil while something is still to come.
  init?(_ bytes: [UInt8]) {
    guard let head = Self.position(of: "\r\n\r\n", in: bytes) else { return nil }
    isSuccess = bytes.count > 9 && bytes[9] == UInt8(ascii: "2")
    let lowered = bytes[..<head].map { (65...90).contains($0) ? $0 + 32 : $0 }
    guard let name = Self.position(of: "content-length: ", in: lowered) else { return nil }
    let digits = lowered[(name + 16)...].prefix { (48...57).contains($0) }
    let length = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    guard bytes.count >= head + 4 + length else { return nil }
  }

  private static func position(of text: String, in bytes: [UInt8]) -> Int? {
    let wanted = Array(text.utf8)
    return bytes.indices.first { bytes[$0...].starts(with: wanted) }
  }
}

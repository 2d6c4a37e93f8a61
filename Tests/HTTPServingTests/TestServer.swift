import Foundation
import HTTPServing
import OperatingSystem
import Synchronization

/// A loop on a thread of its own, which ends with the value.
final class TestServer: Sendable {
  let address: SocketAddress
  private let stopper: EventCounter
  private let hasReturned = DispatchSemaphore(value: 0)

  /// Starts a loop; `configure` runs on its thread before it serves.
  init(
    _ limits: ServerLimits = ServerLimits(),
    configure: @escaping @Sendable (EventLoop) throws -> Void = { _ in },
    handler: @escaping @Sendable () throws -> any RequestHandler
  ) throws {
    let started = DispatchSemaphore(value: 0)
    let result = Mutex<Result<(SocketAddress, EventCounter), any Error>?>(nil)
    let hasReturned = hasReturned
    let thread = Thread {
      do {
        let loop = try Self.loop(limits)
        try configure(loop)
        let address = try loop.listen(on: Self.anyPort, try handler())
        result.withLock { $0 = .success((address, loop.stopper)) }
        started.signal()
        try loop.run()
      } catch {
        result.withLock { $0 = .failure(error) }
        started.signal()
      }
      hasReturned.signal()
    }
    thread.start()
    started.wait()
    (address, stopper) = try result.withLock { try $0?.get() } ?? { throw CancellationError() }()
  }

  deinit { stopper.ring() }

  /// Asks the loop to end.
  func stop() { stopper.ring() }

  /// Whether the loop has returned within the time.
  func hasEnded(within seconds: Double) -> Bool { hasReturned.wait(timeout: .now() + seconds) == .success }

  static let anyPort = SocketAddress(host: .version4([127, 0, 0, 1]), port: 0)

  static func loop(_ limits: ServerLimits) throws -> EventLoop {
    try EventLoop(
      limits: limits,
      clocks: ServerClocks(
        monotonic: { Clock.monotonic() }, wall: { Clock.now() / 1_000_000_000 }))
  }
}

/// Says what it was asked, and remembers it.
final class EchoHandler: RequestHandler, Sendable {
  private let seen = Mutex<[[String]]>([])
  private let answerBytes: Int

  /// Each answer has at least this many bytes.
  init(answerBytes: Int = 0) { self.answerBytes = answerBytes }

  /// Methods, paths and bodies, turn by turn.
  var turns: [[String]] { seen.withLock { $0 } }
  var requests: [String] { turns.flatMap(\.self) }

  func responses(to requests: [Request]) -> [Response] {
    let texts = requests.map {
      "\($0.method.name) \($0.target.pathText) \(String(decoding: $0.body, as: UTF8.self))"
    }
    seen.withLock { $0.append(texts) }
    return texts.map { text in
      let padding = [UInt8](repeating: UInt8(ascii: "."), count: max(0, answerBytes - text.utf8.count))
      return Response(.ok, [Response.Field("X-Echo", text)], body: .bytes(Array(text.utf8) + padding))
    }
  }
}

/// Makes requests of the bytes of one connection, whichever way they are cut; it knows no socket.
///
/// What is doubtful is refused, and after a refusal, or a request that ends the connection, nothing more is read:
/// two servers that see different requests in the same bytes are how requests are smuggled (RFC 9112 §11.2).
package struct RequestParser: Sendable {
  /// What the bytes so far come to.
  package enum Outcome: Sendable {
    /// More bytes are needed.
    case incomplete
    case request(Request)
    /// To be answered with its status; the connection ends.
    case refusal(RequestRefusal)
    /// The connection has ended: what arrives is of no interest.
    case closed
  }

  /// Where the bytes so far end.
  package enum Phase: Equatable, Sendable {
    /// Between two requests.
    case idle
    case head
    case body
    case closed
  }

  private enum Stage { case head, body, closed }

  private let limits: ServerLimits
  private var input = InputBuffer()
  private var stage = Stage.head
  private var reader = HeadReader()
  private var head: RequestHead?
  private var decoder = ChunkedDecoder()
  private var owesContinue = false
  /// How many heads and bodies have begun: tells one from the next.
  package private(set) var step = 0

  package init(limits: ServerLimits = ServerLimits()) {
    self.limits = limits
  }

  /// Takes bytes that arrived; after the end of the connection they are dropped.
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    guard stage != .closed else { return }
    input.append(bytes)
  }

  /// The next request of the bytes so far; call it until it asks for more.
  package mutating func next() -> Outcome {
    guard stage != .closed else { return .closed }
    do throws(RequestRefusal) {
      if stage == .head {
        guard let head = try reader.read(&input, limits) else { return .incomplete }
        begin(head)
      }
      guard let head, let body = try readBody(head) else { return .incomplete }
      return .request(finish(head, body))
    } catch {
      close()
      return .refusal(error)
    }
  }

  /// What it means that the peer sends nothing more: nil between requests.
  package mutating func end() -> RequestRefusal? {
    let phase = phase
    close()
    return phase == .idle || phase == .closed ? nil : .incomplete
  }

  /// Reads nothing more.
  package mutating func close() {
    stage = .closed
    input.removeAll()
    reader = HeadReader()
    head = nil
    decoder = ChunkedDecoder()
  }

  package var phase: Phase {
    switch stage {
    case .head: input.isEmpty ? .idle : .head
    case .body: .body
    case .closed: .closed
    }
  }

  /// Whether bytes wait that `next` has not looked at, or not used up.
  package var hasInput: Bool { !input.isEmpty }

  /// The memory that the unfinished request takes, in bytes.
  package var pendingBytes: Int { input.count + decoder.content.count }

  /// Whether the peer waits for `100 Continue` now; true once a request.
  ///
  /// Not where content has arrived already (RFC 9110 §10.1.1).
  package mutating func takeContinue() -> Bool {
    defer { owesContinue = false }
    return owesContinue && stage == .body && pendingBytes == 0
  }

  private mutating func begin(_ head: RequestHead) {
    self.head = head
    owesContinue = head.expectsContinue
    stage = .body
    step += 1
  }

  private mutating func readBody(_ head: RequestHead) throws(RequestRefusal) -> [UInt8]? {
    switch head.framing {
    case .length(let count):
      guard input.count >= count else { return nil }
      let body = Array(input[0..<count])
      input.consume(count)
      return body
    case .chunked:
      return try decoder.decode(&input, limits) ? decoder.content : nil
    }
  }

  private mutating func finish(_ head: RequestHead, _ body: [UInt8]) -> Request {
    let line = head.line
    self.head = nil
    decoder = ChunkedDecoder()
    stage = .head
    step += 1
    if !head.isKeptAlive { close() }
    return Request(
      method: line.method, target: line.target, version: line.version, fields: head.fields, body: body,
      isKeptAlive: head.isKeptAlive)
  }
}

import OperatingSystem

/// One peer: its socket, the requests it is sending and the answers it has not taken.
final class Connection {
  let socket: StreamSocket
  let slot: Int
  /// What the poll knows it by.
  let token: UInt64
  /// The index of the listening socket it came from.
  let listener: Int

  var parser: RequestParser
  var output = OutputQueue()
  /// What the poll waits for.
  var interest: EventPoll.Interest = .readable
  /// What its deadline is about, and of which head or body.
  var deadline: (kind: DeadlineQueues.Kind, step: Int)?
  /// How much of the loop's sum of unfinished requests is this connection's.
  var countedInput = 0

  /// Whether this turn of the loop looks at it.
  var isActive = false
  /// Requests of this turn that are not answered yet.
  var answersDue = 0
  /// Whether bytes wait that may hold whole requests.
  var hasBacklog = false
  /// What is to be answered after the answers of this turn.
  var refusal: RequestRefusal?
  /// Whether the peer has ended its side.
  var hasPeerEnded = false
  /// Whether the connection ends as soon as the output is sent.
  var isEnding = false
  /// Whether our side has ended, and what arrives is thrown away (RFC 9112 §9.6).
  var isLingering = false
  var isClosed = false

  init(_ socket: consuming StreamSocket, slot: Int, token: UInt64, listener: Int, limits: ServerLimits) {
    self.socket = socket
    self.slot = slot
    self.token = token
    self.listener = listener
    parser = RequestParser(limits: limits)
  }

  /// Whether so much waits for the peer that nothing more is done for it.
  func isOutputFull(_ limits: ServerLimits) -> Bool {
    output.pendingBytes >= limits.pendingOutputBytes || output.fileCount > 0
  }

  /// Whether bytes of the peer are of use now.
  func wantsInput(_ limits: ServerLimits) -> Bool {
    if isLingering { return true }
    return !hasPeerEnded && !isEnding && !hasBacklog && !isOutputFull(limits)
  }

  /// Whether nothing has begun that is not done.
  var isIdle: Bool { parser.phase == .idle && output.isEmpty && !isLingering && !isEnding }
}

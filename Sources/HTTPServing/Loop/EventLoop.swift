package import OperatingSystem

/// Serves HTTP/1.1 on one thread: several listening sockets, each with a handler, and whatever else its owner waits
/// for.
///
/// One turn waits, reads what every peer has sent, hands each handler all whole requests at once, and sends the
/// answers in the order of the requests. Nothing in a turn blocks but the handlers.
package final class EventLoop {
  let limits: ServerLimits
  let clocks: ServerClocks
  var poll: EventPoll
  /// Bytes on their way from or to a socket; holds nothing between two calls.
  var buffer = [UInt8](repeating: 0, count: 65_536)

  var listeners: [Listener] = []
  var connections = ConnectionTable()
  var deadlines: DeadlineQueues
  /// What this turn looks at; what stays in it is looked at in the next turn.
  var active: [Connection] = []
  /// Bytes of unfinished requests, over all connections.
  var pendingInput = 0
  var now: Int64
  /// Until when nothing is accepted, for want of descriptors or places.
  var acceptPauseEnd: Int64?
  /// By when those requests end that had begun when the loop was told to stop.
  var drainEnd: Int64?

  private var watches: [() -> Void] = []
  private var timers: [LoopTimer] = []
  private let stopBell: EventCounter
  private var date: (second: Int64, text: [UInt8]) = (-1, [])

  package init(limits: ServerLimits = ServerLimits(), clocks: ServerClocks) throws(SystemError) {
    let bell = try EventCounter()
    poll = try EventPoll()
    self.limits = limits
    self.clocks = clocks
    deadlines = DeadlineQueues(limits)
    now = clocks.monotonic()
    stopBell = bell
    try watch(bell.number) { [unowned self] in
      stopBell.take()
      beginDrain()
    }
  }

  /// Rung from any thread, it makes `run` return in good order.
  package var stopper: EventCounter { stopBell }

  /// Listens at an address and returns it with the port in use.
  package func listen(
    on address: SocketAddress, _ handler: any RequestHandler
  ) throws(SystemError) -> SocketAddress {
    let socket = try ListeningSocket(on: address)
    let bound = socket.address
    try poll.add(socket.number, .readable, token: PollToken.listener(listeners.count))
    listeners.append(Listener(socket, handler))
    return bound
  }

  /// Calls `body` in every turn in which a descriptor can be read; it must read it, and keep it open.
  package func watch(_ number: Int32, _ body: @escaping () -> Void) throws(SystemError) {
    try poll.add(number, .readable, token: PollToken.watch(watches.count))
    watches.append(body)
  }

  /// Calls `body` again and again, with at least this time between two calls.
  package func every(_ interval: Duration, _ body: @escaping () -> Void) {
    timers.append(LoopTimer(interval: max(1, interval.nanoseconds), now: clocks.monotonic(), body))
  }

  /// Serves until `stopper` rings, then answers what has begun, within `drainTime`, and returns.
  ///
  /// - Throws: Only what makes waiting itself impossible.
  package func run() throws(SystemError) {
    while drainEnd == nil || connections.count > 0 { try turn() }
  }

  private func turn() throws(SystemError) {
    let events = try poll.wait(milliseconds: waitingTime())
    now = clocks.monotonic()
    // What peers have sent comes before new peers, which may take the place of one that is idle.
    for event in events { dispatch(event, accepts: false) }
    for event in events { dispatch(event, accepts: true) }
    for timer in timers { timer.runIfDue(now) }
    answerActive()
    expire()
  }

  private func dispatch(_ event: EventPoll.Event, accepts: Bool) {
    switch PollToken(event.token) {
    case .listener(let index): if accepts { acceptConnections(index) }
    case .watch(let index): if !accepts { watches[index]() }
    case .connection(let slot):
      guard !accepts, let connection = connections[slot], connection.token == event.token else { return }
      handle(event, connection)
    }
  }

  /// How long nothing has to be done unless something happens; nil for ever.
  private func waitingTime() -> Int32? {
    if !active.isEmpty { return 0 }
    let times = [deadlines.next, timers.map(\.next).min(), acceptPauseEnd, drainEnd].compactMap(\.self)
    guard let next = times.min() else { return nil }
    let rest = max(0, next - clocks.monotonic())
    return Int32(clamping: rest / 1_000_000 + 1)
  }

  /// The value of Date, made once a second.
  func currentDate() -> [UInt8] {
    let second = clocks.wall()
    if date.second != second { date = (second, Array(HTTPDate.text(second).utf8)) }
    return date.text
  }
}

/// Work that comes back.
private final class LoopTimer {
  private let interval: Int64
  private let body: () -> Void
  /// When it is due.
  private(set) var next: Int64

  init(interval: Int64, now: Int64, _ body: @escaping () -> Void) {
    self.interval = interval
    self.body = body
    next = now + interval
  }

  func runIfDue(_ now: Int64) {
    guard next <= now else { return }
    next = now + interval
    body()
  }
}

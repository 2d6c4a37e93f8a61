import OperatingSystem

extension EventLoop {
  /// Ends what has had its time.
  func expire() {
    while let (slot, kind) = deadlines.takeExpired(now: now) {
      guard let connection = connections[slot] else { continue }
      connection.deadline = nil
      switch kind {
      case .idle, .sending, .lingering: close(connection)
      case .head: refuse(.headTimeout, connection)
      case .body: refuse(.bodyTimeout, connection)
      }
    }
    if let end = acceptPauseEnd, end <= now { resumeAccepting() }
    if let end = drainEnd, end <= now { for connection in connections.all { close(connection) } }
  }

  /// Accepts nothing more, and has every connection looked at once: what has arrived before now is answered, what is
  /// idle closes.
  func beginDrain() {
    guard drainEnd == nil else { return }
    if connections.count < limits.connectionCount {
      for index in listeners.indices { acceptConnections(index) }
    }
    let end = now.addingReportingOverflow(limits.drainTime.nanoseconds)
    drainEnd = end.overflow ? .max : end.partialValue
    acceptPauseEnd = nil
    for listener in listeners { listener.close() }
    for connection in connections.all where !connection.isLingering {
      if connection.wantsInput(limits) { receive(connection) }
      activate(connection)
    }
  }
}

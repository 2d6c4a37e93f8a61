import OperatingSystem

extension EventLoop {
  /// Reads what a peer has sent, and sends what it has room for.
  func handle(_ event: EventPoll.Event, _ connection: Connection) {
    if event.isWritable { send(connection) }
    guard !connection.isClosed else { return }
    if connection.wantsInput(limits) {
      if event.isReadable || event.isFailed { receive(connection) }
    } else if event.isFailed {
      // Nobody reads the answers any more, and the poll would report it for ever.
      close(connection)
    }
    activate(connection)
  }

  /// Reads once: what does not fit comes in the next turn, so that one peer cannot keep the loop to itself.
  func receive(_ connection: Connection) {
    do throws(SystemError) {
      switch try connection.socket.receive(into: &buffer) {
      case .nothing: break
      case .bytes(let count):
        if !connection.isLingering { connection.parser.append(buffer[..<count]) }
      case .end:
        connection.hasPeerEnded = true
        if connection.isLingering { close(connection) }
      }
    } catch {
      close(connection)
    }
  }

  func send(_ connection: Connection) {
    do throws(SystemError) {
      switch try connection.output.send(to: connection.socket, buffer: &buffer) {
      case .done: break
      case .waiting(let hasSent): if hasSent { startDeadline(.sending, connection) }
      case .broken: close(connection)
      }
    } catch {
      close(connection)
    }
  }

  /// Has a connection looked at in this turn.
  func activate(_ connection: Connection) {
    guard !connection.isActive, !connection.isClosed else { return }
    connection.isActive = true
    active.append(connection)
  }

  /// Sends what there is to send, then waits for what can come next.
  func settle(_ connection: Connection) {
    guard !connection.isClosed else { return }
    send(connection)
    guard !connection.isClosed else { return }
    if connection.output.isEmpty && connection.isEnding && !connection.isLingering {
      guard endSending(connection) else { return }
    }
    if drainEnd != nil && connection.isIdle { return close(connection) }
    updateInterest(connection)
    updateDeadline(connection)
  }

  /// Ends our side and lets the peer read the last answer: a close with unread input would reset the connection, and
  /// the peer could lose the answer (RFC 9112 §9.6). Whether the connection is still there.
  private func endSending(_ connection: Connection) -> Bool {
    if connection.hasPeerEnded {
      close(connection)
      return false
    }
    do throws(SystemError) {
      try connection.socket.endSending()
    } catch {
      close(connection)
      return false
    }
    connection.isLingering = true
    connection.parser.close()
    return true
  }

  private func updateInterest(_ connection: Connection) {
    var interest: EventPoll.Interest = []
    if connection.wantsInput(limits) { interest.insert(.readable) }
    if !connection.output.isEmpty { interest.insert(.writable) }
    guard interest != connection.interest else { return }
    connection.interest = interest
    do throws(SystemError) {
      try poll.change(connection.socket.number, interest, token: connection.token)
    } catch {
      close(connection)
    }
  }

  private func updateDeadline(_ connection: Connection) {
    guard !connection.isClosed else { return }
    let (current, step) = (connection.deadline, connection.parser.step)
    let kind = deadlineKind(connection)
    switch kind {
    case .idle: startDeadline(kind, connection)
    case .head, .body:
      if current?.kind != kind || current?.step != step { startDeadline(kind, connection) }
    case .sending, .lingering: if current?.kind != kind { startDeadline(kind, connection) }
    }
  }

  private func deadlineKind(_ connection: Connection) -> DeadlineQueues.Kind {
    if connection.isLingering { return .lingering }
    if !connection.output.isEmpty { return .sending }
    return switch connection.parser.phase {
    case .idle, .closed: .idle
    case .head: .head
    case .body: .body
    }
  }

  func startDeadline(_ kind: DeadlineQueues.Kind, _ connection: Connection) {
    connection.deadline = (kind, connection.parser.step)
    deadlines.start(kind, for: connection.slot, now: now)
  }

  /// Lets a connection go; its socket closes with the last reference to it, in this turn.
  func close(_ connection: Connection) {
    guard !connection.isClosed else { return }
    connection.isClosed = true
    connection.parser.close()
    countInput(connection)
    deadlines.clear(connection.slot)
    connections.remove(connection)
    do throws(SystemError) {
      try poll.remove(connection.socket.number)
    } catch {
      // It was never added: the poll had no memory for it.
    }
    if acceptPauseEnd != nil { resumeAccepting() }
  }

  /// Brings the sum of unfinished requests up to date.
  func countInput(_ connection: Connection) {
    let bytes = connection.parser.pendingBytes
    pendingInput += bytes - connection.countedInput
    connection.countedInput = bytes
  }
}

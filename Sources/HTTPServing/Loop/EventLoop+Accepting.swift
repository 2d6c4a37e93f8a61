import OperatingSystem

extension EventLoop {
  /// Takes what waits at a listening socket, as far as there is room.
  func acceptConnections(_ index: Int) {
    for round in 0..<limits.acceptsPerTurn {
      if connections.count >= limits.connectionCount {
        // Only of the first is it known that it waits: an idle connection gives way to nothing less.
        guard round == 0 else { return }
        guard endOldestIdle() else { return pauseAccepting() }
      }
      do throws(SystemError) {
        guard let socket = try listeners[index].accept() else { return }
        add(socket, listener: index)
      } catch {
        // Level-triggered, the poll would report the same socket at once and for ever.
        if error.isOutOfDescriptors { return pauseAccepting() }
        // Any other error is about the one connection, which is gone (accept(2)).
      }
    }
  }

  /// Makes room in place of the connection that has been idle for longest; whether there is one.
  private func endOldestIdle() -> Bool {
    guard let slot = deadlines.oldest(.idle), let idle = connections[slot], !idle.isActive else {
      return false
    }
    close(idle)
    return true
  }

  private func add(_ socket: consuming StreamSocket, listener: Int) {
    let number = socket.number
    var taken: StreamSocket? = socket
    let connection = connections.insert { slot, token in
      guard let socket = taken.take() else { preconditionFailure("one socket makes one connection") }
      return Connection(socket, slot: slot, token: token, listener: listener, limits: limits)
    }
    do throws(SystemError) {
      try poll.add(number, connection.interest, token: connection.token)
      startDeadline(.idle, connection)
    } catch {
      close(connection)
    }
  }

  private func pauseAccepting() {
    acceptPauseEnd = now + limits.acceptPause.nanoseconds
    setAcceptInterest([])
  }

  func resumeAccepting() {
    acceptPauseEnd = nil
    setAcceptInterest(.readable)
  }

  private func setAcceptInterest(_ interest: EventPoll.Interest) {
    for (index, listener) in listeners.enumerated() where listener.isOpen {
      // It can fail for want of kernel memory alone; then the next pause or its end tries again.
      do throws(SystemError) {
        try poll.change(listener.number, interest, token: PollToken.listener(index))
      } catch {
        acceptPauseEnd = now + limits.acceptPause.nanoseconds
      }
    }
  }
}

import OperatingSystem

/// A request with the connection that waits for its answer.
private struct Call {
  let connection: Connection
  let request: Request
}

extension EventLoop {
  /// Hands every handler the requests of this turn, and sends the answers.
  func answerActive() {
    let turn = active
    active = []
    var calls = [[Call]](repeating: [], count: listeners.count)
    for connection in turn where !connection.isClosed { collect(connection, &calls) }
    for (index, calls) in calls.enumerated() where !calls.isEmpty { answer(calls, listener: index) }
    for connection in turn { finishTurn(connection) }
  }

  private func collect(_ connection: Connection, _ calls: inout [[Call]]) {
    connection.hasBacklog = true
    for _ in 0..<limits.requestsPerTurn where connection.hasBacklog && !connection.isOutputFull(limits) {
      switch connection.parser.next() {
      case .request(let request):
        calls[connection.listener].append(Call(connection: connection, request: request))
        connection.answersDue += 1
        if !request.isKeptAlive { connection.hasBacklog = false }
      case .refusal(let refusal):
        connection.refusal = refusal
        connection.hasBacklog = false
      case .incomplete, .closed: connection.hasBacklog = false
      }
    }
    if connection.parser.phase == .idle { connection.hasBacklog = false }
    if !connection.hasBacklog { checkUnfinished(connection) }
  }

  /// Refuses what will never be whole, or takes more memory than there is for it.
  private func checkUnfinished(_ connection: Connection) {
    if connection.hasPeerEnded {
      connection.refusal = connection.refusal ?? connection.parser.end()
      if connection.refusal == nil && connection.answersDue == 0 { connection.isEnding = true }
    }
    countInput(connection)
    if pendingInput > limits.pendingInputBytes && connection.countedInput > 0 {
      connection.refusal = .overloaded
      connection.parser.close()
      countInput(connection)
    }
  }

  private func answer(_ calls: [Call], listener: Int) {
    let responses = listeners[listener].handler.responses(to: calls.map(\.request))
    precondition(responses.count == calls.count, "a handler answers every request")
    for (call, response) in zip(calls, responses) where !call.connection.isClosed {
      queue(response, to: call.request, on: call.connection)
    }
  }

  private func queue(_ response: Response, to request: Request, on connection: Connection) {
    connection.answersDue -= 1
    let isLast = connection.answersDue == 0 && !connection.hasBacklog && connection.refusal == nil
    let isStopping = drainEnd != nil && connection.parser.phase == .idle
    let closes = !request.isKeptAlive || isLast && (isStopping || connection.hasPeerEnded)
    queue(
      response, on: connection,
      ResponseContext(
        isToHead: request.method == .head, version: request.version, closes: closes, date: currentDate()))
  }

  private func queue(_ response: Response, on connection: Connection, _ context: ResponseContext) {
    connection.output.append(response.headBytes(context))
    if response.sendsBody(context) { connection.output.append(response.body) }
    if context.closes { connection.isEnding = true }
  }

  private func finishTurn(_ connection: Connection) {
    connection.isActive = false
    guard !connection.isClosed else { return }
    if let refusal = connection.refusal { queueRefusal(refusal, connection) }
    if connection.parser.takeContinue() { connection.output.append(Response.continueBytes) }
    settle(connection)
    if connection.hasBacklog && !connection.isOutputFull(limits) { activate(connection) }
  }

  private func queueRefusal(_ refusal: RequestRefusal, _ connection: Connection) {
    connection.refusal = nil
    connection.parser.close()
    countInput(connection)
    queue(
      Response.refusal(refusal), on: connection,
      ResponseContext(isToHead: false, version: .http11, closes: true, date: currentDate()))
  }

  /// Answers with an error what has begun, and ends the connection.
  func refuse(_ refusal: RequestRefusal, _ connection: Connection) {
    queueRefusal(refusal, connection)
    settle(connection)
  }
}

package import FolioBilling
import SQLite

/// Which deliveries are to be tried again.
package enum ReplaySelection: Sendable {
  /// Those with these ids, of whatever source.
  case ids([String])
  /// All that did not get into the store and arrived at this instant or later.
  case since(Timestamp)
}

/// What a replay found of one id.
package enum ReplayOutcome: Equatable, Sendable {
  /// It will be applied as if it had just arrived.
  case queued
  /// There is nothing to try again: it stands like this.
  case left(DeliveryState)
  /// Nothing was kept of its body; the sender has to send it again.
  case nothingKept
  /// The inbox has no such delivery.
  case notFound
}

extension Inbox {
  /// Lets deliveries that were refused, in conflict or of an unknown type be applied again.
  ///
  /// - Returns: what was found, in the order of the ids, or of arrival.
  package func replay(_ selection: ReplaySelection) throws -> [(id: String, outcome: ReplayOutcome)] {
    try write { usage in
      let outcomes = try candidates(selection).map { candidate in
        (id: candidate.id, outcome: try requeue(candidate))
      }
      // Rows changed sides, and that is rare: counted anew rather than followed.
      usage = try countUsage()
      return outcomes
    }
  }

  private struct Candidate {
    let id: String
    var row: (number: Int64, state: DeliveryState, isKept: Bool)?
  }

  private func candidates(_ selection: ReplaySelection) throws -> [Candidate] {
    let columns = "SELECT delivery_no, delivery_id, state, length(digest) > 0 FROM deliveries"
    switch selection {
    case .ids(let ids):
      return try ids.flatMap { id in
        let found = try connection.statement(columns + " WHERE delivery_id = ? ORDER BY delivery_no")
          .rows([.text(id)]) { try Self.candidate($0) }
        return found.isEmpty ? [Candidate(id: id)] : found
      }
    case .since(let instant):
      return try connection.statement(
        columns + """
           WHERE state IN ('refused', 'unknown', 'conflict') AND state <> 'applied' AND received_at >= ?
          ORDER BY delivery_no
          """
      ).rows([.instant(instant)]) { try Self.candidate($0) }
    }
  }

  private static func candidate(_ row: borrowing Row) throws -> Candidate {
    let state: DeliveryState = try storedChoice(row.text(2), "deliveries.state")
    return Candidate(id: try row.text(1), row: (try row.integer(0), state, try row.integer(3) == 1))
  }

  private func requeue(_ candidate: Candidate) throws -> ReplayOutcome {
    guard let (number, state, isKept) = candidate.row else { return .notFound }
    switch state {
    case .pending, .applied, .waiting: return .left(state)
    case .refused, .unknown, .conflict:
      guard isKept else { return .nothingKept }
      try connection.statement(
        "UPDATE deliveries SET state = 'pending', waiting_for = NULL, reason = NULL WHERE delivery_no = ?"
      ).run(.integer(number))
      return .queued
    }
  }
}

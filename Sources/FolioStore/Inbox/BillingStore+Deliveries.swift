package import FolioBilling
import SQLite

extension BillingStore {
  /// For a listener, which writes often: about 4 MB, and the file 16.
  private static let journal = JournalLimits(movedFrom: 1_000, emptiedFrom: 4_000)

  /// Applies deliveries in one transaction, through the one write path.
  ///
  /// Blocks while an import holds the store, so call it on another thread than the one that acknowledges.
  ///
  /// - Parameter decode: reads a delivery's body anew: what the program or its configuration knows may have changed.
  /// - Throws: `SQLiteError`, `FileLockError`: then nothing was applied.
  package func apply(
    _ deliveries: [StoredDelivery], receivedAt: Timestamp, decode: (StoredDelivery) -> DeliveryVerdict
  ) throws -> [SettledDelivery] {
    let decoded = deliveries.map { ($0, $0.body == nil ? nil : decode($0)) }
    if deliveries.isEmpty { return [] }
    return try write(receivedAt: receivedAt, origin: "webhook", journal: Self.journal) {
      log in
      let settled = try decoded.map { delivery, verdict in try log.settle(delivery, verdict) }
      // What had to wait is told by how it stands at the end: its subject may have come in the same batch.
      return try settled.map { one in
        guard one.state == .waiting else { return one }
        let outcome = try log.standing(of: one.delivery.eventID, from: one.delivery.source)
        return outcome.map { SettledDelivery(one.delivery, outcome: $0) } ?? one
      }
    }
  }
}

extension EventLog {
  fileprivate func settle(_ delivery: StoredDelivery, _ verdict: DeliveryVerdict?) throws -> SettledDelivery {
    do {
      switch verdict {
      case .event(let event): return SettledDelivery(delivery, outcome: try outcome(of: event))
      case .unknownType: return SettledDelivery(delivery, .unknown)
      case .refused(let error): return SettledDelivery(delivery, .refused, reason: error)
      case nil:
        let outcome = try standing(of: delivery.eventID, from: delivery.source)
        return SettledDelivery(delivery, outcome: outcome ?? .refused(Self.damaged("events.event_id")))
      }
    } catch let error as StoredValueError {
      // One customer's damaged cell must not hold up the events of all.
      return SettledDelivery(delivery, .refused, reason: Self.damaged(error.column))
    } catch let error as SQLiteError where error.isOfOneValue {
      return SettledDelivery(delivery, .refused, reason: Self.damaged(error.columnName))
    }
  }

  /// Applies an event; of one that is in the store already, how it stands.
  private func outcome(of event: ReceivedEvent) throws -> EventOutcome {
    let outcome = try apply(event)
    guard outcome == .repeated else { return outcome }
    return try standing(of: event.id, from: event.source) ?? outcome
  }

  private static func damaged(_ column: String) -> FieldError {
    FieldError(path: column, expected: .intactCell, found: nil)
  }
}

extension SQLiteError {
  fileprivate var columnName: String {
    switch self {
    case .columnType(let column, _, _), .invalidText(let column): column
    case .failed, .pragmaNotInForce, .fileNotCreated: ""
    }
  }
}

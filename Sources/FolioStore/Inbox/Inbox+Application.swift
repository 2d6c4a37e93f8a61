package import FolioBilling
import SQLite

extension Inbox {
  /// How many bytes the bodies of one batch may have together, beyond its first.
  package static let batchBytesLimit = 8 << 20

  /// The oldest deliveries that the store has not seen yet, in order of arrival.
  package func pending(limit: Int) throws -> [StoredDelivery] {
    precondition(limit > 0, "a batch has room for one")
    var bytes = 0
    return try connection.statement(
      """
      SELECT delivery_no, source, delivery_id, customer_id, body FROM deliveries
      WHERE state = 'pending' AND state <> 'applied' ORDER BY delivery_no LIMIT ?
      """
    ).rows([.integer(Int64(limit))]) { delivery in
      defer { bytes += delivery.body?.count ?? 0 }
      return bytes <= Self.batchBytesLimit
    } map: { row in
      try Self.storedDelivery(row)
    }
  }

  /// Records what the store made of deliveries, and lets go of the bodies that are not needed any more.
  ///
  /// On the device with the next acceptance: what the power takes away is applied again, without effect.
  package func settle(_ settled: [SettledDelivery]) throws {
    if settled.isEmpty { return }
    try write(.withNextCommit) { usage in
      let changed = try settled.neighbours.reduce(0) { try $0 + mark($1) }
      for one in settled { usage.settle(one.delivery.body?.count ?? 0, keeping: one.keepsBody) }
      // Another process has let one of them be tried again meanwhile, which is rare.
      if changed != settled.count { usage = try countUsage() }
    }
  }

  /// Marks pending neighbours whose new state is the same, and returns how many were still pending.
  private func mark(_ neighbours: ArraySlice<SettledDelivery>) throws -> Int {
    guard let first = neighbours.first, let last = neighbours.last else { return 0 }
    guard neighbours.count > 1 else { return try mark(first, from: .pending) ? 1 : 0 }
    try connection.statement(
      """
      UPDATE deliveries SET state = 'applied', body = NULL
      WHERE delivery_no BETWEEN ? AND ? AND state = 'pending'
      """
    ).run([.integer(first.delivery.number), .integer(last.delivery.number)])
    return connection.changes
  }

  /// Applies the oldest pending deliveries on this thread: a batch into the store, then its marks.
  ///
  /// - Returns: what became of each; none when nothing was pending.
  package func applyPending(
    limit: Int, to store: BillingStore, receivedAt: Timestamp, decode: (StoredDelivery) -> DeliveryVerdict
  ) throws -> [SettledDelivery] {
    let settled = try store.apply(try pending(limit: limit), receivedAt: receivedAt, decode: decode)
    try settle(settled)
    return settled
  }

  /// Records which waiting deliveries have found their subject meanwhile, by whatever brought it.
  ///
  /// - Returns: those that do not wait any more.
  /// - Complexity: O(*n*) in the deliveries that wait.
  package func settleWaiting(by store: StatementReader) throws -> [SettledDelivery] {
    let moved = try connection.statement(
      """
      SELECT delivery_no, source, delivery_id, customer_id, body FROM deliveries
      WHERE state = 'waiting' AND state <> 'applied' ORDER BY delivery_no
      """
    ).rows { try Self.storedDelivery($0) }
      .compactMap { delivery -> SettledDelivery? in
        let standing = try store.standing(of: delivery)
        return standing.state == .waiting ? nil : standing
      }
    if moved.isEmpty { return [] }
    return try write { _ in try moved.filter { try mark($0, from: .waiting) } }
  }

  /// Writes a delivery's new state; false where it is not in the old one any more.
  private func mark(_ settled: SettledDelivery, from old: DeliveryState) throws -> Bool {
    try connection.statement(
      """
      UPDATE deliveries SET state = ?, waiting_for = ?, reason = ?, body = CASE WHEN ? THEN body END
      WHERE delivery_no = ? AND state = ?
      """
    ).run([
      .text(settled.state.rawValue), .optional(settled.waitingFor), .optional(settled.reason?.storedText),
      .flag(settled.keepsBody), .integer(settled.delivery.number), .text(old.rawValue),
    ])
    return connection.changes == 1
  }

  private static func storedDelivery(_ row: borrowing Row) throws -> StoredDelivery {
    StoredDelivery(
      number: try row.integer(0), source: try row.text(1), id: try row.text(2),
      customerID: try row.optionalText(3).map { try storedIdentifier($0, "deliveries.customer_id") },
      body: try row.optionalBlob(4))
  }
}

extension [SettledDelivery] {
  /// The deliveries in runs of applied ones whose numbers follow each other without a gap, which one statement can
  /// mark; any other is a run of its own.
  fileprivate var neighbours: [ArraySlice<SettledDelivery>] {
    var runs: [ArraySlice<SettledDelivery>] = []
    var start = startIndex
    for index in indices.dropFirst() where !self[index].follows(self[index - 1]) {
      runs.append(self[start..<index])
      start = index
    }
    if !isEmpty { runs.append(self[start...]) }
    return runs
  }
}

extension SettledDelivery {
  fileprivate func follows(_ other: SettledDelivery) -> Bool {
    state == .applied && other.state == .applied && delivery.number == other.delivery.number + 1
  }
}

extension StatementReader {
  /// How the store holds a waiting delivery's event by now.
  func standing(of delivery: StoredDelivery) throws -> SettledDelivery {
    let found = try connection.statement(
      "SELECT state, waiting_for, reason FROM events WHERE source = ? AND event_id = ?"
    ).first([.text(delivery.source), .text(delivery.eventID.text)]) { row in
      (state: try row.text(0), waitingFor: try row.optionalText(1), field: try row.optionalText(2))
    }
    switch found?.state {
    case "applied": return SettledDelivery(delivery, .applied)
    case "refused":
      let reason = FieldError(path: found?.field ?? "", expected: .fittingSubject, found: nil)
      return SettledDelivery(delivery, .refused, reason: reason)
    default: return SettledDelivery(delivery, .waiting, waitingFor: found?.waitingFor)
    }
  }
}

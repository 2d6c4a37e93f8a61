import OperatingSystem

extension Connection {
  /// How long a writer waits for the one before it, unless told otherwise.
  package static let writerWait = Duration.seconds(10)

  /// When a commit is on the device.
  package enum Durability: Sendable {
    /// Before the call returns (synchronous=FULL).
    case atOnce
    /// With the next commit that is durable at once: for what may be lost with the power, because it is found out and
    /// written again (synchronous=NORMAL). It is never torn, nor lost with the process.
    case withNextCommit
  }

  /// The file that writers of a database lock.
  package static func writerLockPath(forStoreAt path: String) -> String {
    path + ".writer"
  }

  /// Runs `body` in a write transaction, commits and checkpoints, as the only writer of all processes.
  ///
  /// An exclusive lock on `<path>.writer` covers the transaction and its checkpoint, so that no two connections
  /// ever write or checkpoint at once (in some versions of SQLite that can damage the database). In memory there
  /// is no lock. An I/O error of the operation `checkpoint` comes after the commit: the transaction is kept.
  ///
  /// - Parameter journal: how long the journal may be afterwards, where no reader holds on to it.
  /// - Parameter durability: when the transaction is on the device.
  /// - Throws: `FileLockError.busy` when the lock was not free in time; `SQLiteError`, or what `body` throws, and
  ///   then nothing of the transaction stays.
  package func exclusiveWrite<Result>(
    waiting: Duration = writerWait, journal: JournalLimits = .movedEachTime,
    durability: Durability = .atOnce, _ body: () throws -> Result
  ) throws -> Result {
    guard let writerLock else { return try write(body) }
    precondition(!isInTransaction, "the lock comes before the transaction")
    return try writerLock.locked(waiting: waiting) {
      let result = try write(durability, body)
      if journalFrames >= journal.moved { try checkpointJournal(journal) }
      return result
    }
  }

  private func write<Result>(_ durability: Durability, _ body: () throws -> Result) throws -> Result {
    guard durability == .withNextCommit else { return try write(body) }
    try setSynchronous(.normal)
    do {
      let result = try write(body)
      try setSynchronous(.full)
      return result
    } catch {
      try setSynchronous(.full)
      throw error
    }
  }

  private func checkpointJournal(_ limits: JournalLimits) throws(SQLiteError) {
    let (inJournal, moved) = try checkpoint(isTruncating: false)
    if inJournal == moved && inJournal >= limits.emptied { _ = try checkpoint(isTruncating: true) }
  }
}

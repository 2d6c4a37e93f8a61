import OperatingSystem

extension Connection {
  /// How long a writer waits for the one before it, unless told otherwise.
  package static let writerWait = Duration.seconds(10)

  /// The size from which the journal is emptied, in frames (one page each, 4 KiB as a rule), unless told otherwise.
  package static let journalFramesKept = 1_000

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
  /// - Parameter journalBytesKept: a journal file below this size is left for a later call: a checkpoint costs a
  ///   sync more than the commit. 0 checkpoints each time.
  /// - Parameter framesKept: from how many frames on a journal is emptied. Connections that come and go each read all
  ///   of it, and move all of it again.
  /// - Parameter durability: when the transaction is on the device.
  /// - Throws: `FileLockError.busy` when the lock was not free in time; `SQLiteError`, or what `body` throws, and
  ///   then nothing of the transaction stays.
  package func exclusiveWrite<Result>(
    waiting: Duration = writerWait, journalBytesKept: Int64 = 0, framesKept: Int = journalFramesKept,
    durability: Durability = .atOnce, _ body: () throws -> Result
  ) throws -> Result {
    guard let path, let writerLock else { return try write(body) }
    precondition(!isInTransaction, "the lock comes before the transaction")
    return try writerLock.locked(waiting: waiting) {
      let result = try write(durability, body)
      if try journalBytesKept == 0 || Files.status(path + "-wal").size >= journalBytesKept {
        try checkpointJournal(keeping: framesKept)
      }
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

  private func checkpointJournal(keeping framesKept: Int) throws(SQLiteError) {
    let (inJournal, moved) = try checkpoint(isTruncating: false)
    if inJournal == moved && inJournal > framesKept { _ = try checkpoint(isTruncating: true) }
  }
}

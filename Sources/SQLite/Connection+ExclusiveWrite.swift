import OperatingSystem

extension Connection {
  /// How long a writer waits for the one before it, unless told otherwise.
  package static let writerWait = Duration.seconds(10)

  /// The size from which the journal is emptied, in frames (one page each, 4 KiB as a rule).
  static let journalFramesKept = 1_000

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
  /// - Throws: `FileLockError.busy` when the lock was not free in time; `SQLiteError`, or what `body` throws, and
  ///   then nothing of the transaction stays.
  package func exclusiveWrite<Result>(
    waiting: Duration = writerWait, journalBytesKept: Int64 = 0, _ body: () throws -> Result
  ) throws -> Result {
    guard let path else { return try write(body) }
    precondition(!isInTransaction, "the lock comes before the transaction")
    let lock = try FileLock.acquireExclusive(Self.writerLockPath(forStoreAt: path), waiting: waiting)
    let result = try write(body)
    if try journalBytesKept == 0 || Files.status(path + "-wal").size >= journalBytesKept {
      try checkpointJournal()
    }
    extendLifetime(lock)
    return result
  }

  private func checkpointJournal() throws(SQLiteError) {
    let (inJournal, moved) = try checkpoint(isTruncating: false)
    if inJournal == moved && inJournal > Self.journalFramesKept { _ = try checkpoint(isTruncating: true) }
  }
}

extension Connection {
  /// Runs `body` in a transaction that holds the write lock from its start, and commits.
  ///
  /// Between processes use `exclusiveWrite`, which also queues the writers.
  ///
  /// - Throws: `SQLiteError`, or what `body` throws; nothing of the transaction stays.
  package func write<Result>(_ body: () throws -> Result) throws -> Result {
    try transaction("BEGIN IMMEDIATE", end: "COMMIT", body)
  }

  /// Runs `body` on one snapshot of the database: every SELECT in it sees the same state.
  ///
  /// A long one keeps the journal from shrinking: read fast, work on the values afterwards.
  ///
  /// - Throws: `SQLiteError`, or what `body` throws.
  package func read<Result>(_ body: () throws -> Result) throws -> Result {
    let changesBefore = totalChanges
    return try transaction("BEGIN DEFERRED", end: "ROLLBACK") {
      // BEGIN alone takes no snapshot; the first read does.
      try statement("SELECT 1 FROM sqlite_schema LIMIT 1").run()
      let result = try body()
      precondition(totalChanges == changesBefore, "a write inside read would be rolled back")
      return result
    }
  }

  /// Runs `body` inside the open transaction so that its changes stay or go together.
  ///
  /// - Throws: `SQLiteError`, or what `body` throws, after which the transaction is as it was before.
  package func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
    precondition(isInTransaction, "a savepoint lies in a transaction")
    // One name for all: SQLite takes the innermost.
    try statement("SAVEPOINT nested").run()
    do {
      let result = try body()
      try statement("RELEASE nested").run()
      return result
    } catch {
      // Errors such as a full disk have rolled back the whole transaction already.
      if isInTransaction {
        try statement("ROLLBACK TO nested").run()
        try statement("RELEASE nested").run()
      }
      throw error
    }
  }

  private func transaction<Result>(
    _ begin: String, end: String, _ body: () throws -> Result
  ) throws -> Result {
    precondition(!isInTransaction, "transactions do not nest: use savepoint")
    try statement(begin).run()
    do {
      let result = try body()
      try statement(end).run()
      return result
    } catch {
      if isInTransaction { try statement("ROLLBACK").run() }
      throw error
    }
  }
}

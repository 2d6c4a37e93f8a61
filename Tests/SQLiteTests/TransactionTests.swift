import OperatingSystem
import SQLite
import Testing

struct TransactionTests {
  private struct Stop: Error {}

  private let directory: TemporaryDirectory
  private let connection: Connection

  init() throws {
    directory = try TemporaryDirectory()
    connection = try Connection(path: directory["a.db"], mode: .readWriteCreate)
    try connection.execute("CREATE TABLE t (a INTEGER) STRICT")
  }

  @Test func `a transaction is kept at its end and gone after an error`() throws {
    #expect(try connection.write { try insert(1) } == 1)
    #expect(throws: Stop.self) {
      try connection.write {
        try insert(2)
        throw Stop()
      }
    }
    #expect(try values(connection) == [1])
    #expect(!connection.isInTransaction)
  }

  @Test func `a savepoint is undone alone`() throws {
    try connection.write {
      try insert(1)
      #expect(throws: Stop.self) {
        try connection.savepoint {
          try insert(2)
          try connection.savepoint { _ = try insert(3) }
          throw Stop()
        }
      }
      try connection.savepoint { _ = try insert(4) }
    }
    #expect(try values(connection) == [1, 4])
  }

  @Test func `a reader sees one snapshot from the start of its transaction`() throws {
    let reader = try Connection(path: directory["a.db"], mode: .readOnly)
    try insert(1)
    try reader.read {
      try insert(2)
      #expect(try values(reader) == [1])
      try insert(3)
      #expect(try values(reader) == [1])
    }
    #expect(try values(reader) == [1, 2, 3])
  }

  @Test func `a write inside a read is a mistake of the program`() async {
    await #expect(processExitsWith: .failure) {
      let connection = try Connection.inMemory()
      try connection.execute("CREATE TABLE t (a)")
      try connection.read { try connection.execute("INSERT INTO t VALUES (1)") }
    }
  }

  @Test func `a full disk is told, and the transaction is gone`() throws {
    try insert(1)
    try connection.execute("PRAGMA max_page_count = 3")
    let error = #expect(throws: SQLiteError.self) {
      try connection.write {
        for _ in 0..<10_000 { try insert(2) }
      }
    }
    #expect(error?.isFull == true)
    #expect(!connection.isInTransaction)
    #expect(try values(connection) == [1])
  }

  @Test func `a full disk inside a savepoint takes the whole transaction`() throws {
    try connection.execute("PRAGMA max_page_count = 3")
    let error = #expect(throws: SQLiteError.self) {
      try connection.write {
        try connection.savepoint {
          for _ in 0..<10_000 { try insert(2) }
        }
      }
    }
    #expect(error?.isFull == true)
    #expect(try values(connection) == [])
  }

  @Test func `an exclusive write moves the journal into the database`() throws {
    try connection.exclusiveWrite { _ = try insert(7) }
    try Files.writeAtomically(Files.read(directory["a.db"]), to: directory["copy.db"], mode: 0o600)
    #expect(try values(Connection(path: directory["copy.db"], mode: .readWrite)) == [7])
  }

  @Test func `a long journal is emptied once nobody reads from it`() throws {
    let reader = try Connection(path: directory["a.db"], mode: .readOnly)
    try reader.read { try insertMuch() }
    #expect(try Files.status(directory["a.db-wal"]).size > 4_096_000)
    try connection.exclusiveWrite { _ = try insert(1) }
    #expect(try Files.status(directory["a.db-wal"]).size == 0)
  }

  /// When the database was changed last, in nanoseconds.
  private func modified() throws -> Int64 {
    let status = try Files.status(directory["a.db"])
    return status.modifiedSeconds * 1_000_000_000 + status.modifiedNanoseconds
  }

  /// The journal's length after each of many small transactions, and how many of them moved it into the database.
  private func journalLengths(_ limits: JournalLimits) throws -> (lengths: [Int64], moves: Int) {
    var lengths: [Int64] = []
    var (moves, before) = (0, try modified())
    for value in Int64(0)..<100 {
      try connection.exclusiveWrite(journal: limits) { _ = try insert(value) }
      lengths.append(try Files.status(directory["a.db-wal"]).size)
      let after = try modified()
      if after != before { (moves, before) = (moves + 1, after) }
    }
    #expect(try values(connection).count == 100)
    return (lengths, moves)
  }

  @Test func `a journal is left alone until it has the length that was asked for, then written over`() throws
  {
    let (lengths, moves) = try journalLengths(JournalLimits(movedFrom: 20, emptiedFrom: 1_000))
    #expect(lengths.allSatisfy { $0 > 0 && $0 < 25 * 4_120 })
    #expect(zip(lengths, lengths.dropFirst()).allSatisfy { $0 <= $1 })
    #expect((1...10).contains(moves))
  }

  @Test func `a journal that is longer than what is kept is emptied`() throws {
    let (lengths, moves) = try journalLengths(JournalLimits(movedFrom: 20, emptiedFrom: 20))
    #expect(lengths.contains(0))
    #expect((1...10).contains(moves))
  }

  @Test func `an exclusive write waits for the writer before it and gives up in the end`() throws {
    let lock = try FileLock.acquireExclusive(directory["a.db.writer"], waiting: .zero)
    let error = #expect(throws: FileLockError.self) {
      try connection.exclusiveWrite(waiting: .milliseconds(20)) { _ = try insert(1) }
    }
    extendLifetime(lock)
    guard case .busy = error else {
      Issue.record("not busy")
      return
    }
    #expect(try values(connection) == [])
  }

  @Test(.timeLimit(.minutes(1)))
  func `writers on many threads take turns and lose nothing`() throws {
    let path = directory["a.db"]
    Threads.forEach(count: 40, jobs: 4) { index in
      do {
        let connection = try Connection(path: path, mode: .readWrite)
        try connection.exclusiveWrite(waiting: .seconds(60)) {
          try connection.statement("INSERT INTO t VALUES (?)").run(.integer(Int64(index)))
        }
      } catch {
        Issue.record(error)
      }
    }
    #expect(try values(connection).sorted() == Array(0..<40))
  }

  @discardableResult
  private func insert(_ value: Int64) throws -> Int {
    try connection.statement("INSERT INTO t VALUES (?)").run(.integer(value))
    return connection.changes
  }

  /// Writes more pages than the journal may keep.
  private func insertMuch() throws {
    try connection.exclusiveWrite {
      try connection.execute(
        """
        CREATE TABLE big (b BLOB) STRICT;
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
        INSERT INTO big SELECT zeroblob(4000) FROM n
        """)
    }
  }

  private func values(_ connection: Connection) throws -> [Int64] {
    try connection.statement("SELECT a FROM t ORDER BY a").rows { try $0.integer(0) }
  }
}

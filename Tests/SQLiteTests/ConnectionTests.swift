import Glibc
import OperatingSystem
import SQLite
import Testing

struct ConnectionTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `a writer has the settings that make commits durable`() throws {
    let connection = try Connection(path: directory["a.db"], mode: .readWriteCreate)
    let found = try ["journal_mode", "synchronous", "wal_autocheckpoint", "foreign_keys", "trusted_schema"]
      .map {
        try connection.pragma($0)
      }
    #expect(found == ["wal", "2", "0", "1", "0"])
    #expect(try connection.pragma("cell_size_check") == "1")
  }

  @Test func `a misspelt column in double quotes is an error`() throws {
    let connection = try Connection.inMemory()
    let error = #expect(throws: SQLiteError.self) { try connection.statement(#"SELECT "no_such_column""#) }
    #expect(error?.failure?.operation == .prepare)
  }

  @Test(arguments: [Connection.Mode.readOnly, .readWrite])
  func `a missing file is refused and not created`(mode: Connection.Mode) throws {
    let path = directory["missing.db"]
    let error = #expect(throws: SQLiteError.self) { _ = try Connection(path: path, mode: mode) }
    #expect(error?.isMissingFile == true && error?.isCantOpen == true)
    #expect(error?.failure?.path == path)
    #expect(try !Files.exists(path))
  }

  @Test func `a database in a missing directory cannot be created`() throws {
    let path = directory["missing/a.db"]
    let cause = SystemError(operation: "open", path: path, code: ENOENT)
    #expect(throws: SQLiteError.fileNotCreated(cause)) {
      _ = try Connection(path: path, mode: .readWriteCreate)
    }
  }

  @Test(arguments: [Connection.Mode.readOnly, .readWrite, .readWriteCreate])
  func `a file that is no database is refused and left alone`(mode: Connection.Mode) throws {
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 5_000)
    try Files.create(directory["a.db"], text, mode: 0o600)
    let error = #expect(throws: SQLiteError.self) { _ = try Connection(path: directory["a.db"], mode: mode) }
    #expect(error?.isNotADatabase == true)
    #expect(try Files.read(directory["a.db"]) == text)
  }

  @Test func `a damaged database is told from one that is none`() throws {
    try makeStore()
    var bytes = try Files.read(directory["a.db"])
    for index in 4_096..<bytes.count { bytes[index] = 0xAA }
    try Files.remove(directory["a.db-wal"])
    try Files.remove(directory["a.db-shm"])
    try Files.writeAtomically(bytes, to: directory["a.db"], mode: 0o600)
    let error = #expect(throws: SQLiteError.self) {
      let connection = try Connection(path: directory["a.db"], mode: .readOnly)
      try connection.statement("SELECT a FROM t").run()
    }
    #expect(error?.isCorrupt == true)
  }

  @Test func `a reader cannot write`() throws {
    try makeStore()
    let reader = try Connection(path: directory["a.db"], mode: .readOnly)
    let error = #expect(throws: SQLiteError.self) { try reader.execute("DELETE FROM t") }
    #expect(error?.isReadOnly == true)
  }

  @Test func `a reader sees what is still in the journal, and closing leaves it there`() throws {
    try Connection(path: directory["a.db"], mode: .readWriteCreate)
      .execute("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)")
    let journal = try Files.read(directory["a.db-wal"])
    #expect(!journal.isEmpty)
    let values = try Connection(path: directory["a.db"], mode: .readOnly)
      .statement("SELECT a FROM t").rows { try $0.integer(0) }
    #expect(values == [1])
    #expect(try Files.read(directory["a.db-wal"]) == journal)
  }

  @Test func `the files of a new database are for their owner alone`() async {
    await #expect(processExitsWith: .success) {
      umask(0)
      let directory = try TemporaryDirectory()
      let connection = try Connection(path: directory["a.db"], mode: .readWriteCreate)
      try connection.exclusiveWrite { try connection.execute("CREATE TABLE t (a)") }
      let modes = try Directories.list(directory.path).map { try Files.status(directory[$0]).mode }
      #expect(modes == [0o600, 0o600, 0o600, 0o600])
    }
  }

  @Test func `a path that looks like a URI is a plain file`() async {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      #expect(unsafe chdir(directory.path) == 0)
      for name in ["file:a?mode=memory", ":memory:"] {
        _ = try Connection(path: name, mode: .readWriteCreate)
        #expect(try Files.exists(directory[name]))
      }
    }
  }

  @Test func `a script stops at its first error and says which`() throws {
    let connection = try Connection.inMemory()
    let script = "CREATE TABLE t (a); INSERT INTO missing VALUES (1); INSERT INTO t VALUES (1)"
    let error = #expect(throws: SQLiteError.self) { try connection.execute(script) }
    #expect(error?.failure?.message == "no such table: missing")
    #expect(error?.failure?.sql == script)
    #expect(try connection.statement("SELECT a FROM t").rows { _ in 0 }.isEmpty)
  }

  @Test func `the connection counts what it changed`() throws {
    let connection = try Connection.inMemory()
    try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER) STRICT")
    for value in [1, 2, 3] as [Int64] {
      try connection.statement("INSERT INTO t (a) VALUES (?)").run(.integer(value))
    }
    #expect(connection.lastInsertedRowID == 3)
    try connection.statement("UPDATE t SET a = 0 WHERE id > ?").run(1)
    #expect(connection.changes == 2)
  }

  private func makeStore() throws {
    let connection = try Connection(path: directory["a.db"], mode: .readWriteCreate)
    try connection.exclusiveWrite { try connection.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)") }
  }
}

import OperatingSystem
import SQLite
import Testing

struct MigratorTests {
  private static let scripts = [
    "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)", "ALTER TABLE a ADD COLUMN y TEXT",
  ]

  private let directory: TemporaryDirectory
  private let connection: Connection
  private let migrator = Migrator(applicationID: 0x0F01_1000, migrations: scripts)

  init() throws {
    directory = try TemporaryDirectory()
    connection = try Connection(path: directory["a.db"], mode: .readWriteCreate)
  }

  @Test func `an empty database takes all steps, and a second run none`() throws {
    #expect(try migrator.version(of: connection) == 0)
    for _ in 0..<2 {
      try migrator.migrate(connection)
      #expect(try migrator.version(of: connection) == 2)
    }
    try migrator.check(Connection(path: directory["a.db"], mode: .readOnly))
    #expect(try connection.pragma("application_id") == "\(0x0F01_1000)")
  }

  @Test func `an older database takes the steps it lacks`() throws {
    let old = Migrator(applicationID: migrator.applicationID, migrations: [Self.scripts[0]])
    try old.migrate(connection)
    #expect(throws: MigrationError.storeIsOlder(found: 1, needed: 2)) { try migrator.check(connection) }
    try migrator.migrate(connection)
    #expect(try connection.statement("SELECT x, y FROM a").first { try $0.optionalText(1) } == .some(nil))
  }

  @Test func `a newer database is refused by readers and writers`() throws {
    try migrator.migrate(connection)
    let old = Migrator(applicationID: migrator.applicationID, migrations: [Self.scripts[0]])
    #expect(throws: MigrationError.storeIsNewer(found: 2, supported: 1)) { try old.migrate(connection) }
    #expect(throws: MigrationError.storeIsNewer(found: 2, supported: 1)) { try old.check(connection) }
  }

  @Test func `a step that fails leaves the database at the one before`() throws {
    let broken = Migrator(
      applicationID: migrator.applicationID,
      migrations: [Self.scripts[0], "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO missing VALUES (1)"])
    #expect(throws: SQLiteError.self) { try broken.migrate(connection) }
    #expect(try broken.version(of: connection) == 1)
    #expect(throws: SQLiteError.self) { try connection.statement("SELECT * FROM b") }
  }

  @Test func `a database of another application is left alone`() throws {
    try connection.execute("PRAGMA application_id = 7")
    #expect(throws: MigrationError.foreignApplication(found: 7)) { try migrator.migrate(connection) }
  }

  @Test(arguments: ["PRAGMA application_id = 7", "CREATE TABLE theirs (a)"])
  func `a foreign file is refused without being written to`(script: String) throws {
    let path = directory["theirs.db"]
    try connection.execute("\(script); VACUUM INTO '\(path)'")
    let bytes = try Files.read(path)
    #expect(throws: MigrationError.self) { _ = try migrator.openForWriting(path, isCreating: true) }
    #expect(try Files.read(path) == bytes)
  }

  @Test func `a backup that is not in WAL mode becomes a store again`() throws {
    try migrator.migrate(connection)
    let path = directory["backup.db"]
    try connection.execute("VACUUM INTO '\(path)'")
    #expect(try migrator.openForWriting(path).pragma("journal_mode") == "wal")
    #expect(try migrator.openForReading(path).statement("SELECT x FROM a").rows { try $0.integer(0) } == [1])
  }

  @Test func `what a crash cut short before WAL mode was on is taken back`() throws {
    try migrator.migrate(connection)
    let path = directory["cut.db"]
    try connection.execute("VACUUM INTO '\(path)'")
    // A journal's header (https://www.sqlite.org/fileformat.html#the_rollback_journal), of no pages.
    let numbers: [UInt32] = [
      0xD9D5_05F9, 0x20A1_63D7, 0, 0, UInt32(try Files.read(path).count / 4_096), 512, 4_096,
    ]
    let header = numbers.flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    let padding = [UInt8](repeating: 0, count: 512 - header.count)
    try Files.create(path + "-journal", header + padding, mode: 0o600)
    let error = #expect(throws: SQLiteError.self) { _ = try migrator.openForReading(path) }
    #expect(error?.isReadOnly == true)
    #expect(try migrator.version(of: migrator.openForWriting(path)) == 2)
    #expect(try !Files.exists(path + "-journal"))
  }

  @Test func `opening a missing store creates it only if asked`() throws {
    let path = directory["new.db"]
    let error = #expect(throws: SQLiteError.self) { _ = try migrator.openForWriting(path) }
    #expect(error?.isMissingFile == true)
    #expect(try migrator.version(of: migrator.openForWriting(path, isCreating: true)) == 2)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a store that many create at once is created once`() throws {
    let (path, migrator) = (directory["new.db"], migrator)
    Threads.forEach(count: 12, jobs: 4) { _ in
      do { _ = try migrator.openForWriting(path, isCreating: true, waiting: .seconds(30)) } catch {
        Issue.record(error)
      }
    }
    #expect(try migrator.openForReading(path).statement("SELECT x FROM a").rows { try $0.integer(0) } == [1])
  }

  @Test(arguments: ["CREATE TABLE theirs (a)", "PRAGMA user_version = 3"])
  func `a database with content and no mark is not a store`(script: String) throws {
    try connection.execute(script)
    #expect(throws: MigrationError.notAStore) { try migrator.migrate(connection) }
  }

  @Test func `an empty database is not a store to readers`() throws {
    #expect(throws: MigrationError.notAStore) { try migrator.check(connection) }
  }

  @Test func `a database in memory is migrated without a lock`() throws {
    let connection = try Connection.inMemory()
    try migrator.migrate(connection)
    try migrator.check(connection)
  }
}

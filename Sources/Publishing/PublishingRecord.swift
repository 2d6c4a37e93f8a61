import Hashing
import OperatingSystem
import SQLite

/// What is published, as the state directory keeps it: never more than what is on the disk.
///
/// A class, for its connection; the publisher shares one between its threads behind a lock.
final class PublishingRecord {
  private let connection: Connection
  /// Under which contents are hashed: secret, so that nobody can look for two contents with one hash.
  let hashKey: ContentHashKey

  /// Opens the record, or begins a new one where it is missing or damaged: that costs a full build, no more.
  static func openForWriting(_ path: String) throws -> PublishingRecord {
    do {
      return try PublishingRecord(path)
    } catch let error as SQLiteError where error.isCorrupt || error.isNotADatabase {
      try removeDamaged(path)
    } catch is MigrationError {
      try removeDamaged(path)
    }
    return try PublishingRecord(path)
  }

  /// Opens the record of what is published, to look at it.
  ///
  /// - Throws: `SQLiteError`, `MigrationError`.
  static func openForReading(_ path: String) throws -> PublishingRecord {
    try PublishingRecord(connection: schema.openForReading(path))
  }

  private convenience init(_ path: String) throws {
    try self.init(connection: Self.schema.openForWriting(path, isCreating: true))
  }

  private init(connection: Connection) throws {
    let key = try connection.statement("SELECT hash_key FROM publisher").first { try $0.blob(0) }
    guard let key, key.count == ContentHashKey.byteCount else { throw MigrationError.notAStore }
    self.connection = connection
    hashKey = ContentHashKey(bytes: key)
  }

  private static func removeDamaged(_ path: String) throws(SystemError) {
    for suffix in ["", "-wal", "-shm"] where try Files.exists(path + suffix) {
      try Files.remove(path + suffix)
    }
  }

  /// Few pages are changed by a small publication, and moving them into the record takes three syncs more; but who opens
  /// the record reads all of its journal.
  private static let journal = JournalLimits(movedFrom: 64, emptiedFrom: 64)

  /// The directories of the site, in order of owners, then of names.
  func directories() throws -> [PublishedDirectory] {
    try connection.statement("SELECT \(Self.columns) FROM directories ORDER BY owner, name")
      .rows(map: Self.directory)
  }

  /// A directory of the site; nil when it is not recorded.
  func directory(_ name: String) throws -> PublishedDirectory? {
    try connection.statement("SELECT \(Self.columns) FROM directories WHERE name = ?")
      .first([.text(name)], map: Self.directory)
  }

  private static let columns = "name, owner, stamp, inode, newest_second, group_id"

  private static func directory(_ row: borrowing Row) throws -> PublishedDirectory {
    PublishedDirectory(
      name: try row.text(0), owner: try row.text(1), stamp: try row.blob(2),
      inode: UInt64(bitPattern: try row.integer(3)), newestSecond: try row.integer(4),
      group: try row.optionalInteger(5).map { UInt32(truncatingIfNeeded: $0) })
  }

  /// The inodes of the directories as they were published.
  func inodes() throws -> Set<UInt64> {
    Set(
      try connection.statement("SELECT inode FROM directories").rows { UInt64(bitPattern: try $0.integer(0)) }
    )
  }

  /// The files of a directory; none when it is not recorded.
  func manifest(of name: String) throws -> FileManifest {
    let bytes = try connection.statement("SELECT files FROM manifests WHERE name = ?")
      .first([.text(name)]) { try $0.blob(0) }
    return bytes.flatMap { FileManifest(bytes: $0) } ?? FileManifest()
  }

  /// The shared files to which some published directory points.
  func sharedFilesInUse() throws -> Set<String> {
    let names = try connection.statement(
      "SELECT names FROM shared_sets WHERE set_id IN (SELECT DISTINCT shared_set FROM directories)"
    ).rows { try $0.text(0) }
    return Set(names.flatMap { $0.split(separator: "\n").map(String.init) })
  }

  /// Every shared file that was ever published and is still pointed to, by name.
  func sharedFiles() throws -> [FileEntry] {
    let used = try sharedFilesInUse()
    return try connection.statement(
      "SELECT name, byte_count, hash_first, hash_second FROM shared_files ORDER BY name"
    ).rows { row in
      FileEntry(
        path: try row.text(0), byteCount: Int(try row.integer(1)),
        hash: ContentHash(
          first: UInt64(bitPattern: try row.integer(2)), second: UInt64(bitPattern: try row.integer(3))))
    }.filter { used.contains($0.path) }
  }

  /// Records directories as they now are in the web root, in one durable transaction.
  func record(_ staged: [StagedDirectory], sharing shared: [FileEntry]) throws {
    try connection.exclusiveWrite(journal: Self.journal) {
      let set = try setNumber(of: shared)
      for directory in staged { try record(directory, set) }
    }
  }

  /// Records that a directory would come out as it is when made from what `stamp` stands for.
  func restamp(_ directories: [(name: String, stamp: [UInt8])], sharing shared: [FileEntry]) throws {
    if directories.isEmpty { return }
    try connection.exclusiveWrite(journal: Self.journal) {
      let set = try setNumber(of: shared)
      for (name, stamp) in directories {
        try connection.statement("UPDATE directories SET stamp = ?, shared_set = ? WHERE name = ?")
          .run([.blob(stamp), .integer(set), .text(name)])
      }
    }
  }

  /// Forgets what is recorded under the names and inodes of directories that are about to be published.
  ///
  /// The number of a directory that was removed is soon another one's: were the new one live before it is recorded, and
  /// a crash came between, it would be taken for the old one.
  func forgetInodes(of staged: [StagedDirectory]) throws {
    let query = try connection.statement("SELECT 1 FROM directories WHERE name = ? AND inode = ?")
    try forget(
      staged.filter { directory in
        try query.first([.text(directory.name), .integer(Int64(bitPattern: directory.inode))]) { _ in true }
          ?? false
      }.map(\.name))
  }

  /// Forgets directories that are not in the web root any more, in one durable transaction.
  func forget(_ names: [String]) throws {
    if names.isEmpty { return }
    try connection.exclusiveWrite(journal: Self.journal) {
      for name in names {
        try connection.statement("DELETE FROM directories WHERE name = ?").run([.text(name)])
        try connection.statement("DELETE FROM manifests WHERE name = ?").run([.text(name)])
      }
      try connection.statement(
        "DELETE FROM shared_sets WHERE set_id NOT IN (SELECT shared_set FROM directories)"
      ).run()
    }
  }

  private func record(_ directory: StagedDirectory, _ set: Int64) throws {
    try connection.statement(
      """
      INSERT OR REPLACE INTO directories (name, owner, stamp, inode, newest_second, group_id, shared_set)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    ).run([
      .text(directory.name), .text(directory.owner), .blob(directory.stamp),
      .integer(Int64(bitPattern: directory.inode)), .integer(directory.newestSecond),
      directory.group.map { .integer(Int64($0)) } ?? .null, .integer(set),
    ])
    try connection.statement("INSERT OR REPLACE INTO manifests (name, files) VALUES (?, ?)")
      .run([.text(directory.name), .blob(directory.files)])
  }

  /// The number of a set of shared files, which is recorded when it is new.
  private func setNumber(of shared: [FileEntry]) throws -> Int64 {
    for file in shared {
      try connection.statement(
        "INSERT OR REPLACE INTO shared_files (name, byte_count, hash_first, hash_second) VALUES (?, ?, ?, ?)"
      ).run([
        .text(file.path), .integer(Int64(file.byteCount)), .integer(Int64(bitPattern: file.hash.first)),
        .integer(Int64(bitPattern: file.hash.second)),
      ])
    }
    let names = SQLiteValue.text(shared.map(\.path).joined(separator: "\n"))
    try connection.statement("INSERT OR IGNORE INTO shared_sets (names) VALUES (?)").run([names])
    return try connection.statement("SELECT set_id FROM shared_sets WHERE names = ?")
      .first([names]) { try $0.integer(0) } ?? 0
  }
}

extension PublishingRecord {
  /// "FOPU", SQLite's `application_id` of a record.
  private static let schema = Migrator(
    applicationID: 0x464F_5055,
    migrations: [
      """
      CREATE TABLE publisher (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        hash_key BLOB NOT NULL
      ) STRICT;
      INSERT INTO publisher VALUES (1, randomblob(16));
      CREATE TABLE directories (
        owner TEXT NOT NULL,
        name TEXT NOT NULL UNIQUE,
        stamp BLOB NOT NULL,
        inode INTEGER NOT NULL,
        newest_second INTEGER NOT NULL,
        group_id INTEGER,
        shared_set INTEGER NOT NULL,
        PRIMARY KEY (owner, name)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE manifests (
        name TEXT PRIMARY KEY,
        files BLOB NOT NULL
      ) STRICT;
      CREATE TABLE shared_files (
        name TEXT PRIMARY KEY,
        byte_count INTEGER NOT NULL,
        hash_first INTEGER NOT NULL,
        hash_second INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE shared_sets (
        set_id INTEGER PRIMARY KEY,
        names TEXT NOT NULL UNIQUE
      ) STRICT;
      """
    ])
}

import Hashing
import OperatingSystem
import Synchronization

/// The record of one site, kept open between the publications of a process: opening one reads its whole journal, and
/// what a connection has asked before it asks again faster.
package final class RecordKeeper: Sendable {
  private let kept = Mutex<(record: SharedRecord, inode: UInt64)?>(nil)

  /// Opens nothing yet.
  package init() {}

  /// The record at the site's path, made where it is missing; opened anew where another file has taken its place.
  ///
  /// While it is open no other file has its inode.
  func open(_ path: String) throws -> SharedRecord {
    if let kept = kept.withLock(\.self), try Files.statusIfPresent(path)?.inode == kept.inode {
      return kept.record
    }
    let record = SharedRecord(try PublishingRecord.openForWriting(path))
    let inode = try Files.status(path).inode
    kept.withLock { $0 = (record, inode) }
    return record
  }
}

/// A record that several threads use, one after another.
final class SharedRecord: Sendable {
  /// Under which contents are hashed.
  let hashKey: ContentHashKey
  private let record: Mutex<PublishingRecord>

  init(_ record: sending PublishingRecord) {
    hashKey = record.hashKey
    self.record = Mutex(record)
  }

  /// Lends the record to `body`, which no other thread has meanwhile.
  func use<Result: Sendable>(_ body: (PublishingRecord) throws -> Result) throws -> Result {
    try record.withLock { try body($0) }
  }
}

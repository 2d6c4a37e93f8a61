import Synchronization

/// Readers of one store for many threads, kept open: opening one reads the whole schema, and what a reader has asked
/// before it asks again faster.
package final class StatementReaders: Sendable {
  private let path: String
  private let idle = Mutex<[Slot]>([])

  /// A place for a reader, which one thread has at a time.
  private final class Slot: Sendable {
    let reader = Mutex<StatementReader?>(nil)
  }

  /// Opens nothing yet.
  package init(path: String) { self.path = path }

  /// Gives a reader to `body`, which no other thread has meanwhile; after an error it is not used again.
  ///
  /// - Throws: `SQLiteError` and `MigrationError` where a reader cannot be opened; what `body` throws.
  package func use<Result: Sendable>(_ body: (StatementReader) throws -> Result) throws -> Result {
    let slot = idle.withLock { $0.popLast() } ?? Slot()
    let result = try slot.reader.withLock { reader in
      if reader == nil { reader = try StatementReader(path: path) }
      guard let reader else { preconditionFailure("a reader was opened") }
      return try body(reader)
    }
    idle.withLock { $0.append(slot) }
    return result
  }
}

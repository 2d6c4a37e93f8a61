import Synchronization

/// A name that templates and values share, reduced to a small number so that looking one up compares integers.
///
/// Names are told apart by their UTF-8 bytes, never by canonical equivalence. The table behind them lives as long
/// as the process: make names from field names and template names, never from customers' data.
package struct TemplateName: Hashable, Sendable {
  /// The position of the name in the process-wide table.
  package let id: Int32
  private let entry: NameEntry

  /// Looks the name up, adding it the first time it is seen; keep the result, this takes a lock and hashes.
  package init(_ text: String) { self.init(table.withLock { $0.intern(text) }) }

  /// Finds a name without adding it: nil when no template or value has ever used it.
  package init?(known text: String) {
    guard let entry = table.withLock({ $0.entries[Array(text.utf8)] }) else { return nil }
    self.init(entry)
  }

  private init(_ entry: NameEntry) { (id, self.entry) = (entry.id, entry) }

  /// The name as it was written, without the table's lock.
  package var text: String { entry.text }

  package static func == (left: Self, right: Self) -> Bool { left.id == right.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

private let table = Mutex(NameTable())

/// A name of the table; it never changes and never goes away.
private final class NameEntry: Sendable {
  let id: Int32
  let text: String

  init(id: Int32, text: String) { (self.id, self.text) = (id, text) }
}

private struct NameTable {
  var entries: [[UInt8]: NameEntry] = [:]

  mutating func intern(_ text: String) -> NameEntry {
    let bytes = Array(text.utf8)
    if let entry = entries[bytes] { return entry }
    let entry = NameEntry(id: Int32(entries.count), text: text)
    entries[bytes] = entry
    return entry
  }
}

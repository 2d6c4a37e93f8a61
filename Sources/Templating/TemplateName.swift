import Synchronization

/// A name that templates and values share, reduced to a small number so that looking one up compares integers.
///
/// Names are told apart by their UTF-8 bytes, never by canonical equivalence. The table behind them lives as long
/// as the process: make names from field names and template names, never from customers' data.
package struct TemplateName: Hashable, Sendable {
  /// The position of the name in the process-wide table.
  package let id: Int32

  /// Looks the name up, adding it the first time it is seen; keep the result, this takes a lock and hashes.
  package init(_ text: String) { id = table.withLock { $0.intern(text) } }

  /// Finds a name without adding it: nil when no template or value has ever used it.
  package init?(known text: String) {
    guard let id = table.withLock({ $0.ids[Array(text.utf8)] }) else { return nil }
    self.id = id
  }

  /// The name as it was written.
  package var text: String { table.withLock { $0.texts[Int(id)] } }
}

private let table = Mutex(NameTable())

private struct NameTable {
  var ids: [[UInt8]: Int32] = [:]
  var texts: [String] = []

  mutating func intern(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    if let id = ids[bytes] { return id }
    let id = Int32(texts.count)
    ids[bytes] = id
    texts.append(text)
    return id
  }
}

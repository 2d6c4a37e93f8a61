import Synchronization

/// A name that templates and values share, reduced to a small number so that looking one up compares integers.
///
/// Names are told apart by their UTF-8 bytes, never by canonical equivalence. The table behind them lives as long
/// as the process: make names from field names and template names, never from customers' data.
package struct TemplateName: Hashable, Sendable {
  /// The position of the name in the process-wide table.
  package let ordinal: Int32

  /// Looks the name up, adding it the first time it is seen; keep the result, this takes a lock and hashes.
  package init(_ text: String) { ordinal = table.withLock { $0.intern(text) } }

  /// Finds a name without adding it: nil when no template or value has ever used it.
  package init?(known text: String) {
    guard let number = table.withLock({ $0.numbers[Array(text.utf8)] }) else { return nil }
    ordinal = number
  }

  /// The name as it was written; keep the result, this takes a lock.
  package var spelling: String { table.withLock { $0.spellings[Int(ordinal)] } }
}

private let table = Mutex(NameTable())

private struct NameTable {
  var numbers: [[UInt8]: Int32] = [:]
  var spellings: [String] = []

  mutating func intern(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    if let number = numbers[bytes] { return number }
    let number = Int32(spellings.count)
    numbers[bytes] = number
    spellings.append(text)
    return number
  }
}

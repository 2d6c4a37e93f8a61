/// Messages by their keys, found by the bytes of a key without a copy of them: a page asks for dozens.
struct MessageTable: Sendable {
  private let entries: [(key: [UInt8], message: Message)]
  /// For each hash the index of its entry, or of none, `-1`; a power of two, more than twice the entries.
  private let slots: [Int]

  /// Takes messages by the bytes of their keys.
  init(_ messages: [[UInt8]: Message]) {
    entries = messages.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    var count = 2
    while count <= 2 * entries.count { count *= 2 }
    var slots = Array(repeating: -1, count: count)
    for (index, entry) in entries.enumerated() {
      var slot = hash(entry.key.span) & (count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = index
    }
    self.slots = slots
  }

  /// The message of a key; nil when there is none.
  ///
  /// - Complexity: O(*n*) in the bytes of the key.
  subscript(key: String) -> Message? {
    let bytes = key.utf8.span
    var slot = hash(bytes) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[slots[slot]]
      if isSame(entry.key.span, bytes) { return entry.message }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// All messages in the order of their keys' bytes.
  var inOrder: [(key: String, message: Message)] {
    entries.map { (String(decoding: $0.key, as: UTF8.self), $0.message) }
  }
}

/// Of keys that a site's own files have: nobody chooses them so that they collide.
private func hash(_ bytes: Span<UInt8>) -> Int {
  var hash: UInt64 = 0
  for index in bytes.indices { hash = (hash &<< 7 | hash &>> 57) ^ UInt64(bytes[index]) }
  hash ^= hash &>> 32
  return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> 40)
}

/// Whether two texts have the same bytes.
func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  for index in left.indices where left[index] != right[index] { return false }
  return true
}

/// Messages by their keys, found by the bytes of a key without a copy of them: a page asks for dozens.
final class MessageTable: Sendable {
  private struct Slot {
    let hash: UInt32
    /// The index of the message; none for an empty slot, `-1`.
    var index: Int32 = -1
  }

  private let messages: [Message]
  /// The bytes of all keys, in the order of the messages.
  private let keys: [UInt8]
  /// Where each key begins in `keys`, and where the last one ends.
  private let starts: [Int]
  /// A power of two, more than twice the messages, so that most keys are found in the first slot.
  private let slots: [Slot]

  /// Takes messages by the bytes of their keys.
  init(_ messagesByKey: [[UInt8]: Message]) {
    let entries = messagesByKey.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    messages = entries.map(\.value)
    keys = entries.flatMap(\.key)
    starts = entries.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.key.count) }
    var count = 2
    while count <= 2 * entries.count { count *= 2 }
    var slots = Array(repeating: Slot(hash: 0), count: count)
    for (index, entry) in entries.enumerated() {
      let hash = hash(entry.key.span)
      var slot = Int(hash) & (count - 1)
      while slots[slot].index >= 0 { slot = (slot + 1) & (count - 1) }
      slots[slot] = Slot(hash: hash, index: Int32(index))
    }
    self.slots = slots
  }

  /// The message of a key; nil when there is none.
  ///
  /// - Complexity: O(*n*) in the bytes of the key.
  subscript(key: String) -> Message? {
    let bytes = key.utf8.span
    let hash = hash(bytes)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot].index >= 0 {
      if slots[slot].hash == hash, isKey(bytes, of: Int(slots[slot].index)) {
        return messages[Int(slots[slot].index)]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isKey(_ bytes: Span<UInt8>, of index: Int) -> Bool {
    let keys = keys
    return isSame(keys.span.extracting(starts[index]..<starts[index + 1]), bytes)
  }

  /// All messages in the order of their keys' bytes.
  var inOrder: [(key: String, message: Message)] {
    messages.indices.map { index in
      (String(decoding: keys[starts[index]..<starts[index + 1]], as: UTF8.self), messages[index])
    }
  }
}

/// Of keys that a site's own files have: nobody chooses them so that they collide. Their ends and their lengths tell
/// most of them apart.
private func hash(_ bytes: Span<UInt8>) -> UInt32 {
  var hash = UInt64(bytes.count)
  for index in max(0, bytes.count - 12)..<bytes.count {
    hash = (hash &<< 7 | hash &>> 57) ^ UInt64(bytes[index])
  }
  if let first = bytes.indices.first { hash ^= UInt64(bytes[first]) &<< 24 }
  hash ^= hash &>> 32
  return UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> 32)
}

/// Whether two texts have the same bytes.
func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  for index in left.indices where left[index] != right[index] { return false }
  return true
}

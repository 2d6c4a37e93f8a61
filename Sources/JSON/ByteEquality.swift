extension String {
  /// Whether both have the same UTF-8. `==` would also accept canonical equivalents, such as the Kelvin sign
  /// for K.
  func hasSameBytes(as other: String) -> Bool {
    // Most names differ in length, and that is known without a look at their bytes.
    guard utf8.count == other.utf8.count else { return false }
    let left = utf8.span
    let right = other.utf8.span
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  /// Whether the UTF-8 of this text sorts before that of `other`.
  func precedesByBytes(_ other: String) -> Bool {
    let left = utf8.span
    let right = other.utf8.span
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index]
    }
    return left.count < right.count
  }
}

/// A member name as a set element: equal and hashed by bytes, so no two spellings are taken for one.
struct NameKey: Hashable {
  let name: String

  static func == (left: NameKey, right: NameKey) -> Bool {
    left.name.hasSameBytes(as: right.name)
  }

  func hash(into hasher: inout Hasher) {
    let bytes = name.utf8.span
    var word: UInt64 = 0
    for index in bytes.indices {
      word = word << 8 | UInt64(bytes[index])
      if index & 7 == 7 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(bytes.count)
  }
}

/// Tells whether a name is new to an object: a few are compared one by one, many through a set.
struct NameRegister {
  private static let linearLimit = 32
  /// Empty while the members are few.
  private var set: Set<NameKey> = []

  /// Whether `name` is none of the members', each of which was asked about before.
  ///
  /// - Complexity: O(1) on average. The set's seed is random, so no input can choose its collisions.
  mutating func admits(_ name: String, after members: ArraySlice<(name: String, value: JSONValue)>) -> Bool {
    if members.count < Self.linearLimit {
      for member in members where member.name.hasSameBytes(as: name) { return false }
      return true
    }
    if set.isEmpty { for member in members { set.insert(NameKey(name: member.name)) } }
    return set.insert(NameKey(name: name)).inserted
  }
}

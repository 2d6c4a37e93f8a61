/// The names that an object most likely has: those of the object before it in a list, in their order.
///
/// As long as they come as expected they are distinct, as they were there, and need not be made again.
struct ExpectedNames {
  /// None once another name came.
  private var members: [(name: String, value: JSONValue)]
  private var count = 0

  init(of members: [(name: String, value: JSONValue)] = []) { self.members = members }

  /// The next name, if that is what stands at a place, with a quote behind it.
  mutating func next(in input: Span<UInt8>, at start: Int) -> String? {
    guard count < members.count else { return nil }
    let name = members[count].name
    guard name.stands(in: input, at: start) else {
      members = []
      return nil
    }
    count += 1
    return name
  }
}

extension String {
  /// Whether the text stands at a place, without an escape, and a quote behind it.
  fileprivate func stands(in input: Span<UInt8>, at start: Int) -> Bool {
    let bytes = utf8.span
    guard bytes.count < input.count - start, input[start + bytes.count] == 0x22 else { return false }
    for index in bytes.indices {
      let byte = bytes[index]
      // Of these a quoted string holds only escapes.
      if byte != input[start + index] || byte < 0x20 || byte == 0x22 || byte == 0x5C { return false }
    }
    return true
  }
}

extension JSONParser {
  /// The line and the column, in bytes from 1, at which the member at the end of a path of names begins.
  ///
  /// Nil where there is no such member, or where `bytes` are not JSON up to it. For errors about what was read before.
  ///
  /// - Complexity: O(*n*).
  package static func place(of path: [String], in bytes: [UInt8]) -> (line: Int, column: Int)? {
    var cursor = JSONCursor(maximumDepth: JSONLimits().maximumDepth)
    let offset: Int?
    do { offset = try cursor.findMember(path[...], bytes.span) } catch { return nil }
    guard let offset else { return nil }
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return (line: before.count { $0 == 0x0A } + 1, column: offset - lineStart + 1)
  }
}

extension JSONCursor {
  /// The offset of a member's name; the input is at the value that should hold it.
  fileprivate mutating func findMember(
    _ path: ArraySlice<String>, _ input: Span<UInt8>
  ) throws(JSONFault) -> Int? {
    guard let name = path.first else { return nil }
    skipWhitespace(input)
    guard skip(0x7B, input) else { return nil }
    while true {
      skipWhitespace(input)
      if skip(0x7D, input) { return nil }
      _ = skip(0x2C, input)
      skipWhitespace(input)
      let start = offset
      let isWanted = try readString(input).utf8.elementsEqual(name.utf8)
      skipWhitespace(input)
      try read(0x3A, input, expected: .colon)
      if isWanted { return path.count == 1 ? start : try findMember(path.dropFirst(), input) }
      skipWhitespace(input)
      _ = try readValue(input, expected: .value)
    }
  }
}

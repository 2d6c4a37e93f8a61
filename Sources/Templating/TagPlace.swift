/// Where a tag stands in its source, worked out only once something is wrong with it.
struct TagPlace {
  let line: Int
  let column: Int
  let tag: String

  init(_ range: Range<Int>, in source: [UInt8]) {
    let before = source[..<range.lowerBound]
    let lineStart = before.lastIndex(of: Byte.newline).map { $0 + 1 } ?? 0
    line = before.count { $0 == Byte.newline } + 1
    // Continuation bytes (10xxxxxx) belong to the scalar before them.
    column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    tag = String(decoding: source[range], as: UTF8.self)
  }
}

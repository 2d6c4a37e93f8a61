/// Bytes that have arrived and are not used up; positions count from the first of them.
struct InputBuffer: Sendable {
  private var bytes: [UInt8] = []
  private var start = 0

  var count: Int { bytes.count - start }
  var isEmpty: Bool { bytes.count == start }

  subscript(position: Int) -> UInt8 { bytes[start + position] }

  subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    bytes[(start + range.lowerBound)..<(start + range.upperBound)]
  }

  /// Adds bytes at the end.
  ///
  /// - Complexity: amortised O(1) a byte: what is used up is moved away only when it is the greater half.
  mutating func append(_ more: ArraySlice<UInt8>) {
    if start > bytes.count / 2 {
      bytes.removeFirst(start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Uses up bytes at the front; with the last one the memory goes, too.
  mutating func consume(_ count: Int) {
    start += count
    guard isEmpty else { return }
    bytes = []
    start = 0
  }

  mutating func removeAll() {
    bytes = []
    start = 0
  }

  /// What a look for the end of a line found.
  enum Line {
    /// Where the line's bytes are, without CR LF.
    case found(Range<Int>)
    /// No byte so far is wrong; go on at this position.
    case unfinished(Int)
    case tooLong
  }

  /// Looks for CR LF from `position` on, in a line that begins at `lineStart` and may have `limit` bytes.
  ///
  /// The bytes are judged one after another, so how they were cut makes no difference.
  func line(from lineStart: Int, at position: Int, limit: Int) throws(RequestRefusal) -> Line {
    var index = start + position
    let lineLimit = start + lineStart + max(limit, 0)
    while index < bytes.count {
      let octet = bytes[index]
      if octet == Octets.carriageReturn {
        guard index + 1 < bytes.count else { break }
        guard bytes[index + 1] == Octets.lineFeed else { throw .bareCarriageReturn }
        let end = index - start
        return end - lineStart > limit ? .tooLong : .found(lineStart..<end)
      }
      if index >= lineLimit { return .tooLong }
      if octet < 0x20 && octet != Octets.tab || octet == 0x7F {
        throw octet == Octets.lineFeed ? .bareLineFeed : .controlCharacter
      }
      index += 1
    }
    return .unfinished(index - start)
  }
}

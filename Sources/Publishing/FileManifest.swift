package import Hashing

/// One published file.
package struct FileEntry: Equatable, Sendable {
  /// Relative to the published directory, of names joined by `/`.
  package let path: String
  package let byteCount: Int
  package let hash: ContentHash
}

/// The files of one published directory, in order of the bytes of their paths.
package struct FileManifest: Equatable, Sendable {
  package let entries: [FileEntry]

  /// No files.
  package init() { entries = [] }

  /// Takes files in any order; each path once.
  init(_ entries: [FileEntry]) {
    self.entries = entries.sorted { $0.path.precedesByBytes($1.path) }
  }

  package var fileCount: Int { entries.count }

  /// The file at a path; nil where there is none.
  ///
  /// - Complexity: O(log n).
  subscript(path: String) -> FileEntry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].path.precedesByBytes(path) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < entries.count, entries[low].path.utf8.elementsEqual(path.utf8) else { return nil }
    return entries[low]
  }
}

extension String {
  /// Whether both have the same bytes.
  func hasSameBytes(as other: String) -> Bool {
    let (left, right) = (utf8.span, other.utf8.span)
    guard left.count == right.count else { return false }
    for index in left.indices where left[index] != right[index] { return false }
    return true
  }

  /// Whether the bytes come before those of another text; a site has tens of thousands of paths to sort.
  fileprivate func precedesByBytes(_ other: String) -> Bool {
    let (left, right) = (utf8.span, other.utf8.span)
    let count = min(left.count, right.count)
    var index = 0
    while index < count, left[index] == right[index] { index += 1 }
    return index < count ? left[index] < right[index] : left.count < right.count
  }
}

// Stored as, for each file: the length of the path in two bytes, the path, the size in eight bytes, the hash in
// sixteen; numbers have their lowest byte first.
extension FileManifest {
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.path.utf8.count + 26 })
    for entry in entries {
      bytes.append(number: UInt64(entry.path.utf8.count), byteCount: 2)
      bytes.append(contentsOf: entry.path.utf8)
      bytes.append(number: UInt64(entry.byteCount), byteCount: 8)
      bytes.append(number: entry.hash.first, byteCount: 8)
      bytes.append(number: entry.hash.second, byteCount: 8)
    }
    return bytes
  }

  /// Reads what `bytes` gave; nil for anything else.
  init?(bytes: [UInt8]) {
    var entries: [FileEntry] = []
    var offset = 0
    while offset < bytes.count {
      guard let pathCount = bytes.number(at: offset, byteCount: 2).map(Int.init),
        let size = bytes.number(at: offset + 2 + pathCount, byteCount: 8).flatMap(Int.init(exactly:)),
        let first = bytes.number(at: offset + 10 + pathCount, byteCount: 8),
        let second = bytes.number(at: offset + 18 + pathCount, byteCount: 8),
        let path = String(validating: bytes[(offset + 2)..<(offset + 2 + pathCount)], as: UTF8.self)
      else { return nil }
      entries.append(
        FileEntry(path: path, byteCount: size, hash: ContentHash(first: first, second: second)))
      offset += 26 + pathCount
    }
    self.entries = entries
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt64, byteCount: Int) {
    for index in 0..<byteCount { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
  }

  /// The number at an offset; nil beyond the end.
  fileprivate func number(at offset: Int, byteCount: Int) -> UInt64? {
    guard offset + byteCount <= count else { return nil }
    return (0..<byteCount).reduce(0) { $0 | UInt64(self[offset + $1]) << UInt64(8 * $1) }
  }
}

/// Append-only output: the one place where a page, a chart or a table becomes bytes.
///
/// Numbers and text go in without an intermediate `String`. Reuse one buffer for many documents with
/// ``removeAll(keepingCapacity:)``.
///
// Safety: a pointer lives within one call that copies as many bytes as its own buffer says, and never leaves it.
package struct ByteBuffer: Sendable {
  /// Everything appended since the buffer was made or emptied.
  package private(set) var bytes: [UInt8] = []

  /// Makes an empty buffer with room for `capacity` bytes.
  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// The number of bytes written so far; a position for ``truncate(to:)``.
  package var count: Int { bytes.count }

  /// Appends one byte as it is.
  package mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  /// Appends the UTF-8 of `text` as it is, unescaped: for markup we wrote ourselves.
  package mutating func append(_ text: String) {
    // Text made by Swift is contiguous, so that it is copied in one piece; what is bridged is copied byte by byte.
    let isCopied: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe bytes.append(contentsOf: $0)
    }
    if isCopied == nil { bytes.append(contentsOf: text.utf8) }
  }

  /// Appends a part of a span in one piece.
  package mutating func append(_ range: Range<Int>, of source: Span<UInt8>) {
    let part = source.extracting(range)
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends bytes as they are.
  package mutating func append(bytes newBytes: [UInt8]) {
    bytes.append(contentsOf: newBytes)
  }

  /// Appends bytes as they are, without copying the slice first.
  package mutating func append(bytes newBytes: ArraySlice<UInt8>) {
    bytes.append(contentsOf: newBytes)
  }

  /// Appends `number` in decimal, with `-` before negative ones and no grouping.
  package mutating func append(decimal number: Int64) {
    append(decimal: number, paddedTo: 1)
  }

  /// Appends `number` in decimal with leading zeros up to `width` digits; the sign does not count.
  ///
  /// `(7, 2)` becomes `07`, `(-7, 2)` becomes `-07`, and a number that is longer keeps all its digits.
  package mutating func append(decimal number: Int64, paddedTo width: Int) {
    let digits = DecimalDigits(number.magnitude)
    if number < 0 { bytes.append(0x2D) }
    if width > digits.count {
      bytes.append(contentsOf: repeatElement(0x30, count: width - digits.count))
    }
    append(digits.first..<DecimalDigits.end, of: digits.bytes.span)
  }

  /// Appends `coefficient` · 10^−`scale` with all its places: (42100, 2) is `421.00`, (−5, 2) is `-0.05`.
  ///
  /// - Precondition: `scale` is between 0 and 23.
  package mutating func append(decimal coefficient: Int64, scale: Int) {
    let digits = DecimalDigits(coefficient.magnitude)
    if coefficient < 0 { bytes.append(0x2D) }
    let point = DecimalDigits.end - scale
    append(min(digits.first, point - 1)..<point, of: digits.bytes.span)
    if scale == 0 { return }
    bytes.append(0x2E)
    append(point..<DecimalDigits.end, of: digits.bytes.span)
  }

  /// Forgets everything after the first `count` bytes.
  ///
  /// - Precondition: `count` is between 0 and ``count``.
  package mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= bytes.count, "cannot truncate to a place outside of the buffer")
    bytes.removeLast(bytes.count - count)
  }

  /// Empties the buffer; with `keepingCapacity` the next document needs no new memory.
  package mutating func removeAll(keepingCapacity: Bool = false) {
    bytes.removeAll(keepingCapacity: keepingCapacity)
  }

  /// Makes room for `capacity` bytes in all, so that appending up to there allocates nothing.
  package mutating func reserveCapacity(_ capacity: Int) {
    bytes.reserveCapacity(capacity)
  }
}

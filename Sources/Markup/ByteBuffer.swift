/// Append-only output: the one place where a page, a chart or a table becomes bytes.
///
/// Numbers and text go in without an intermediate `String`. Reuse one buffer for many documents with
/// ``removeAll(keepingCapacity:)``.
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
    bytes.append(contentsOf: text.utf8)
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
    var digits = [20 of UInt8](repeating: 0x30)  // UInt64.max has 20 digits
    var first = 20
    var rest = number.magnitude
    repeat {
      first -= 1
      digits[first] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if number < 0 { bytes.append(0x2D) }
    let digitCount = 20 - first
    if width > digitCount {
      bytes.append(contentsOf: repeatElement(0x30, count: width - digitCount))
    }
    for index in first..<20 { bytes.append(digits[index]) }
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

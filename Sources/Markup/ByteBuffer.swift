/// Append-only output: the one place where a page, a chart or a table becomes bytes.
///
/// Numbers and text go in without an intermediate `String`. Reuse one buffer for many documents with
/// ``removeAll(keepingCapacity:)``. It has one owner and no copies, so that nobody has to ask before each byte
/// whether the memory is shared; what is short is written by the caller itself.
// Safety: `storage` is memory for `capacity` bytes that belongs to this value alone, and its first `count` bytes are
// set. Writing follows `makeRoom`, and no pointer into it outlives the call that made it.
@safe
package struct ByteBuffer: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var end = 0

  /// Makes an empty buffer with room for `capacity` bytes.
  package init(capacity: Int = 0) {
    self.capacity = max(Self.smallestCapacity, capacity)
    unsafe storage = .allocate(capacity: self.capacity)
  }

  deinit { unsafe storage.deallocate() }

  private static let smallestCapacity = 64

  /// Everything appended since the buffer was made or emptied, as a copy.
  package var bytes: [UInt8] { bytes(from: 0) }

  /// The same as text, where all of it is UTF-8.
  package var text: String {
    unsafe String(decoding: UnsafeBufferPointer(start: storage, count: end), as: UTF8.self)
  }

  /// What was appended from a place on, as a copy.
  package func bytes(from start: Int) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: storage + start, count: end - start))
  }

  /// The number of bytes written so far; a position for ``truncate(to:)``.
  @inlinable
  package var count: Int { end }

  /// Appends one byte as it is.
  @inlinable
  package mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    unsafe storage[end] = byte
    end += 1
  }

  /// Appends the UTF-8 of `text` as it is, unescaped: for markup we wrote ourselves.
  @inlinable
  package mutating func append(_ text: String) {
    // Text made by Swift is contiguous, so that it is copied in one piece; what is bridged is copied byte by byte.
    let isCopied: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe append($0) }
    if isCopied == nil { for byte in text.utf8 { append(byte) } }
  }

  /// Appends a part of a span in one piece.
  @inlinable
  package mutating func append(_ range: Range<Int>, of source: Span<UInt8>) {
    let part = source.extracting(range)
    unsafe part.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends bytes as they are.
  @inlinable
  package mutating func append(bytes newBytes: [UInt8]) {
    unsafe newBytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends bytes as they are, without copying the slice first.
  @inlinable
  package mutating func append(bytes newBytes: ArraySlice<UInt8>) {
    unsafe newBytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends again what was written before, at a place in the buffer.
  package mutating func append(copyOf range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= end, "only what was written can be copied")
    makeRoom(for: range.count)
    unsafe (storage + end).initialize(from: storage + range.lowerBound, count: range.count)
    end += range.count
  }

  /// Appends one byte many times.
  package mutating func append(repeating byte: UInt8, count: Int) {
    makeRoom(for: count)
    unsafe (storage + end).initialize(repeating: byte, count: count)
    end += count
  }

  /// Forgets everything after the first `count` bytes.
  ///
  /// - Precondition: `count` is between 0 and ``count``.
  package mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= end, "cannot truncate to a place outside of the buffer")
    end = count
  }

  /// Empties the buffer; with `keepingCapacity` the next document needs no new memory.
  package mutating func removeAll(keepingCapacity: Bool = false) {
    if !keepingCapacity { self = ByteBuffer() }
    end = 0
  }

  /// Makes room for `capacity` bytes in all, so that appending up to there allocates nothing.
  package mutating func reserveCapacity(_ capacity: Int) {
    if capacity > self.capacity { grow(to: capacity) }
  }
}

// MARK: - Memory

extension ByteBuffer {
  @inlinable @unsafe
  mutating func append(_ source: UnsafeBufferPointer<UInt8>) {
    guard let start = source.baseAddress else { return }
    makeRoom(for: source.count)
    unsafe (storage + end).initialize(from: start, count: source.count)
    end += source.count
  }

  /// Lets so many more bytes be written.
  @inlinable
  mutating func makeRoom(for count: Int) {
    if capacity - end < count { grow(to: end + count) }
  }

  @usableFromInline @inline(never)
  mutating func grow(to needed: Int) {
    let capacity = max(needed, 2 * self.capacity)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe larger.initialize(from: storage, count: end)
    unsafe storage.deallocate()
    unsafe storage = larger
    self.capacity = capacity
  }

  /// Lends what was written from a place on.
  package func withSpan<Result, Failure: Error>(
    from start: Int = 0, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe try body(UnsafeBufferPointer(start: storage + start, count: end - start).span)
  }

  /// Lends room for `count` more bytes, which `write` sets all.
  mutating func appendRoom(_ count: Int, _ write: (inout MutableSpan<UInt8>) -> Void) {
    makeRoom(for: count)
    var room = unsafe UnsafeMutableBufferPointer(start: storage + end, count: count).mutableSpan
    write(&room)
    end += count
  }
}

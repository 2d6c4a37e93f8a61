/// A fast 128-bit hash that tells whether content changed since the last build; the same on every machine.
///
/// SipHash-2-4 with 128-bit output (Aumasson and Bernstein, reference implementation) under the key 00 01 …
/// 0f of the published test vectors. The key is no secret, so this is no defence: whoever wants a collision
/// may look for one. Use ``SHA256`` where that matters.
package struct ContentHash: Sendable, Hashable {
  /// The first eight bytes of the output, read as little endian.
  package let first: UInt64
  /// The last eight bytes of the output, read as little endian.
  package let second: UInt64

  /// Takes the two halves of an output, as they were stored.
  package init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// The hash of `bytes`. For content in pieces see ``ContentHasher``.
  package init(of bytes: [UInt8]) {
    self.init(of: bytes[...])
  }

  /// The hash of `bytes`, without copying the slice first.
  package init(of bytes: ArraySlice<UInt8>) {
    var hasher = ContentHasher()
    hasher.update(bytes)
    self = hasher.finalize()
  }

  /// Takes what ``hexadecimal`` gave; nil for anything but 32 hexadecimal digits.
  package init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 16 else { return nil }
    self.init(first: UInt64(littleEndian: bytes[..<8]), second: UInt64(littleEndian: bytes[8...]))
  }

  /// The output as 32 lower-case digits, in the byte order of the published vectors.
  package var hexadecimal: String {
    Hexadecimal.encode(first.littleEndianBytes + second.littleEndianBytes)
  }
}

extension UInt64 {
  /// Reads up to eight bytes, the lowest first.
  init(littleEndian bytes: ArraySlice<UInt8>) {
    self = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The eight bytes, the lowest first.
  var littleEndianBytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: self >> UInt64(8 * $0)) }
  }
}

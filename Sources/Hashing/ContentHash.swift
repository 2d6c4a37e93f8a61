/// A fast 128-bit hash that tells whether content changed; under one key the same on every machine.
///
/// Blocks of 1,024 bytes are compressed by NH (see `BlockCompression`), and SipHash-2-4 with 128-bit output goes over
/// the results and the length in bytes, as in UMAC (RFC 4418). Two different contents, chosen by somebody who does
/// not know the key and sees no hash, have one hash with a chance of at most 2^-64 + 2^-128: a million files
/// compared with their earlier content are mistaken once in 10^13 times. Where a hash is shown to others, or content
/// is compared with that of all others, use ``SHA256``.
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

  /// The hash of `bytes`.
  package init(of bytes: [UInt8], key: ContentHashKey) {
    self.init(of: bytes.span, key: key)
  }

  /// The hash of `bytes`, without copying the slice first.
  package init(of bytes: ArraySlice<UInt8>, key: ContentHashKey) {
    self.init(of: bytes.span, key: key)
  }

  /// The hash of `bytes`, wherever they lie.
  package init(of bytes: Span<UInt8>, key: ContentHashKey) {
    var hash = SipHash(key0: key.finishing.first, key1: key.finishing.second)
    BlockCompression.compress(bytes, key.blockWords) { low, high in
      hash.update(low)
      hash.update(high)
    }
    hash.update(UInt64(bytes.count))
    (first, second) = hash.finalize()
  }

  /// Takes what ``hexadecimal`` gave; nil for anything but 32 hexadecimal digits.
  package init?(hexadecimal text: String) {
    guard let bytes = Hexadecimal.decode(text), bytes.count == 16 else { return nil }
    self.init(first: UInt64(littleEndian: bytes[..<8]), second: UInt64(littleEndian: bytes[8...]))
  }

  /// The output as 32 lower-case digits, the lowest byte of each half first.
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
